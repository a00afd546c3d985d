package social.dunlin.federation.worker.actor;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.ActorRefresh;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Fetches an actor anew; the payload is its id. One that answers 410 is deleted here too. */
@ApplicationScoped
public class ActorRefreshHandler implements JobHandler {
    private static final Logger LOG = Logger.getLogger(ActorRefreshHandler.class);

    private final RemoteActors actors;

    public ActorRefreshHandler(RemoteActors actors) {
        this.actors = actors;
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
        ActorFetch outcome = actors.refresh(run.payload(), Budgets.forActivity());
        LOG.debugf("Actor %s: %s", run.payload(), outcome);
    }
}
