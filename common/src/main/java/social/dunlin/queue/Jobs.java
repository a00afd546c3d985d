package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import social.dunlin.database.Database;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.EventBus;

/** Adds jobs in the caller's transaction and wakes whoever does that kind of work when it commits. */
@ApplicationScoped
public class Jobs {
    private final Database database;
    private final JobStore store;
    private final EventBus events;

    Jobs(Database database, JobStore store, EventBus events) {
        this.database = database;
        this.store = store;
        this.events = events;
    }

    /** A queue outside of the container. */
    public static Jobs of(Database database, EventBus events) {
        return new Jobs(database, new JobStore(database), events);
    }

    public void enqueue(Job job) {
        enqueueAll(List.of(job));
    }

    /** One statement for all of them. */
    public void enqueueAll(List<Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        List<Job> distinct = withoutRepeatedKeys(jobs);
        if (events.isDirect()) {
            add(distinct);
        } else {
            database.transaction(() -> add(distinct));
        }
    }

    private void add(List<Job> jobs) {
        store.insert(jobs);
        events.publishAll(wakeUps(jobs));
    }

    /** One statement cannot meet the same unique key twice; the sooner job stays. */
    private static List<Job> withoutRepeatedKeys(List<Job> jobs) {
        record Key(String kind, String uniqueKey) {
        }
        BinaryOperator<Job> sooner = BinaryOperator.minBy(Comparator.comparing(Job::runAt, Comparator.nullsFirst(Comparator.naturalOrder())));
        Map<Key, Job> keyed = new LinkedHashMap<>();
        jobs.stream().filter(job -> job.uniqueKey() != null)
            .forEach(job -> keyed.merge(new Key(job.kind(), job.uniqueKey()), job, sooner));
        return Stream.concat(jobs.stream().filter(job -> job.uniqueKey() == null), keyed.values().stream()).toList();
    }

    /** One per kind, for its soonest job. What lies beyond the safety poll is found by it. */
    private static List<JobsWaiting> wakeUps(List<Job> jobs) {
        Map<String, Long> dueByKind = new LinkedHashMap<>();
        jobs.forEach(job -> dueByKind.merge(job.kind(), millisecondsUntil(job.runAt()), Math::min));
        return dueByKind.entrySet().stream()
            .filter(entry -> entry.getValue() < JobRunner.LONGEST_POLL.toMillis())
            .map(entry -> new JobsWaiting(entry.getKey(), entry.getValue()))
            .toList();
    }

    private static long millisecondsUntil(Instant time) {
        return time == null ? 0 : Math.max(0, Duration.between(Instant.now(), time).toMillis());
    }

    /** Gives a dead letter all its attempts again. False when there is none of this id. */
    public boolean retryDead(long id) {
        return database.transaction(() -> {
            var job = store.takeDead(id);
            job.ifPresent(this::enqueue);
            return job.isPresent();
        });
    }

    /** Dead letters, newest first. */
    public List<DeadJob> dead(int limit) {
        return store.dead(limit);
    }

    public QueueHealth health() {
        return store.health();
    }
}
