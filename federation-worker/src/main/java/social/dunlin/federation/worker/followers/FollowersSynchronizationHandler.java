package social.dunlin.federation.worker.followers;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.federation.followers.FollowersComparison;
import social.dunlin.federation.followers.SynchronizationRequests;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Makes our list of one account's local followers agree with its server's (FEP-8fcf). */
@ApplicationScoped
public class FollowersSynchronizationHandler implements JobHandler {
    private final FollowersComparison comparison;

    public FollowersSynchronizationHandler(FollowersComparison comparison) {
        this.comparison = comparison;
    }

    @Override
    public String kind() {
        return SynchronizationRequests.Request.KIND;
    }

    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        comparison.compare(SynchronizationRequests.Request.read(run.payload()));
    }
}
