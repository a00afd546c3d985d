package social.dunlin.federation.worker.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Job;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.RetryPolicy;

/** Fetches an actor anew; the payload is its id. One that answers 410 is deleted here too. */
@ApplicationScoped
public class ActorRefreshHandler implements JobHandler {
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

    @Override
    public RetryPolicy retryPolicy() {
        return new RetryPolicy(5, Duration.ofMinutes(5), Duration.ofHours(6));
    }

    @Override
    public void handle(JobRun run) {
        switch (actors.fetch(run.payload(), Budgets.forActivity())) {
            case ActorFetch.Found found -> { }
            case ActorFetch.Gone gone -> { }
            case ActorFetch.Refused refused -> throw JobFailure.permanent(refused.reason());
            case ActorFetch.Unreachable unreachable -> throw new IllegalStateException("the actor's server cannot be reached");
        }
    }
}
