package social.dunlin.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * A table of work that processes share by leases; {@link WorkLoop} drives it. All methods but {@link #run}
 * are called by the loop's one thread.
 *
 * @param <T> a claimed piece of work, with value equality that tells pieces apart
 * @param <R> what became of it
 */
public interface LeasedWork<T, R> {
    /** A piece of work that was run. */
    record Finished<T, R>(T item, R result) {
    }

    /**
     * Leases what there is room for beside what runs already ({@code for update skip locked}); empty when
     * nothing is due or no room is left. Called often: it should ask the database only if there may be something.
     */
    List<T> claim(Collection<T> running);

    /** What of the claimed is begun as one piece. */
    default List<List<T>> parts(List<T> claimed) {
        return claimed.stream().map(List::of).toList();
    }

    /** Whether a piece is done by {@link #runTogether}; if not, it is one item. */
    default boolean isTogether(List<T> part) {
        return part.size() > 1;
    }

    /**
     * What came of several.
     *
     * @param left what is still to be run by itself: those of one list in turn, lists side by side
     */
    record Together<T, R>(List<Finished<T, R>> finished, List<List<T>> left) {
    }

    /** Does what goes together, on a virtual thread. */
    default Together<T, R> runTogether(List<T> items) {
        return new Together<>(List.of(), parts(items));
    }

    /** Does the work, on a virtual thread of its own. Failures are results; an exception lets the lease run out. */
    R run(T item);

    /** Writes results, in as few statements as may be. Called again with the same results when it throws. */
    void settle(List<Finished<T, R>> finished);

    /** How long claims last; they are renewed after a third of it. */
    Duration lease();

    void renew(Collection<T> running);

    /** Gives back what will not be finished, so that others need not wait for the lease to end. */
    void release(Collection<T> unfinished);

    /** While something runs: how long results and free places are gathered before the next look, which then serves many. */
    default Duration gathering() {
        return Duration.ZERO;
    }

    /** How long to sleep if nothing wakes the loop: until work falls due, or for the safety poll. */
    Duration rest();
}
