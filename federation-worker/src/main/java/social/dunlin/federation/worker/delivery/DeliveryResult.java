package social.dunlin.federation.worker.delivery;

import java.time.Duration;

/** What became of an attempt (federation reference §6.1). */
sealed interface DeliveryResult {
    /** @param scheme the signature form that was taken; null = leave what is known */
    record Arrived(String scheme) implements DeliveryResult {
    }

    /**
     * Given up: the host does not want this one, or our own rules forbid it.
     *
     * @param answered the host said so itself, and is therefore alive
     * @param gone     it answered 410
     */
    record Refused(String error, boolean answered, boolean gone) implements DeliveryResult {
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
