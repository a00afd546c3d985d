package social.dunlin.federation.worker.delivery;

import java.time.Duration;

/** What became of an attempt (federation reference §6.1). */
sealed interface DeliveryResult {
    /** @param scheme the signature form that was taken; null = leave what is known */
    record Arrived(String scheme) implements DeliveryResult {
    }

    /** The host is alive and does not want this one: given up. @param gone it answered 410 */
    record Refused(String error, boolean gone) implements DeliveryResult {
    }

    /**
     * Another time it may work.
     *
     * @param hostAlive  it answered (429, 401): its circuit is none the worse
     * @param retryAfter what it asked for; null = by our schedule
     */
    record Failed(String error, boolean hostAlive, Duration retryAfter) implements DeliveryResult {
    }
}
