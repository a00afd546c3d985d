package social.dunlin.federation.worker.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.ActorRefresh;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.object.FeaturedPosts;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Fetches an actor anew, and what it pinned; the payload is its id. One that answers 410 is deleted here too. */
@ApplicationScoped
public class ActorRefreshHandler implements JobHandler {
    private static final Logger LOG = Logger.getLogger(ActorRefreshHandler.class);
    /** By how much the database's clock may be behind. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final RemoteActors actors;
    private final FeaturedPosts featured;

    public ActorRefreshHandler(RemoteActors actors, FeaturedPosts featured) {
        this.actors = actors;
        this.featured = featured;
    }

    @Override
    public String kind() {
        return ActorRefresh.KIND;
    }

    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    /** A failure is no reason to try again soon: the pause stands in the account's row, and the next cause asks again. */
    @Override
    public void handle(JobRun run) {
        FetchBudget budget = Budgets.forActivity();
        Instant begun = Instant.now();
        ActorFetch outcome = actors.refresh(run.payload(), budget);
        // Not when somebody else is at it, or a failure is too recent: then the account is given as it was.
        if (outcome instanceof ActorFetch.Found(Account account) && account.fetchedAt() != null && !account.fetchedAt().isBefore(begun.minus(CLOCKS))) {
            featured.refresh(account, budget);
        }
        LOG.debugf("Actor %s: %s", run.payload(), outcome);
    }
}
