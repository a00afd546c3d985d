package social.dunlin.federation.worker.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;
import social.dunlin.queue.RetryPolicy;

/** When a failed delivery is tried again, and for how long a failing host is left alone. */
final class DeliverySchedule {
    /** Sixteen attempts over about 26 hours. */
    static final RetryPolicy RETRIES = new RetryPolicy(16, Duration.ofSeconds(20), Duration.ofHours(6));
    /** So many failures in a row open the circuit of a host. */
    static final int FAILURES_TO_OPEN = 10;
    private static final Duration LONGEST_WAIT = Duration.ofHours(12);
    private static final RetryPolicy PROBES = new RetryPolicy(1, Duration.ofSeconds(30), Duration.ofHours(1));

    private DeliverySchedule() {
    }

    /** @param attempts failed ones, this one included */
    static Duration delay(int attempts, Duration asked, RandomGenerator random) {
        Duration own = RETRIES.delayAfter(attempts, random);
        if (asked == null || asked.compareTo(own) < 0) {
            return own;
        }
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    /** @param failures in a row, {@link #FAILURES_TO_OPEN} or more */
    static Duration openFor(int failures, RandomGenerator random) {
        return PROBES.delayAfter(failures - FAILURES_TO_OPEN + 1, random);
    }
}
