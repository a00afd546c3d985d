package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Adds the jobs of callers that come at the same time by one statement and one commit. Who comes while others write waits
 * for them and is of the next group; who knows that a job may follow announces it, and others wait a moment for that one.
 * A lone caller waits for nothing. Each caller goes on when its own job is committed. Where this process does such work
 * itself and has the room, they are handed to it (docs/adr/0029).
 */
@ApplicationScoped
public class GatheredJobs {
    private static final Logger LOG = Logger.getLogger(GatheredJobs.class);
    private static final Duration MOMENT = Duration.ofMillis(3);
    private static final int MOST_JOBS = 256;
    /** Characters of payload: bodies of a megabyte must not be written by the hundred. */
    private static final int MOST_TEXT = 4 << 20;

    private final Jobs jobs;
    private final LocalWorker worker;
    private final ReentrantLock lock = new ReentrantLock();
    /** Of the one that gathers, and not of all who wait: they are many, and what they wait for happens to each once. */
    private final Condition complete = lock.newCondition();
    private List<Waiting> waiting = new ArrayList<>();
    private int announced;
    private boolean writing;

    GatheredJobs(Jobs jobs, LocalWorker worker) {
        this.jobs = jobs;
        this.worker = worker;
    }

    /** Outside of the container, in a process that does no such work. */
    public static GatheredJobs of(Jobs jobs) {
        return new GatheredJobs(jobs, new LocalWorker());
    }

    private enum Fate { OPEN, ADDED, ALONE }

    /** Somebody's job on its way. Its fate is guarded by the lock. */
    private final class Waiting {
        private final Job job;
        private final Condition turn = lock.newCondition();
        private Fate fate = Fate.OPEN;

        private Waiting(Job job) {
            this.job = job;
        }
    }

    /** A job that may come. */
    public final class Announcement implements AutoCloseable {
        private boolean open = true;

        private Announcement() {
        }

        /** Returns when it is committed. Not within a transaction: it would wait for one that is not its own. */
        public void enqueue(Job job) {
            Waiting own = new Waiting(job);
            join(own, this);
            if (own.fate == Fate.ALONE) {
                jobs.enqueue(job);
            }
        }

        /** It has come or will not. */
        @Override
        public void close() {
            lock.lock();
            try {
                end();
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            if (open) {
                open = false;
                announced--;
                if (isComplete()) {
                    complete.signal();
                }
            }
        }
    }

    public Announcement announce() {
        lock.lock();
        try {
            announced++;
            return new Announcement();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until somebody, oneself perhaps, has written it or has failed to. */
    private void join(Waiting own, Announcement announcement) {
        lock.lock();
        try {
            waiting.add(own);
            announcement.end();
            while (own.fate == Fate.OPEN) {
                if (writing) {
                    own.turn.awaitUninterruptibly();
                } else {
                    writing = true;
                    gather();
                    write(next());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void gather() {
        long left = MOMENT.toNanos();
        boolean interrupted = false;
        while (!isComplete() && left > 0 && !interrupted) {
            try {
                left = complete.awaitNanos(left);
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isComplete() {
        return announced == 0 || waiting.size() >= MOST_JOBS;
    }

    private List<Waiting> next() {
        int taken = 0;
        int text = 0;
        while (taken < waiting.size() && taken < MOST_JOBS && (taken == 0 || text + waiting.get(taken).job.payload().length() <= MOST_TEXT)) {
            text += waiting.get(taken).job.payload().length();
            taken++;
        }
        List<Waiting> group = List.copyOf(waiting.subList(0, taken));
        waiting = new ArrayList<>(waiting.subList(taken, waiting.size()));
        return group;
    }

    /** Without the lock, so that others may come meanwhile. One that cannot be written must not keep out the others. */
    private void write(List<Waiting> group) {
        Fate fate = Fate.ALONE;
        lock.unlock();
        try {
            List<Job> together = group.stream().map(each -> each.job).toList();
            if (!worker.take(together)) {
                jobs.enqueueAll(together);
            }
            fate = Fate.ADDED;
        } catch (RuntimeException failure) {
            LOG.debugf("%d jobs could not be added together: %s", group.size(), failure.getMessage());
        } finally {
            lock.lock();
            for (Waiting each : group) {
                each.fate = fate;
                each.turn.signal();
            }
            writing = false;
            if (!waiting.isEmpty()) {
                waiting.getFirst().turn.signal();
            }
        }
    }
}
