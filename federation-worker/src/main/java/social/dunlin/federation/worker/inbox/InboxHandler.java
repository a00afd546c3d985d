package social.dunlin.federation.worker.inbox;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
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
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.object.Authority;
import social.dunlin.queue.BatchHandler;
import social.dunlin.queue.FairTurns;
import social.dunlin.queue.JobRun;

/** Gives a received activity to the handler of its kind, once. */
@ApplicationScoped
public class InboxHandler implements BatchHandler {
    private static final Logger LOG = Logger.getLogger(InboxHandler.class);
    /** Many, because most of them wait for some other server; a slow one must not hold the places of all. */
    private static final int AT_A_TIME = 32;
    private static final int OF_ONE_SERVER = 6;

    private final Database database;
    private final AccountStore accounts;
    private final SignsOfLife signs;
    private final EarlyUndos earlyUndos;
    private final InboxMetrics metrics;
    private final InboxForwarding forwarding;
    private final RelayInbox relays;
    private final Map<String, ActivityHandler> handlers;
    private final InboxBatch batch;
    private final FairTurns turns = new FairTurns(AT_A_TIME, OF_ONE_SERVER);

    InboxHandler(Database database, AccountStore accounts, SignsOfLife signs, EarlyUndos earlyUndos, InboxMetrics metrics,
            InboxForwarding forwarding, RelayInbox relays, InboxBatch batch, @All List<ActivityHandler> handlers) {
        this.database = database;
        this.accounts = accounts;
        this.signs = signs;
        this.earlyUndos = earlyUndos;
        this.metrics = metrics;
        this.forwarding = forwarding;
        this.relays = relays;
        this.batch = batch;
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

    /** More than run at a time: many are done together, and the others wait for their turn. */
    @Override
    public int concurrency() {
        return 8 * AT_A_TIME;
    }

    @Override
    public int concurrencyPerKey() {
        return 8 * OF_ONE_SERVER;
    }

    @Override
    public List<List<JobRun>> handleTogether(List<JobRun> runs) {
        return batch.take(runs);
    }

    @Override
    public void handle(JobRun run) {
        try (FairTurns.Turn turn = turns.await(run.fairKey())) {
            receive(InboxJob.read(run));
        }
    }

    /** What came of it. An activity that is ignored is done with, and no failure. */
    Reception receive(InboxJob job) {
        ApActivity activity = Incoming.read(job);
        Optional<Account> sender = accounts.byUri(job.sender()).filter(account -> !account.isLocal());
        if (sender.isPresent() && isGenuine(activity, sender.get())) {
            signs.note(sender.get());
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
