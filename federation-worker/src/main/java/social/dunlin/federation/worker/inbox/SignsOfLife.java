package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import social.dunlin.account.Account;
import social.dunlin.federation.actor.ActorRefresh;
import social.dunlin.federation.delivery.RemoteHosts;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Jobs;

/** Who sends us something is alive: what waits for its host may go, and what is known of it may be looked at anew. */
@ApplicationScoped
class SignsOfLife {
    private static final Duration REFRESH_AFTER = Duration.ofDays(7);

    private final RemoteHosts hosts;
    private final Jobs jobs;
    private final HeardHosts heard = new HeardHosts();

    SignsOfLife(RemoteHosts hosts, Jobs jobs) {
        this.hosts = hosts;
        this.jobs = jobs;
    }

    void note(Account sender) {
        ObjectUri.tryParse(sender.deliveryInbox()).map(inbox -> inbox.host().value()).filter(heard::isNews).ifPresent(hosts::heardFrom);
        if (isStale(sender) && sender.deletedAt() == null) {
            jobs.enqueue(ActorRefresh.job(sender.uri()));
        }
    }

    static boolean isStale(Account sender) {
        return sender.fetchedAt() == null || sender.fetchedAt().isBefore(Instant.now().minus(REFRESH_AFTER));
    }
}
