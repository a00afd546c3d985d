package social.dunlin.federation.worker.collection;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.collection.CollectionFetch;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.object.FeaturedCollections;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.RetryPolicy;

/** Reads a collection of another server, then asks the servers of its new members. Those that stay silent are left out. */
@ApplicationScoped
public class CollectionFetchHandler implements JobHandler {
    private static final int ATTEMPTS = 4;
    private static final Duration ANOTHER_TRY = Duration.ofMinutes(10);

    private final FeaturedCollections collections;

    public CollectionFetchHandler(FeaturedCollections collections) {
        this.collections = collections;
    }

    @Override
    public String kind() {
        return CollectionFetch.KIND;
    }

    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    @Override
    public RetryPolicy retryPolicy() {
        return new RetryPolicy(ATTEMPTS, Duration.ofMinutes(1), Duration.ofHours(1));
    }

    @Override
    public void handle(JobRun run) {
        FetchBudget budget = Budgets.forThread();
        boolean done = collections.take(run.payload(), budget).map(taken -> collections.askMembers(taken, budget)).orElse(true);
        if (!done && run.attempt() < ATTEMPTS) {
            throw JobFailure.retryAfter(ANOTHER_TRY, "Some members' servers do not answer");
        }
    }
}
