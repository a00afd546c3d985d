package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import social.dunlin.database.Database;
import social.dunlin.database.DatabaseException;

/** What a worker does with jobs: claim, renew, and say what became of them. */
@ApplicationScoped
class JobLeaseStore {
    private static final int PROMOTE_AT_ONCE = 1_000;
    private static final int ERROR_LENGTH = 2_000;

    private final Database database;

    JobLeaseStore(Database database) {
        this.database = database;
    }

    /** Room for one kind: {@code perKey} of one fair key, running ones counted; {@code look} rows are looked at; {@code text} octets of payload, or one job. */
    record Room(String kind, int slots, int perKey, int look, Duration lease, int text) {
    }

    /** So many of this lane run here. */
    record Busy(String kind, String fairKey, int running) {
    }

    record Retry(JobRun run, Duration delay, String error) {
    }

    record Dead(JobRun run, String error) {
    }

    /**
     * The front of each kind's queue is locked, those over their fair key's limit are left, the others are
     * leased. Per kind it reads {@code look} rows of job_ready, however long the queue is (0081_claim_jobs.sql).
     */
    private static final String CLAIM = "select * from claim_jobs($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    /** @param more kinds of which some were seen and left; of a kind with none at all, only those over their fair key's limit */
    record Claim(List<JobRun> runs, Set<String> more) {
    }

    Claim claim(List<Room> rooms, List<Busy> busy, String owner) {
        Set<String> more = new HashSet<>();
        List<JobRun> runs = database.list(CLAIM, row -> {
            if (row.getBoolean("more")) {
                more.add(row.getString("kind"));
            }
            return new JobRun(row.getLong("id"), row.getString("kind"), row.getString("payload"), row.getInteger("attempts"), row.getString("fair_key"));
        }, strings(rooms, Room::kind), integers(rooms, Room::slots), integers(rooms, Room::perKey), integers(rooms, Room::look),
            rooms.stream().map(room -> seconds(room.lease())).toArray(Double[]::new), integers(rooms, Room::text),
            strings(busy, Busy::kind), strings(busy, Busy::fairKey), integers(busy, Busy::running), owner);
        return new Claim(runs, more);
    }

    /** Adds jobs that are begun at once, as if they had been claimed. Their ids are drawn in their order. */
    List<JobRun> insertLeased(List<Job> jobs, Function<String, Duration> lease, String owner) {
        List<Long> ids = database.list("""
            insert into job (kind, payload, priority, fair_key, state, attempts, lease_owner, leased_until)
            select kind, payload, priority, fair_key, 'running', 1, $6, now() + make_interval(secs => lease)
            from unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::float8[])
                 with ordinality as given (kind, payload, priority, fair_key, lease, place)
            order by place
            returning id
            """, row -> row.getLong("id"), strings(jobs, Job::kind), strings(jobs, Job::payload),
            jobs.stream().map(job -> (short) job.priority()).toArray(Short[]::new), strings(jobs, Job::fairKey),
            jobs.stream().map(job -> seconds(lease.apply(job.kind()))).toArray(Double[]::new), owner).stream().sorted().toList();
        return IntStream.range(0, jobs.size()).mapToObj(place -> {
            Job job = jobs.get(place);
            return new JobRun(ids.get(place), job.kind(), job.payload(), 1, job.fairKey(), job.read());
        }).toList();
    }

    /**
     * Brings back leases that ran out, to be dead letters when their attempts are used up, and makes ready
     * what has fallen due. Relies on job_running and job_scheduled.
     */
    void promote(Collection<String> kinds, Function<String, Integer> maxAttempts) {
        List<JobRun> lost = expired(kinds);
        dead(lost.stream().filter(run -> run.attempt() >= maxAttempts.apply(run.kind()))
            .map(run -> new Dead(run, "The worker was lost during attempt " + run.attempt())).toList());
        retry(lost.stream().filter(run -> run.attempt() < maxAttempts.apply(run.kind()))
            .map(run -> new Retry(run, Duration.ZERO, "The worker was lost")).toList());
        makeReady(kinds);
    }

    private List<JobRun> expired(Collection<String> kinds) {
        return database.list("""
            select id, kind, attempts, fair_key from job
            where state = 'running' and leased_until < now() and kind = any($1)
            order by leased_until limit $2
            """, row -> new JobRun(row.getLong("id"), row.getString("kind"), "", row.getInteger("attempts"), row.getString("fair_key")),
            kinds.toArray(String[]::new), PROMOTE_AT_ONCE);
    }

    private void makeReady(Collection<String> kinds) {
        database.execute("""
            with due as materialized (
              select id, kind, priority, fair_key, run_at from job
              where state = 'scheduled' and run_at <= now() and kind = any($1)
              order by run_at limit $2
              for update skip locked
            ), lane as (
              select distinct kind, priority, fair_key from due
            ), base as (
              select lane.*, %s as turn from lane
            ), placed as (
              select due.id, base.turn - 1
                     + row_number() over (partition by due.kind, due.priority, due.fair_key order by due.run_at, due.id) as turn
              from due join base on (base.kind, base.priority, base.fair_key) = (due.kind, due.priority, due.fair_key)
            )
            update job set state = 'ready', turn = placed.turn from placed where job.id = placed.id
            """.formatted(JobStore.LANE_TURN), kinds.toArray(String[]::new), PROMOTE_AT_ONCE);
    }

