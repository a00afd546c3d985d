package social.dunlin.queue;

import java.time.Duration;
import java.util.Optional;

/** A handler's word on how its failure is to be treated. Any other exception is retried by the handler's policy. */
public final class JobFailure extends RuntimeException {
    private final boolean permanent;
    private final Duration delay;

    private JobFailure(String text, boolean permanent, Duration delay) {
        super(text, null, false, false);
        this.permanent = permanent;
        this.delay = delay;
    }

    /** No use in trying again: becomes a dead letter at once. */
    public static JobFailure permanent(String text) {
        return new JobFailure(text, true, null);
    }

    /** Try again after this time, for as long as attempts are left. */
    public static JobFailure retryAfter(Duration delay) {
        return retryAfter(delay, "Asked to wait");
    }

    public static JobFailure retryAfter(Duration delay, String text) {
        return new JobFailure(text, false, delay);
    }

    boolean isPermanent() {
        return permanent;
    }

    Optional<Duration> delay() {
        return Optional.ofNullable(delay);
    }
}
