package social.dunlin.federation.worker.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.EventBus;
import social.dunlin.event.Subscription;
import social.dunlin.federation.delivery.DeliverySignal;
import social.dunlin.federation.delivery.RemoteHosts;
import social.dunlin.federation.worker.delivery.DeliveryResult.Arrived;
import social.dunlin.federation.worker.delivery.DeliveryResult.Failed;
import social.dunlin.federation.worker.delivery.DeliveryResult.Refused;
import social.dunlin.queue.FairTurns;
import social.dunlin.queue.JobRunner;
import social.dunlin.queue.LeaseHolders;
import social.dunlin.queue.LeasedWork;
import social.dunlin.queue.WorkLoop;

/**
 * Drains the deliveries. Asks the database only when something was announced, falls due or has ended here; sleeps
 * otherwise. A killed worker's leases are freed or run out, and another takes its deliveries up.
 */
@ApplicationScoped
public class DeliveryWorker {
    private static final Duration LEASE = Duration.ofSeconds(45);
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    /** So many times what may be under way is leased in all: one look at the database serves many. */
    private static final int AHEAD = 32;
    /** For one host: a healthy one gets its deliveries off the table by the dozen, another must not hold the places of all. */
    private static final int AHEAD_FOR_HEALTHY = 32;
    private static final int AHEAD_FOR_OTHERS = 4;
    private static final int MOST_OF_ALL = 8;
    /** Shorter than the dozens of one host last, so that it never waits for the database. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final Database database;
    private final DeliveryStore store;
    private final RemoteHosts hosts;
    private final Sender sender;
    private final GoneInboxes goneInboxes;
    private final EventBus events;
    private final int slots;
    private final DeliveryStore.PerHost perHostAtATime;
    private final LeaseHolders holders;
    private final String owner;
    private final AtomicBoolean expected = new AtomicBoolean(true);
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private final FairTurns turns;
    /** The host up to which the last claim came; of the loop's thread alone. */
    private String lastHost = "";
    private final WorkLoop<Delivery, DeliveryResult> loop = new WorkLoop<>("deliveries", new Work());
    private Subscription<JobsWaiting> subscription;

    @Inject
    DeliveryWorker(Database database, DeliveryStore store, RemoteHosts hosts, Sender sender, GoneInboxes goneInboxes, EventBus events,
            LeaseHolders holders, DunlinConfiguration configuration) {
        this(database, store, hosts, sender, goneInboxes, events, holders, configuration.federation().deliveryConcurrency(),
            configuration.federation().perHostConcurrency());
    }

    DeliveryWorker(Database database, DeliveryStore store, RemoteHosts hosts, Sender sender, GoneInboxes goneInboxes, EventBus events,
            LeaseHolders holders, int slots, int perHost) {
        this.database = database;
        this.store = store;
        this.hosts = hosts;
        this.sender = sender;
        this.goneInboxes = goneInboxes;
        this.events = events;
        this.holders = holders;
        this.owner = holders.own();
        this.slots = slots;
        int others = AHEAD_FOR_OTHERS * perHost;
        this.perHostAtATime = new DeliveryStore.PerHost(Math.max(others, Math.min(AHEAD_FOR_HEALTHY * perHost, AHEAD * slots / MOST_OF_ALL)), others, perHost);
        this.turns = new FairTurns(slots, perHost);
    }

    /** Begins to deliver; does nothing when it does already. */
    public synchronized void start() {
        if (subscription == null) {
            holders.begin();
            subscription = events.subscribe(JobsWaiting.class, this::noticed, this::wake);
            loop.start();
        }
    }