    /**
     * @param untilDue     how long until something falls due or another worker's lease ends
     * @param othersAtWork whether another worker holds any
     */
    record Ahead(Optional<Duration> untilDue, boolean othersAtWork) {
    }

    /** Relies on job_scheduled and job_running. */
    Ahead ahead(Collection<String> kinds, String owner) {
        return database.first("""
            select extract(epoch from least(scheduled.run_at, others.leased_until) - now())::float8 as seconds,
                   others.leased_until is not null as others_at_work
            from (select (select run_at from job where state = 'scheduled' and kind = any($1) order by run_at limit 1) as run_at) as scheduled,
                 (select (select leased_until from job where state = 'running' and kind = any($1) and lease_owner <> $2
                          order by leased_until limit 1) as leased_until) as others
            """, row -> new Ahead(Optional.ofNullable(row.getDouble("seconds")).map(JobStore::seconds), row.getBoolean("others_at_work")),
            kinds.toArray(String[]::new), owner).orElseThrow();
    }

    void renew(Collection<JobRun> runs, Function<String, Duration> lease, String owner) {
        database.execute("""
            update job set leased_until = now() + make_interval(secs => held.lease)
            from unnest($1::bigint[], $2::int[], $3::float8[]) as held (id, attempts, lease)
            where job.id = held.id and job.attempts = held.attempts and lease_owner = $4 and state = 'running'
            """, ids(runs.stream()), attempts(runs.stream()),
            runs.stream().map(run -> seconds(lease.apply(run.kind()))).toArray(Double[]::new), owner);
    }

    /** Done is done, whoever holds the lease by now. */
    void done(Collection<JobRun> runs) {
        if (!runs.isEmpty()) {
            database.execute("delete from job where id = any((select $1::bigint[])::bigint[])", (Object) ids(runs.stream()));
        }
    }

    void retry(List<Retry> retries) {
        back(retries, 0);
    }

    /** Gives back unharmed: the attempt does not count. */
    void release(Collection<JobRun> runs) {
        back(runs.stream().map(run -> new Retry(run, Duration.ZERO, null)).toList(), 1);
    }

    /**
     * Running jobs wait again. One whose unique key is waiting meanwhile gives way to it. A job that was
     * claimed by another since (its attempts differ) is left alone.
     */
    private void back(List<Retry> retries, int attemptsBack) {
        if (retries.isEmpty()) {
            return;
        }
        withTwinsWaiting(() -> database.execute("""
            with back as (
              select job.id, given.delay, given.error,
                     row_number() over (partition by kind, coalesce(unique_key, job.id::text) order by job.id) as nth,
                     exists (select from job as twin where twin.kind = job.kind and twin.unique_key = job.unique_key
                             and twin.state <> 'running') as twin_waits
              from unnest($1::bigint[], $2::int[], $3::float8[], $4::text[]) as given (id, attempts, delay, error)
              join job on job.id = given.id and job.attempts = given.attempts and job.state = 'running'
            ), given_way as (
              delete from job using back where job.id = back.id and (twin_waits or nth > 1)
            )
            update job set state = 'scheduled', run_at = now() + make_interval(secs => back.delay),
                           leased_until = null, lease_owner = null,
                           attempts = attempts - $5::int, last_error = coalesce(back.error, last_error)
            from back where job.id = back.id and not twin_waits and nth = 1
            """, ids(retries.stream().map(Retry::run)), attempts(retries.stream().map(Retry::run)),
            retries.stream().map(retry -> seconds(retry.delay())).toArray(Double[]::new),
            retries.stream().map(retry -> shortened(retry.error())).toArray(String[]::new), attemptsBack));
    }

    /** A twin may be added between the look and the write; then we look again. */
    private void withTwinsWaiting(Runnable write) {
        try {
            write.run();
        } catch (DatabaseException failure) {
            if (!failure.violates("job_unique")) {
                throw failure;
            }
            write.run();
        }
    }

    void dead(List<Dead> dead) {
        if (dead.isEmpty()) {
            return;
        }
        database.execute("""
            with gone as (
              delete from job using unnest($1::bigint[], $2::int[], $3::text[]) as given (id, attempts, error)
              where job.id = given.id and job.attempts = given.attempts and job.state = 'running'
              returning job.id, kind, payload, priority, fair_key, unique_key, job.attempts, given.error, created_at
            )
            insert into dead_job (id, kind, payload, priority, fair_key, unique_key, attempts, error, created_at)
            select * from gone
            """, ids(dead.stream().map(Dead::run)), attempts(dead.stream().map(Dead::run)),
            dead.stream().map(each -> shortened(each.error())).toArray(String[]::new));
    }

    /** PostgreSQL takes no NUL in text, and remote servers write into our errors. */
    private static String shortened(String error) {
        if (error == null) {
            return null;
        }
        String clean = error.replace("\0", "");
        return clean.length() > ERROR_LENGTH ? clean.substring(0, ERROR_LENGTH) : clean;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Long[] ids(Stream<JobRun> runs) {
        return runs.map(JobRun::id).toArray(Long[]::new);
    }

    private static Integer[] attempts(Stream<JobRun> runs) {
        return runs.map(JobRun::attempt).toArray(Integer[]::new);
    }

    private static <T> String[] strings(List<T> list, Function<T, String> part) {
        return list.stream().map(part).toArray(String[]::new);
    }

    private static <T> Integer[] integers(List<T> list, Function<T, Integer> part) {
        return list.stream().map(part).toArray(Integer[]::new);
    }
}
