package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Predicate;

/** Who does jobs in this process, while somebody does: what is added here may go there without a turn in the queue. */
@ApplicationScoped
class LocalWorker {
    private volatile Predicate<List<Job>> taker = jobs -> false;

    void begins(Predicate<List<Job>> worker) {
        taker = worker;
    }

    void ends() {
        taker = jobs -> false;
    }

    /** Adds them as being worked at, all or none. False when they have to be added to the queue. Not within a transaction. */
    boolean take(List<Job> jobs) {
        return taker.test(jobs);
    }
}
