package social.dunlin.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import social.dunlin.queue.LeasedWork.Finished;

/**
 * Claims leased work, runs each piece on a virtual thread, renews leases while they run, writes results in
 * batches, and sleeps when there is nothing to do. What ends while the loop is busy is settled together, so
 * batches grow with the load by themselves.
 */
public final class WorkLoop<T, R> {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);

    private final String name;
    private final LeasedWork<T, R> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition pausing = lock.newCondition();
    private final Map<T, Thread> running = new HashMap<>();
    private List<Finished<T, R>> finished = new ArrayList<>();
    private boolean woken;
    private boolean stopping;
    private Thread thread;
    private long renewedAt;

    public WorkLoop(String name, LeasedWork<T, R> work) {
        this.name = name;
        this.work = work;
    }

    /** Starts; does nothing when it runs already. */
    public void start() {
        lock.lock();
        try {
            if (thread == null) {
                stopping = false;
                woken = false;
                thread = Thread.ofVirtual().name(name).start(this::loop);
            }
        } finally {
            lock.unlock();
        }
    }

    /** There may be something to do. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops claiming, waits so long for what is running, then interrupts it and gives it back. Returns
     * when nothing of this loop runs any more or has been given back.
     */
    public void stop(Duration patience) {
        Thread stopped = endLoop();
        if (stopped == null) {
            return;
        }
        try {
            stopped.join();
            awaitRunning(patience);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        }
        List<T> unfinished = interruptRunning();
        try {
            settle();
            if (!unfinished.isEmpty()) {
                work.release(unfinished);
            }
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "%s: %d pieces of work stay leased until their lease ends", name, unfinished.size());
        }
    }

    private Thread endLoop() {
        lock.lock();
        try {
            Thread stopped = thread;
            thread = null;
            stopping = true;
            changed.signalAll();
            pausing.signalAll();
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void awaitRunning(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!running.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<T> interruptRunning() {
        lock.lock();
        try {
            List<T> unfinished = List.copyOf(running.keySet());
            running.values().forEach(Thread::interrupt);
            running.clear();
            return unfinished;
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        int failures = 0;
        while (!isStopping()) {
            try {
                turn();
                failures = 0;
            } catch (RuntimeException failure) {
                failures++;
                LOG.warnf("%s: %s", name, failure.getMessage());
                pause(Duration.ofSeconds(1L << Math.min(failures, 5)));
            }
        }
    }

    private void turn() {
        settle();
        Collection<T> busy = running();
        if (!busy.isEmpty() && sinceRenewal().compareTo(renewalInterval()) >= 0) {
            work.renew(busy);
            renewedAt = System.nanoTime();
        }
        List<T> claimed = work.claim(busy);
        if (claimed.isEmpty()) {
            sleep(busy.isEmpty() ? work.rest() : shorter(work.rest(), renewalInterval().minus(sinceRenewal())));
        } else {
            if (busy.isEmpty()) {
                renewedAt = System.nanoTime();
            }
            work.parts(claimed).forEach(this::begin);
        }
        if (!busy.isEmpty() || !claimed.isEmpty()) {
            pause(work.gathering());
        }
    }

    private Duration sinceRenewal() {
        return Duration.ofNanos(System.nanoTime() - renewedAt);
    }

    private Duration renewalInterval() {
        return work.lease().dividedBy(3);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void begin(List<T> part) {
        start(part, work.isTogether(part) ? () -> runTogether(part) : () -> run(part.getFirst()));
    }

    private void start(List<T> part, Runnable doing) {
        lock.lock();
        try {
            Thread thread = Thread.ofVirtual().name(name + " " + part.getFirst()).unstarted(doing);
            part.forEach(item -> running.put(item, thread));
            thread.start();
        } finally {
            lock.unlock();
        }
    }

    private void runTogether(List<T> part) {
        LeasedWork.Together<T, R> outcome = new LeasedWork.Together<>(List.of(), part.stream().map(List::of).toList());
        try {
            outcome = work.runTogether(part);
        } catch (Throwable failure) {
            // Errors too, or nobody would ever end what is leased here.
            LOG.warnf(failure, "%s: %d pieces failed together and are done one by one", name, part.size());
        }
        outcome.left().forEach(this::goOn);
        // The next batch may be begun, however long what was left takes.
        ended(outcome.finished());
    }

    /** One after the other, without those that were given back meanwhile. */
    private void goOn(List<T> items) {
        lock.lock();
        try {
            List<T> ours = items.stream().filter(running::containsKey).toList();
            if (!ours.isEmpty()) {
                start(ours, () -> ours.stream().filter(this::isOurs).forEach(this::run));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOurs(T item) {
        lock.lock();
        try {
            return running.containsKey(item);
        } finally {
            lock.unlock();
        }
    }

    private void run(T item) {
        Finished<T, R> outcome = null;
        try {
            outcome = new Finished<>(item, work.run(item));
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "%s: %s is left to its lease", name, item);
        } finally {
            if (outcome == null) {
                forget(item);
            } else {
                ended(List.of(outcome));
            }
        }
    }

    private void forget(T item) {
        lock.lock();
        try {
            running.remove(item);
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** What was given back meanwhile is no longer ours to settle. */
    private void ended(List<Finished<T, R>> outcomes) {
        lock.lock();
        try {
            outcomes.stream().filter(outcome -> running.remove(outcome.item()) != null).forEach(finished::add);
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        List<Finished<T, R>> batch = takeFinished();
        if (batch.isEmpty()) {
            return;
        }
        try {
            work.settle(batch);
        } catch (RuntimeException failure) {
            putBack(batch);
            throw failure;
        }
    }

    private List<Finished<T, R>> takeFinished() {
        lock.lock();
        try {
            List<Finished<T, R>> batch = finished;
            finished = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(List<Finished<T, R>> batch) {
        lock.lock();
        try {
            finished.addAll(0, batch);
        } finally {
            lock.unlock();
        }
    }

    /** What was begun and has not ended. */
    Collection<T> running() {
        lock.lock();
        try {
            return List.copyOf(running.keySet());
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Until woken or the time is over. */
    private void sleep(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!woken && !stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException failure) {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /** After a failure: nothing but the end of the loop cuts it short. */
    private void pause(Duration time) {
        lock.lock();
        try {
            long left = shorter(time, LONGEST_PAUSE).toNanos();
            while (!stopping && left > 0) {
                left = pausing.awaitNanos(left);
            }
        } catch (InterruptedException failure) {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }
}
