package social.dunlin.queue;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.EventBus;
import social.dunlin.event.Subscription;
import social.dunlin.queue.JobLeaseStore.Busy;
import social.dunlin.queue.JobLeaseStore.Room;

/**
 * Runs the jobs this process has handlers for. Started by the roles that work, never by the command line.
 * Asleep it costs a few indexed reads per half minute, or five minutes where nobody else can have added anything.
 */
@ApplicationScoped
public class JobRunner {
    /** Where events can be lost, as behind a pooler, and other workers may be lost unnoticed. */
    private static final Duration SAFETY_POLL = Duration.ofSeconds(30);
    /** Where this process is the only one and hands its events over directly: what it looks for it has announced itself. */
    static final Duration LONGEST_POLL = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    /** Payload leased at a time for one kind: a hundred activities of a megabyte would fill the memory. */
    private static final int MOST_TEXT = 4 << 20;
    /** From so many done together on, the next are gathered for a moment. */
    private static final int MANY = 4;
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final Map<String, JobHandler> handlers;
    private final JobLeaseStore store;
    private final EventBus events;
    private final JobMetrics metrics;
    private final LeaseHolders holders;
    private final String owner;
    private final WorkLoop<JobRun, Outcome> loop;
    /** Kinds of which something may be ready. */
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    /** Kinds of which many are being done together right now: what comes meanwhile is the next batch. */
    private final Set<String> together = ConcurrentHashMap.newKeySet();
    /** When to look for due and abandoned jobs; {@link System#nanoTime}. */
    private final AtomicLong nextLook = new AtomicLong();
    private Subscription<JobsWaiting> subscription;

    /** What became of a run. */
    private sealed interface Outcome {
        record Done() implements Outcome {
        }

        record Again(Duration delay, String error) implements Outcome {
        }

        record Hopeless(String error) implements Outcome {
        }
    }

    @Inject
    JobRunner(@All List<JobHandler> handlers, JobLeaseStore store, EventBus events, JobMetrics metrics, LeaseHolders holders) {
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
        this.store = store;
        this.events = events;
        this.metrics = metrics;
        this.holders = holders;
        this.owner = holders.own();
        this.loop = new WorkLoop<>("jobs", new Work());
    }

    /** A runner outside of the container. */
    public static JobRunner of(Database database, EventBus events, List<JobHandler> handlers) {
        return new JobRunner(handlers, new JobLeaseStore(database), events, JobMetrics.none(new JobStore(database)), LeaseHolders.of(database, events));
    }

    /** Begins to work; does nothing when it does already, or when there is no handler in this process. */
    public synchronized void start() {
        if (subscription != null || handlers.isEmpty()) {
            return;
        }
        metrics.register(handlers.keySet());
        lookNow();
        holders.begin();
        subscription = events.subscribe(JobsWaiting.class, this::noticed, this::lookNow);
        loop.start();
    }

    /** Takes nothing new, waits a bounded time for what runs, gives back the rest. */
    public void stop() {
        stop(STOP_PATIENCE);
    }

    /** While the database can still be reached; beans are destroyed too late. */
    void shutdown(@Observes ShutdownEvent event) {
        stop();
    }

    synchronized void stop(Duration patience) {
        if (subscription != null) {
            subscription.close();
            subscription = null;
            loop.stop(patience);
        }
    }

    /** How long a worker may go without a look at the database when nothing is announced. */
    public static Duration safetyPoll(EventBus events) {
        return events.isDirect() ? LONGEST_POLL : SAFETY_POLL;
    }

    private void noticed(JobsWaiting event) {
        if (!handlers.containsKey(event.kind())) {
            return;
        }
        if (event.dueInMilliseconds() == 0) {
            expected.add(event.kind());
        } else {
            lookWithin(Duration.ofMillis(event.dueInMilliseconds()));
        }
        loop.wake();
    }

    private void lookNow() {
        nextLook.set(System.nanoTime());
        loop.wake();
    }