    /** Takes nothing new, waits a little for what is under way, gives back the rest. */
    public synchronized void stop() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
            loop.stop(STOP_PATIENCE);
        }
    }

    private void noticed(JobsWaiting event) {
        if (event.kind().equals(DeliverySignal.KIND)) {
            wake();
        }
    }

    private void wake() {
        expected.set(true);
        loop.wake();
    }

    private final class Work implements LeasedWork<Delivery, DeliveryResult> {
        @Override
        public List<Delivery> claim(Collection<Delivery> running) {
            boolean due = nextLook.get() - System.nanoTime() <= 0;
            if (AHEAD * slots - running.size() <= 0 || !due && !expected.get()) {
                return List.of();
            }
            expected.set(false);
            try {
                holders.lookNowAndThen();
                Map<String, Integer> busy = new HashMap<>();
                running.forEach(delivery -> busy.merge(delivery.host(), 1, Integer::sum));
                List<Delivery> claimed = claim(AHEAD * slots - running.size(), busy);
                if (claimed.isEmpty()) {
                    lookWhenDue();
                }
                return claimed;
            } catch (RuntimeException failure) {
                expected.set(true);
                throw failure;
            }
        }

        /** From the host after the last on, and from the first again when the end was reached. */
        private List<Delivery> claim(int room, Map<String, Integer> busy) {
            DeliveryStore.Claim claim = store.claim(room, perHostAtATime, busy, lastHost, owner, LEASE);
            if (claim.deliveries().isEmpty() && !lastHost.isEmpty()) {
                claim = store.claim(room, perHostAtATime, busy, "", owner, LEASE);
            }
            lastHost = claim.reached();
            return claim.deliveries();
        }

        private void lookWhenDue() {
            Duration longest = JobRunner.safetyPoll(events);
            Duration wait = store.untilDue().orElse(longest);
            Duration bounded = wait.compareTo(longest) > 0 ? longest : wait.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : wait;
            nextLook.set(System.nanoTime() + bounded.toNanos());
        }

        @Override
        public DeliveryResult run(Delivery delivery) {
            try (FairTurns.Turn turn = turns.await(delivery.host())) {
                return sender.send(delivery);
            }
        }

        @Override
        public Duration gathering() {
            return GATHERING;
        }

        /** In one transaction, so that a body goes with its last delivery. */
        @Override
        public void settle(List<Finished<Delivery, DeliveryResult>> finished) {
            database.transaction(() -> {
                Settlement settlement = new Settlement(finished);
                store.keepDead(settlement.dead);
                store.remove(settlement.done);
                store.retry(settlement.retries, owner);
                hosts.succeeded(settlement.alive);
                settlement.failing.forEach((error, failing) -> hosts.failed(failing, error, DeliverySchedule.FAILURES_TO_OPEN,
                    failures -> DeliverySchedule.openFor(failures, ThreadLocalRandom.current())));
                goneInboxes.ask(settlement.gone);
            });
            // The place that became free may be taken, and the host has room again.
            expected.set(true);
        }

        @Override
        public Duration lease() {
            return LEASE;
        }

        @Override
        public void renew(Collection<Delivery> running) {
            store.renew(running, owner, LEASE);
        }

        @Override
        public void release(Collection<Delivery> unfinished) {
            store.release(unfinished, owner);
        }

        @Override
        public Duration rest() {
            return Duration.ofNanos(Math.max(0, nextLook.get() - System.nanoTime()));
        }
    }

    /** What a batch of results means for rows and hosts. A host counts once per batch: one answer shows that it lives. */
    private static final class Settlement {
        private final List<Delivery> done = new ArrayList<>();
        private final List<DeliveryStore.Retry> retries = new ArrayList<>();
        private final List<DeliveryStore.GivenUp> dead = new ArrayList<>();
        private final Map<String, String> alive = new LinkedHashMap<>();
        private final Map<String, Set<String>> failing = new LinkedHashMap<>();
        private final Set<String> gone = new HashSet<>();

        Settlement(List<LeasedWork.Finished<Delivery, DeliveryResult>> finished) {
            finished.forEach(each -> add(each.item(), each.result()));
            failing.values().forEach(hosts -> hosts.removeAll(alive.keySet()));
        }

        private void add(Delivery delivery, DeliveryResult result) {
            switch (result) {
                case Arrived(String scheme) -> {
                    done.add(delivery);
                    if (!delivery.healthy() || !Objects.equals(scheme, delivery.scheme())) {
                        alive.merge(delivery.host(), scheme, (one, other) -> one);
                    }
                }
                case Refused(String error, boolean answered, boolean isGone) -> {
                    giveUp(delivery, error);
                    if (answered) {
                        alive.putIfAbsent(delivery.host(), null);
                    }
                    if (isGone) {
                        gone.add(delivery.inboxUrl());
                    }
                }
                case Failed failed -> retry(delivery, failed);
            }
        }

        private void retry(Delivery delivery, Failed failed) {
            int attempts = delivery.attempts() + 1;
            if (attempts >= DeliverySchedule.RETRIES.maxAttempts()) {
                giveUp(delivery, failed.error());
            } else {
                retries.add(new DeliveryStore.Retry(delivery,
                    DeliverySchedule.delay(attempts, failed.retryAfter(), ThreadLocalRandom.current()), failed.error()));
            }
            if (!failed.hostAlive()) {
                failing.computeIfAbsent(failed.error(), error -> new HashSet<>()).add(delivery.host());
            }
        }

        private void giveUp(Delivery delivery, String error) {
            dead.add(new DeliveryStore.GivenUp(delivery, error));
            done.add(delivery);
        }
    }
}
