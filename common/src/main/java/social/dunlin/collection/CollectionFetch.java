package social.dunlin.collection;

import social.dunlin.queue.Job;

/** The job that reads a collection of another server and the consent of who stands in it; the payload is its id. */
public final class CollectionFetch {
    public static final String KIND = "collection_fetch";

    private CollectionFetch() {
    }

    public static Job job(String uri) {
        return Job.of(KIND, uri).withPriority(Job.LEISURELY).fairByServerOf(uri).uniqueBy(uri);
    }
}
