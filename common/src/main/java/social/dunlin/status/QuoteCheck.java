package social.dunlin.status;

import social.dunlin.queue.Job;

/**
 * The job that brings a quote further by asking other servers: for a quoted post nobody here knows, for the stamp the
 * quote claims. The payload is the quoting post's id.
 */
public final class QuoteCheck {
    public static final String KIND = "quote_check";

    private QuoteCheck() {
    }

    /** @param uri lives on the server to be asked */
    static Job job(long statusId, String uri) {
        return Job.of(KIND, Long.toString(statusId)).fairByServerOf(uri).uniqueBy(Long.toString(statusId));
    }
}
