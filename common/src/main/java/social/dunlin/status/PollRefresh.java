package social.dunlin.status;

import social.dunlin.queue.Job;

/** The job that fetches a remote poll anew, for its tallies. The payload is the post's id. */
public final class PollRefresh {
    public static final String KIND = "poll_refresh";

    private PollRefresh() {
    }

    static Job job(Status poll) {
        return Job.of(KIND, Long.toString(poll.id())).fairByServerOf(poll.uri()).uniqueBy(Long.toString(poll.id()));
    }
}
