package social.dunlin.federation.worker.inbox;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.ActorRefresh;
import social.dunlin.federation.delivery.RemoteHosts;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.object.Authority;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;

/** Gives a received activity to the handler of its kind, once. */
@ApplicationScoped
public class InboxHandler implements JobHandler {
    private static final Logger LOG = Logger.getLogger(InboxHandler.class);
    private static final Duration REFRESH_AFTER = Duration.ofDays(7);

    private final Database database;
    private final AccountStore accounts;
    private final RemoteHosts hosts;
    private final Jobs jobs;
    private final EarlyUndos earlyUndos;
    private final InboxMetrics metrics;
    private final InboxForwarding forwarding;
    private final RelayInbox relays;
    private final Map<String, ActivityHandler> handlers;
    private final HeardHosts heard = new HeardHosts();

    InboxHandler(Database database, AccountStore accounts, RemoteHosts hosts, Jobs jobs, EarlyUndos earlyUndos, InboxMetrics metrics,
            InboxForwarding forwarding, RelayInbox relays, @All List<ActivityHandler> handlers) {
        this.database = database;
        this.accounts = accounts;
        this.hosts = hosts;
        this.jobs = jobs;
        this.earlyUndos = earlyUndos;
        this.metrics = metrics;
        this.forwarding = forwarding;
        this.relays = relays;
        this.handlers = handlers.stream().flatMap(InboxHandler::byEachName)
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<Map.Entry<String, ActivityHandler>> byEachName(ActivityHandler handler) {
        return Stream.concat(Stream.of(handler.type()), handler.otherNames().stream()).map(name -> Map.entry(name, handler));
    }

    @Override
    public String kind() {
        return InboxJob.KIND;
    }

    /** Many, because most of them wait for some other server; a slow one must not hold the places of all. */
    @Override
    public int concurrency() {
        return 32;
    }

    @Override
    public int concurrencyPerKey() {
        return 6;
    }

    @Override
    public void handle(JobRun run) {
        receive(InboxJob.read(run.payload()));
    }

    /** What came of it. An activity that is ignored is done with, and no failure. */
    Reception receive(InboxJob job) {
        ApActivity activity = Incoming.read(job.body());
        Optional<Account> sender = accounts.byUri(job.sender()).filter(account -> !account.isLocal());
        if (sender.isPresent() && isGenuine(activity, sender.get())) {
            noteAlive(sender.get());
            return take(activity, sender.get(), job.body());
        }
        return counted(activity, job.sender(), new Reception(InboxMetrics.Outcome.FORGED, "it is not the sender's, or nobody knows the sender"));
    }

    private Reception counted(ApActivity activity, String sender, Reception reception) {
        LOG.debugf("%s from %s: %s", activity.type(), sender, reception);
        metrics.count(activity.type(), handlers.containsKey(activity.type()), reception.outcome);
        return reception;
    }

    /** @param reason why nothing came of it; empty when it was done */
    record Reception(InboxMetrics.Outcome outcome, String reason) {
        private static final Reception DONE = new Reception(InboxMetrics.Outcome.DONE, "");
        private static final Reception REPEATED = new Reception(InboxMetrics.Outcome.REPEATED, "it came before");

        private static Reception ignored(String reason) {
            return new Reception(InboxMetrics.Outcome.IGNORED, reason);
        }
    }

    /** The actor is who signed, and the activity lives where the actor does (hostile input 26). */
    private static boolean isGenuine(ApActivity activity, Account sender) {
        return sender.uri().equals(activity.actor())
            && (activity.id() == null || Authority.mayAssert(sender.uri(), activity.id()));
    }

    private void noteAlive(Account sender) {
        ObjectUri.tryParse(sender.deliveryInbox()).map(inbox -> inbox.host().value()).filter(heard::isNews).ifPresent(hosts::heardFrom);
        boolean stale = sender.fetchedAt() == null || sender.fetchedAt().isBefore(Instant.now().minus(REFRESH_AFTER));
        if (stale && sender.deletedAt() == null) {
            jobs.enqueue(ActorRefresh.job(sender.uri()));
        }
    }

    /**
     * @param sender proven to have written the activity
     * @param body   the activity as it came
     */
    Reception take(ApActivity activity, Account sender, String body) {
        boolean ofRelay = !sender.isSuspended() && relays.takes(activity, sender);
        return counted(activity, sender.uri(), ofRelay ? Reception.DONE : dispatch(activity, sender, body));
    }

    private Reception dispatch(ApActivity activity, Account sender, String body) {
        ActivityHandler handler = handlers.get(activity.type());
        if (handler == null) {
            return Reception.ignored(IgnoredKinds.reason(activity.type()));
        }
        if (sender.isSuspended() && !InboxJob.isTakenFromSuspended(activity.type())) {
            return Reception.ignored("the sender is suspended");
        }
        boolean once = activity.id() != null && !handler.isRepeatable();
        if (once && isSeen(activity.id())) {
            return Reception.REPEATED;
        }
        Incoming incoming = new Incoming(activity, sender, Budgets.forActivity());
        return switch (handler.verify(incoming)) {
            case Verdict.Accepted accepted -> {
                if (once) {
                    forwarding.around(incoming, body, () -> handler.apply(incoming));
                    remember(activity.id());
                } else {
                    applyUnlessUndone(handler, incoming);
                }
                yield Reception.DONE;
            }
            case Verdict.Ignored(String reason) -> Reception.ignored(reason);
        };
    }

    /** Repeatable activities ask no other server, so that they may be one transaction. */
    private void applyUnlessUndone(ActivityHandler handler, Incoming incoming) {
        String uri = incoming.activity().id();
        if (uri == null || !handler.isRepeatable()) {
            handler.apply(incoming);
            return;
        }
        database.transaction(() -> {
            earlyUndos.lock(uri);
            if (!earlyUndos.take(uri)) {
                handler.apply(incoming);
            }
        });
    }

    private boolean isSeen(String uri) {
        return database.exists("select from seen_activity where uri = $1", uri);
    }

    /** After the work: whoever is killed amid it begins anew, and a repeated effect is no effect. */
    private void remember(String uri) {
        database.execute("insert into seen_activity (uri) values ($1) on conflict do nothing", uri);
    }
}
