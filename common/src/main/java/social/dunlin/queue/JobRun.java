package social.dunlin.queue;

/**
 * A job in the hands of its handler.
 *
 * @param attempt 1 for the first
 */
public record JobRun(long id, String kind, String payload, int attempt, String fairKey) {
    /** For logs: without the payload. */
    @Override
    public String toString() {
        return kind + " " + id;
    }
}
