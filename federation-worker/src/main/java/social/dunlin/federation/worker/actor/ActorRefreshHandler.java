package social.dunlin.federation.worker.actor;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Job;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Fetches an actor anew; the payload is its id. One that answers 410 is deleted here too. */
@ApplicationScoped
public class ActorRefreshHandler implements JobHandler {
    private static final Logger LOG = Logger.getLogger(ActorRefreshHandler.class);
    private static final String KIND = "actor_refresh";

    private final RemoteActors actors;

    public ActorRefreshHandler(RemoteActors actors) {
        this.actors = actors;
    }

    public static Job job(String actorUri) {
        String host = ObjectUri.tryParse(actorUri).map(uri -> uri.host().value()).orElse("");
        return Job.of(KIND, actorUri).withPriority(Job.LEISURELY).fairBy(host).uniqueBy(actorUri);
    }

    @Override
    public String kind() {
        return KIND;
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
