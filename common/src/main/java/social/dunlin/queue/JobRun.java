package social.dunlin.queue;

/**
 * A job in the hands of its handler.
 *
 * @param attempt 1 for the first
 * @param read    {@link Job#read}; null for what came out of the queue
 */
public record JobRun(long id, String kind, String payload, int attempt, String fairKey, Object read) {
    public JobRun(long id, String kind, String payload, int attempt, String fairKey) {
        this(id, kind, payload, attempt, fairKey, null);
    }

    /** By what tells jobs apart; the payload is long. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JobRun run && id == run.id && attempt == run.attempt;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    /** For logs: without the payload. */
    @Override
    public String toString() {
        return kind + " " + id;
    }
}
