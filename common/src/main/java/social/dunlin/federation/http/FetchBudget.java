package social.dunlin.federation.http;

import java.time.Duration;

/**
 * What one cause, such as one incoming activity, may spend on fetching in all: requests (redirects count), bytes, time.
 * Pass the same budget to every fetch the activity leads to, however deep. Safe for use by several threads.
 */
public final class FetchBudget {
    private final Deadline deadline;
    private int fetches;
    private long bytes;

    public FetchBudget(int fetches, long bytes, Duration time) {
        this.fetches = fetches;
        this.bytes = bytes;
        this.deadline = Deadline.in(time);
    }

    /** @throws FetchException.BudgetExhausted when nothing is left */
    public synchronized void takeFetch() {
        if (fetches <= 0 || bytes <= 0 || deadline.isOver()) {
            throw new FetchException.BudgetExhausted();
        }
        fetches--;
    }

    synchronized void takeBytes(long read) {
        bytes -= read;
    }

    public synchronized long remainingBytes() {
        return Math.max(0, bytes);
    }

    public synchronized int remainingFetches() {
        return fetches;
    }

    Duration remainingTime() {
        return deadline.remaining();
    }
}
