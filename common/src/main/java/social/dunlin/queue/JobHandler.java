package social.dunlin.queue;

import java.time.Duration;

/**
 * Does the jobs of one kind; one bean per kind. A process works on the kinds it has handlers for and
 * leaves the others to other roles.
 */
public interface JobHandler {
    String kind();

    /** How many run at a time in this process. */
    default int concurrency() {
        return 4;
    }

    /** How many of one fair key run at a time, so that a slow host cannot hold every place. */
    default int concurrencyPerKey() {
        return Math.max(1, concurrency() * 3 / 4);
    }

    default RetryPolicy retryPolicy() {
        return RetryPolicy.standard();
    }

    /**
     * How long a killed worker's job lies at most before another takes it ({@link LeaseHolders}). Renewed while the handler runs, so it
     * need not cover the work.
     */
    default Duration lease() {
        return Duration.ofMinutes(1);
    }

    /**
     * Does the work, on a virtual thread. It may be called again for the same job after a crash, so its
     * effect must be idempotent. Throws {@link JobFailure} to say how to go on, anything else to be retried.
     */
    void handle(JobRun run) throws Exception;
}
