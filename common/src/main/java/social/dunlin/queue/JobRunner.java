package social.dunlin.queue;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final Duration PLACE_PATIENCE = Duration.ofMillis(250);
    /** From so many done together on, the next are gathered for a moment. */
    private static final int MANY = 4;
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final Map<String, JobHandler> handlers;
    private final JobLeaseStore store;
    private final EventBus events;
    private final JobMetrics metrics;
    private final LeaseHolders holders;
    private final LocalWorker local;
    private final String owner;
    private final WorkLoop<JobRun, Outcome> loop;
    private final Places places;
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
    JobRunner(@All List<JobHandler> handlers, JobLeaseStore store, EventBus events, JobMetrics metrics, LeaseHolders holders, LocalWorker local) {
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
        this.store = store;
        this.events = events;
        this.metrics = metrics;
        this.holders = holders;
        this.local = local;
        this.owner = holders.own();
        this.loop = new WorkLoop<>("jobs", new Work());
        this.places = new Places(this.handlers, loop::running, PLACE_PATIENCE);
    }

    /** A runner outside of the container. */
    public static JobRunner of(Database database, EventBus events, List<JobHandler> handlers) {
        return of(database, events, handlers, new LocalWorker());
    }

    static JobRunner of(Database database, EventBus events, List<JobHandler> handlers, LocalWorker local) {
        return new JobRunner(handlers, new JobLeaseStore(database), events, JobMetrics.none(new JobStore(database)), LeaseHolders.of(database, events), local);
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
        places.open();
        local.begins(this::take);
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
            local.ends();
            List<JobRun> handedOver = places.close();
            loop.stop(patience);
            giveBack(handedOver);
        }
    }

    /** How long a worker may go without a look at the database when nothing is announced. */
    public static Duration safetyPoll(EventBus events) {
        return events.isDirect() ? LONGEST_POLL : SAFETY_POLL;
    }

    /**
     * Jobs added by this process: written as leased already and begun with at once, all or none. False when they have to
     * go into the queue, since others wait there or there is no room.
     */
    private boolean take(List<Job> jobs) {
        if (!places.reserve(jobs)) {
            return false;
        }
        List<JobRun> runs;
        try {
            runs = store.insertLeased(jobs, kind -> handlers.get(kind).lease(), owner);
        } catch (RuntimeException failure) {
            places.giveUp(jobs);
            throw failure;
        }
        if (places.hand(jobs, runs)) {
            loop.wake();
        } else {
            giveBack(runs);
        }
        return true;
    }

    private void giveBack(Collection<JobRun> unfinished) {
        if (unfinished.isEmpty()) {
            return;
        }
        try {
            release(unfinished);
        } catch (RuntimeException failure) {
            LOG.warnf("%d jobs stay leased until their lease ends: %s", unfinished.size(), failure.getMessage());
        }
    }

    private void release(Collection<JobRun> unfinished) {
        store.release(unfinished);
        events.publishAll(unfinished.stream().map(JobRun::kind).distinct().map(kind -> new JobsWaiting(kind, 1)).toList());
    }

    private void noticed(JobsWaiting event) {
        if (!handlers.containsKey(event.kind())) {
            return;
        }
        if (event.dueInMilliseconds() == 0) {
            places.expect(Set.of(event.kind()));
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
            return places.begin(claimReady());
        }

        private List<JobRun> claimReady() {
            Places.Question question = places.ask();
            if (question.rooms().isEmpty()) {
                return List.of();
            }
            try {
                JobLeaseStore.Claim claim = store.claim(question.rooms(), question.busy(), owner);
                places.answered(question, claim.more());
                return claim.runs();
            } catch (RuntimeException failure) {
                places.unanswered(question);
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
                places.expect(handlers.keySet());
            } catch (RuntimeException failure) {
                nextLook.set(System.nanoTime());
                throw failure;
            }
        }

        /** What was tried before goes by itself: should it kill its worker, it must not take others with it. */
        @Override
        public List<List<JobRun>> parts(List<JobRun> claimed) {
            Map<String, List<JobRun>> batches = claimed.stream()
                .filter(this::mayGoTogether).collect(Collectors.groupingBy(JobRun::kind));
            gathering = batches.values().stream().anyMatch(batch -> batch.size() >= MANY) ? GATHERING : Duration.ZERO;
            places.beginTogether(batches.keySet());
            Set<JobRun> batched = batches.values().stream().flatMap(List::stream).collect(Collectors.toSet());
            return Stream.concat(batches.values().stream(), claimed.stream().filter(run -> !batched.contains(run)).map(List::of)).toList();
        }

        private boolean mayGoTogether(JobRun run) {
            return handlers.get(run.kind()) instanceof BatchHandler && run.attempt() == 1;
        }

        /** One too: what comes while it is done is the next batch. */
        @Override
        public boolean isTogether(List<JobRun> part) {
            return mayGoTogether(part.getFirst());
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
                places.endTogether(kind);
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
            store.renew(Stream.concat(running.stream(), places.waiting().stream()).toList(), kind -> handlers.get(kind).lease(), owner);
        }

        @Override
        public void release(Collection<JobRun> unfinished) {
            JobRunner.this.release(unfinished);
        }

        @Override
        public Duration rest() {
            return Duration.ofNanos(Math.max(0, nextLook.get() - System.nanoTime()));
        }
    }
}
