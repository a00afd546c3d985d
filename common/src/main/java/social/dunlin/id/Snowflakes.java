package social.dunlin.id;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Ids that sort by time and fit a signed 64-bit column: milliseconds since 1970 in the upper 48 bits,
 * 16 bits to tell ids of one millisecond apart. Clients sort ids by length, then text, so they must
 * only ever grow (Mastodon: lib/mastodon/snowflake.rb).
 */
public final class Snowflakes {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static long last;

    private Snowflakes() {
    }

    /** A new id for now; strictly greater than any given out before by this process. */
    public static synchronized long next() {
        long candidate = (System.currentTimeMillis() << 16) | RANDOM.nextInt(1 << 16);
        last = candidate > last ? candidate : last + 1;
        return last;
    }

    /**
     * An id for something that happened at a given time: a remote post sorts where it was published,
     * not where it arrived. A time in the future is taken as now.
     */
    public static long at(Instant time) {
        long milliseconds = Math.clamp(time.toEpochMilli(), 0, System.currentTimeMillis());
        return (milliseconds << 16) | RANDOM.nextInt(1 << 16);
    }

    /**
     * The same for an answer to something of a known id: it sorts behind that, though most servers tell whole seconds, so
     * that an answer within the same second seems to be older.
     */
    public static long at(Instant time, long answered) {
        long candidate = at(time);
        return candidate > answered ? candidate : answered + 1 + RANDOM.nextInt(1 << 16);
    }

    /** The smallest id of a moment, for range scans. */
    public static long floor(Instant time) {
        return Math.max(0, time.toEpochMilli()) << 16;
    }

    /** When an id was made, to the millisecond. */
    public static Instant timeOf(long id) {
        return Instant.ofEpochMilli(id >>> 16);
    }
}