    private void lookWithin(Duration delay) {
        long time = System.nanoTime() + delay.toNanos();
        nextLook.accumulateAndGet(time, (one, other) -> one - other < 0 ? one : other);
    }

    /** The queue as {@link WorkLoop} sees it. */
    private final class Work implements LeasedWork<JobRun, Outcome> {
        private final Duration shortestLease = handlers.values().stream().map(JobHandler::lease)
            .min(Duration::compareTo).orElse(Duration.ofMinutes(1));

        /** Of the loop's thread alone. */
        private Duration gathering = Duration.ZERO;

        @Override
        public Duration gathering() {
            return gathering;
        }

        @Override
        public List<JobRun> claim(Collection<JobRun> running) {
            if (nextLook.get() - System.nanoTime() <= 0) {
                look();
            }
            List<Busy> busy = busy(running);
            List<Room> rooms = rooms(running, busy);
            if (rooms.isEmpty()) {
                return List.of();
            }
            // Forgotten before asking: what is announced while we ask is asked for again.
            rooms.forEach(room -> expected.remove(room.kind()));
            try {
                List<JobRun> claimed = store.claim(rooms, busy, owner);
                claimed.forEach(run -> expected.add(run.kind()));
                // Jobs left for their fair key's limit are to be had when one of that key ends.
                busy.stream().filter(this::atLimit).forEach(each -> expected.add(each.kind()));
                return claimed;
            } catch (RuntimeException failure) {
                rooms.forEach(room -> expected.add(room.kind()));
                throw failure;
            }
        }

        private void look() {
            nextLook.set(System.nanoTime() + safetyPoll(events).toNanos());
            try {
                holders.look();
                store.promote(handlers.keySet(), kind -> handlers.get(kind).retryPolicy().maxAttempts());
                JobLeaseStore.Ahead ahead = store.ahead(handlers.keySet(), owner);
                // What is overdue and was not promoted is in another worker's hands or more than one batch.
                ahead.untilDue().ifPresent(due -> lookWithin(due.isZero() ? Duration.ofSeconds(1) : due.plusMillis(5)));
                if (ahead.othersAtWork()) {
                    lookWithin(LeaseHolders.GRACE);
                }
                expected.addAll(handlers.keySet());
            } catch (RuntimeException failure) {
                nextLook.set(System.nanoTime());
                throw failure;
            }
        }

        private List<Busy> busy(Collection<JobRun> running) {
            record Lane(String kind, String fairKey) {
            }
            Map<Lane, Integer> counts = new HashMap<>();
            running.forEach(run -> counts.merge(new Lane(run.kind(), run.fairKey()), 1, Integer::sum));
            return counts.entrySet().stream()
                .map(entry -> new Busy(entry.getKey().kind(), entry.getKey().fairKey(), entry.getValue()))
                .toList();
        }

        private boolean atLimit(Busy busy) {
            return !busy.fairKey().isEmpty() && busy.running() >= handlers.get(busy.kind()).concurrencyPerKey();
        }

        private List<Room> rooms(Collection<JobRun> running, List<Busy> busy) {
            List<Room> rooms = new ArrayList<>();
            for (String kind : expected) {
                if (together.contains(kind)) {
                    continue;
                }
                JobHandler handler = handlers.get(kind);
                int slots = handler.concurrency()
                    - busy.stream().filter(each -> each.kind().equals(kind)).mapToInt(Busy::running).sum();
                int text = MOST_TEXT - running.stream().filter(run -> run.kind().equals(kind)).mapToInt(run -> run.payload().length()).sum();
                if (slots > 0 && text > 0) {
                    // Beyond the free places it looks past those keys that may be at their limit.
                    rooms.add(new Room(kind, slots, handler.concurrencyPerKey(), slots + 2 * handler.concurrency(), handler.lease(), text));
                }
            }
            return rooms;
        }

