package social.dunlin.recall;

import java.util.Arrays;

/**
 * What PostgreSQL's {@code pg_current_snapshot()} shows: every transaction that has ended, of those before {@code next}, and is
 * none of those that were {@code running}.
 */
record Snapshot(long next, long[] running) {
    /** In PostgreSQL's words, {@code xmin:xmax:xip,xip}. */
    static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        long[] running = parts[2].isEmpty() ? new long[0] : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).toArray();
        return new Snapshot(Long.parseLong(parts[1]), running);
    }

    /** Of one server, so the one shows all that the other does. */
    boolean isLaterThan(Snapshot other) {
        return next > other.next || next == other.next && running.length < other.running.length;
    }
}
