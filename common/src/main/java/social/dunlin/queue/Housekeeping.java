package social.dunlin.queue;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.EventBus;
import social.dunlin.event.Subscription;

/**
 * Runs the {@link PeriodicTask}s that have come due, a few at a time, and with them those that soon will; started by the
 * worker roles.
 */
@ApplicationScoped
public class Housekeeping {
    /** The kind under which tasks of a process that is gone call for another. They are rows of their own, not jobs. */
    static final String KIND = "housekeeping";
    private static final int AT_ONCE = 2;
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);
    /** So much of its interval, but not more than this, may be missing: tasks that go together wake a resting node once. */
    private static final double EARLIEST = 0.5;
    private static final Duration MOST_EARLY = Duration.ofSeconds(150);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final Map<String, PeriodicTask> tasks;
    private final Database database;
    private final EventBus events;
    private final LeaseHolders holders;
    private final String owner;
    private final WorkLoop<String, Optional<String>> loop = new WorkLoop<>("housekeeping", new Work());
    private Subscription<JobsWaiting> subscription;

    @Inject
    Housekeeping(@All List<PeriodicTask> tasks, Database database, EventBus events, LeaseHolders holders) {
        this.tasks = tasks.stream().collect(Collectors.toUnmodifiableMap(PeriodicTask::name, Function.identity()));
        this.database = database;
        this.events = events;
        this.holders = holders;
        this.owner = holders.own();
    }

    /** Housekeeping outside of the container. */
    public static Housekeeping of(Database database, EventBus events, List<PeriodicTask> tasks) {
        return new Housekeeping(tasks, database, events, LeaseHolders.of(database, events));
    }

    public synchronized void start() {
        if (subscription == null) {
            holders.begin();
            subscription = events.subscribe(JobsWaiting.class, this::noticed);
            loop.start();
        }
    }

    private void noticed(JobsWaiting event) {
        if (event.kind().equals(KIND)) {
            loop.wake();
        }
    }

    public void stop() {
        stop(STOP_PATIENCE);
    }

    synchronized void stop(Duration patience) {
        if (subscription != null) {
            subscription.close();
            subscription = null;
            loop.stop(patience);
        }
    }

    /** While the database can still be reached; beans are destroyed too late. */
    void shutdown(@Observes ShutdownEvent event) {
        stop();
    }

    /** Tasks are told apart by name; a result is the error, if there was one. */
    private final class Work implements LeasedWork<String, Optional<String>> {
        private boolean announced;

        @Override
        public List<String> claim(Collection<String> running) {
            announce();
            if (running.size() >= AT_ONCE) {
                return List.of();
            }
            return database.list("""
                update periodic_task set lease_owner = $2, leased_until = now() + make_interval(secs => $4::float8)
                where name in (
                  select name from periodic_task join unnest($1::text[], $5::float8[]) as known (name, early) using (name)
                  where next_run_at <= now() + make_interval(secs => early) and (leased_until is null or leased_until < now())
                  order by next_run_at limit $3
                  for update of periodic_task skip locked)
                returning name
                """, row -> row.getString("name"), names(), owner, AT_ONCE - running.size(), (double) LEASE.toSeconds(),
                tasks.values().stream().map(task -> early(task.interval())).toArray(Double[]::new));
        }

        /** A task may have become more frequent since its row was written, by a setting or a release. */
        private void announce() {
            if (!announced) {
                List<PeriodicTask> all = List.copyOf(tasks.values());
                database.execute("""
                    insert into periodic_task as task (name) select name from unnest($1::text[], $2::float8[]) as known (name, pause) order by name
                    on conflict (name) do update set next_run_at = least(task.next_run_at, now() + make_interval(secs =>
                      (select pause from unnest($1::text[], $2::float8[]) as known (name, pause) where known.name = task.name)))
                    """, all.stream().map(PeriodicTask::name).toArray(String[]::new),
                    all.stream().map(task -> (double) task.interval().toSeconds()).toArray(Double[]::new));
                announced = true;
            }
        }

        private static double early(Duration interval) {
            return Math.min(interval.toSeconds() * EARLIEST, MOST_EARLY.toSeconds());
        }

        private String[] names() {
            return tasks.keySet().toArray(String[]::new);
        }

        @Override
        public Optional<String> run(String name) {
            try {
                tasks.get(name).run();
                return Optional.empty();
            } catch (Exception failure) {
                LOG.errorf(failure, "Housekeeping task %s failed", name);
                return Optional.of(failure.getClass().getSimpleName() + ": " + failure.getMessage());
            }
        }

        @Override
        public void settle(List<Finished<String, Optional<String>>> finished) {
            database.execute("""
                update periodic_task set next_run_at = now() + make_interval(secs => done.pause), finished_at = now(),
                       last_error = done.error, leased_until = null, lease_owner = null
                from unnest($1::text[], $2::float8[], $3::text[]) as done (name, pause, error)
                where periodic_task.name = done.name and lease_owner = $4
                """, finished.stream().map(Finished::item).toArray(String[]::new),
                finished.stream().map(each -> (double) tasks.get(each.item()).interval().toSeconds()).toArray(Double[]::new),
                finished.stream().map(each -> each.result().orElse(null)).toArray(String[]::new), owner);
        }

        @Override
        public Duration lease() {
            return LEASE;
        }

        @Override
        public void renew(Collection<String> running) {
            database.execute("""
                update periodic_task set leased_until = now() + make_interval(secs => $3::float8)
                where name = any($1) and lease_owner = $2
                """, running.toArray(String[]::new), owner, (double) LEASE.toSeconds());
        }

        @Override
        public void release(Collection<String> unfinished) {
            database.execute("""
                update periodic_task set leased_until = null, lease_owner = null where name = any($1) and lease_owner = $2
                """, unfinished.toArray(String[]::new), owner);
        }

        @Override
        public Duration rest() {
            Duration due = database.first("""
                select extract(epoch from min(greatest(next_run_at, leased_until)) - now())::float8 as seconds
                from periodic_task where name = any($1) and lease_owner is distinct from $2
                """, row -> row.getDouble("seconds"), names(), owner).map(JobStore::seconds).orElse(LONGEST_REST);
            return due.compareTo(LONGEST_REST) < 0 ? due.plusSeconds(1) : LONGEST_REST;
        }
    }
}