        /** What was tried before goes by itself: should it kill its worker, it must not take others with it. */
        @Override
        public List<List<JobRun>> parts(List<JobRun> claimed) {
            Map<String, List<JobRun>> batches = claimed.stream()
                .filter(run -> handlers.get(run.kind()) instanceof BatchHandler && run.attempt() == 1)
                .collect(Collectors.groupingBy(JobRun::kind));
            batches.values().removeIf(batch -> batch.size() == 1);
            gathering = batches.values().stream().anyMatch(batch -> batch.size() >= MANY) ? GATHERING : Duration.ZERO;
            together.addAll(batches.keySet());
            Set<JobRun> batched = batches.values().stream().flatMap(List::stream).collect(Collectors.toSet());
            return Stream.concat(batches.values().stream(), claimed.stream().filter(run -> !batched.contains(run)).map(List::of)).toList();
        }

        @Override
        public Together<JobRun, Outcome> runTogether(List<JobRun> runs) {
            String kind = runs.getFirst().kind();
            try {
                List<List<JobRun>> left = ((BatchHandler) handlers.get(kind)).handleTogether(runs);
                Set<JobRun> undone = left.stream().flatMap(List::stream).collect(Collectors.toSet());
                return new Together<>(runs.stream().filter(run -> !undone.contains(run))
                    .map(run -> new Finished<JobRun, Outcome>(run, new Outcome.Done())).toList(), left);
            } finally {
                together.remove(kind);
            }
        }

        @Override
        public Outcome run(JobRun run) {
            JobHandler handler = handlers.get(run.kind());
            try {
                handler.handle(run);
                return new Outcome.Done();
            } catch (JobFailure failure) {
                return failure.isPermanent()
                    ? new Outcome.Hopeless(failure.getMessage())
                    : failed(handler, run, failure, failure.delay().orElseThrow());
            } catch (Throwable failure) {
                // Errors too: a stack overflow on hostile input must end as a dead letter, not as a lost worker.
                LOG.debugf(failure, "Job %s failed in attempt %d", run, run.attempt());
                return failed(handler, run, failure,
                    handler.retryPolicy().delayAfter(run.attempt(), ThreadLocalRandom.current()));
            }
        }

        private Outcome failed(JobHandler handler, JobRun run, Throwable failure, Duration delay) {
            String error = failure instanceof JobFailure ? failure.getMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
            return run.attempt() >= handler.retryPolicy().maxAttempts()
                ? new Outcome.Hopeless(error)
                : new Outcome.Again(delay, error);
        }

        @Override
        public void settle(List<Finished<JobRun, Outcome>> finished) {
            List<JobRun> done = new ArrayList<>();
            List<JobLeaseStore.Retry> again = new ArrayList<>();
            List<JobLeaseStore.Dead> hopeless = new ArrayList<>();
            for (Finished<JobRun, Outcome> each : finished) {
                switch (each.result()) {
                    case Outcome.Done ignored -> done.add(each.item());
                    case Outcome.Again(Duration delay, String error) -> again.add(new JobLeaseStore.Retry(each.item(), delay, error));
                    case Outcome.Hopeless(String error) -> hopeless.add(new JobLeaseStore.Dead(each.item(), error));
                }
            }
            store.done(done);
            store.retry(again);
            again.forEach(retry -> lookWithin(retry.delay().plusMillis(5)));
            store.dead(hopeless);
            hopeless.forEach(each -> LOG.warnf("Job %s was given up: %s", each.run(), each.error()));
        }

        @Override
        public Duration lease() {
            return shortestLease;
        }

        @Override
        public void renew(Collection<JobRun> running) {
            store.renew(running, kind -> handlers.get(kind).lease(), owner);
        }

        @Override
        public void release(Collection<JobRun> unfinished) {
            store.release(unfinished);
            events.publishAll(unfinished.stream().map(JobRun::kind).distinct()
                .map(kind -> new JobsWaiting(kind, 1)).toList());
        }

        @Override
        public Duration rest() {
            return Duration.ofNanos(Math.max(0, nextLook.get() - System.nanoTime()));
        }
    }
}
