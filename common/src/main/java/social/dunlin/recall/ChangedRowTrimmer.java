package social.dunlin.recall;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.queue.PeriodicTask;

/** Forgets changes that all processes have been told of. */
@ApplicationScoped
class ChangedRowTrimmer implements PeriodicTask {
    private final RecallStore store;

    ChangedRowTrimmer(RecallStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "changed-row-trim";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        store.trim(Recall.CHANGES_ARE_KEPT_MINUTES);
    }
}
