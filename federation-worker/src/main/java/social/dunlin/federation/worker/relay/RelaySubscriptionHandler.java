package social.dunlin.federation.worker.relay;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.account.Account;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.relay.Relay;
import social.dunlin.federation.relay.Relays;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Follows a relay that an administrator named: at once by its inbox, else after its actor was found. */
@ApplicationScoped
public class RelaySubscriptionHandler implements JobHandler {
    private final Relays relays;
    private final RemoteActors actors;

    public RelaySubscriptionHandler(Relays relays, RemoteActors actors) {
        this.relays = relays;
        this.actors = actors;
    }

    @Override
    public String kind() {
        return Relays.KIND;
    }

    @Override
    public void handle(JobRun run) {
        relays.toAsk(Long.parseLong(run.payload())).ifPresent(this::ask);
    }

    private void ask(Relay relay) {
        if (relay.url().endsWith("/inbox")) {
            relays.ask(relay, null);
            return;
        }
        switch (actors.fetch(relay.url(), Budgets.forActivity())) {
            case ActorFetch.Found(Account actor) -> relays.ask(relay, actor);
            case ActorFetch.Gone gone -> relays.notThere(relay);
            case ActorFetch.Refused refused -> relays.notThere(relay);
            case ActorFetch.Unreachable unreachable -> throw JobFailure.retryAfter(Duration.ofMinutes(10), "The relay does not answer");
        }
    }
}
