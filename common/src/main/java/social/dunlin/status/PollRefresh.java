package social.dunlin.status;

import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Job;

/** The job that fetches a remote poll anew, for its tallies. The payload is the post's id. */
public final class PollRefresh {
    public static final String KIND = "poll_refresh";

    private PollRefresh() {
    }

    static Job job(Status poll) {
        String host = ObjectUri.tryParse(poll.uri()).map(uri -> uri.host().value()).orElse("");
        return Job.of(KIND, Long.toString(poll.id())).fairBy(host).uniqueBy(Long.toString(poll.id()));
    }
}
