package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import social.dunlin.database.Gathering;

/**
 * Adds the jobs of callers that come at the same time by one statement and one commit, see {@link Gathering}. Where this
 * process does such work itself and has the room, they are handed to it (docs/adr/0029).
 */
@ApplicationScoped
public class GatheredJobs {
    private static final int MOST_JOBS = 256;
    /** Characters of payload: bodies of a megabyte must not be written by the hundred. */
    private static final int MOST_TEXT = 4 << 20;

    private final Jobs jobs;
    private final LocalWorker worker;
    private final Gathering<Job, Boolean> gathering = Gathering.ofWrites(MOST_JOBS, MOST_TEXT, job -> job.payload().length(), this::add);

    GatheredJobs(Jobs jobs, LocalWorker worker) {
        this.jobs = jobs;
        this.worker = worker;
    }

    /** Outside of the container, in a process that does no such work. */
    public static GatheredJobs of(Jobs jobs) {
        return new GatheredJobs(jobs, new LocalWorker());
    }

    /** A job that may come. */
    public final class Announcement implements AutoCloseable {
        private final Gathering<Job, Boolean>.Announcement announced = gathering.announce();

        private Announcement() {
        }

        /** Returns when it is committed. Not within a transaction: it would wait for one that is not its own. */
        public void enqueue(Job job) {
            if (announced.write(job).isEmpty()) {
                jobs.enqueue(job);
            }
        }

        /** It has come or will not. */
        @Override
        public void close() {
            announced.close();
        }
    }

    public Announcement announce() {
        return new Announcement();
    }

    private List<Boolean> add(List<Job> together) {
        if (!worker.take(together)) {
            jobs.enqueueAll(together);
        }
        return Collections.nCopies(together.size(), true);
    }
}
