package social.dunlin.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and when a failed job is tried again: the delay doubles from {@code base} up to {@code cap};
 * half of it is fixed and half is chance ("equal jitter"), so that what failed together does not return together.
 */
public record RetryPolicy(int maxAttempts, Duration base, Duration cap) {
    public RetryPolicy {
        if (maxAttempts < 1 || base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("attempts %d, base %s, cap %s".formatted(maxAttempts, base, cap));
        }
    }

    /** Ten attempts over about three hours. */
    public static RetryPolicy standard() {
        return new RetryPolicy(10, Duration.ofSeconds(20), Duration.ofHours(1));
    }

    /** The wait after so many failed attempts, between half of the doubled delay and the whole. */
    public Duration delayAfter(int attempts, RandomGenerator random) {
        long doubled = base.toMillis() << Math.min(Math.max(attempts, 1) - 1, 20);
        long full = Math.min(cap.toMillis(), doubled);
        return Duration.ofMillis(full / 2 + random.nextLong(full - full / 2 + 1));
    }
}
