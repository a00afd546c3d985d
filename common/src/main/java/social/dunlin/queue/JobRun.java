package social.dunlin.queue;

/**
 * A job in the hands of its handler.
 *
 * @param attempt 1 for the first
 */
public record JobRun(long id, String kind, String payload, int attempt, String fairKey) {
    /** Of what tells jobs apart; the payload is long. */
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
