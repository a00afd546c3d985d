package social.dunlin.queue;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;

/** Jobs as rows: adding, counting, dead letters. What workers do with them is in {@link JobLeaseStore}. */
@ApplicationScoped
class JobStore {
    /**
     * The front of a lane (kind, priority, fair key): behind the lane's own last job, but never behind where
     * the queue has got to, so that a newcomer stands next to the front. Relies on job_lane and job_ready.
     */
    static final String LANE_TURN = "lane_turn(lane.kind, lane.priority, lane.fair_key)";

    private final Database database;

    JobStore(Database database) {
        this.database = database;
    }

    /**
     * Adds the jobs; one that repeats a waiting unique key is dropped, but hastens a first run that lies
     * further ahead. A retry keeps its delay. Relies on job_unique.
     */
    void insert(List<Job> jobs) {
        database.send("""
            with incoming as (
              select i.kind, i.payload, i.priority, i.fair_key, i.unique_key, coalesce(i.run_at, now()) as run_at, i.place
              from unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::timestamptz[])
                   with ordinality as i (kind, payload, priority, fair_key, unique_key, run_at, place)
            ), lane as (
              select distinct kind, priority, fair_key from incoming
            ), base as (
              select lane.*, %s as turn from lane
            )
            insert into job (kind, payload, priority, fair_key, unique_key, run_at, state, turn)
            select incoming.kind, payload, incoming.priority, incoming.fair_key, unique_key, run_at,
                   case when run_at <= now() then 'ready' else 'scheduled' end,
                   base.turn + row_number() over (partition by incoming.kind, incoming.priority, incoming.fair_key order by place) - 1
            from incoming
            join base on (base.kind, base.priority, base.fair_key) = (incoming.kind, incoming.priority, incoming.fair_key)
            order by incoming.kind, unique_key, place
            on conflict (kind, unique_key) where unique_key is not null and state <> 'running'
            do update set run_at = excluded.run_at, state = excluded.state, turn = excluded.turn
            where job.state = 'scheduled' and job.attempts = 0 and excluded.run_at < job.run_at
            """.formatted(LANE_TURN),
            strings(jobs, Job::kind), strings(jobs, Job::payload),
            jobs.stream().map(job -> (short) job.priority()).toArray(Short[]::new),
            strings(jobs, Job::fairKey), strings(jobs, Job::uniqueKey),
            jobs.stream().map(job -> time(job.runAt())).toArray(OffsetDateTime[]::new));
    }

    private static String[] strings(List<Job> jobs, Function<Job, String> part) {
        return jobs.stream().map(part).toArray(String[]::new);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** Takes a dead letter out; the caller adds it anew. Priority, key and payload are kept. */
    Optional<Job> takeDead(long id) {
        return database.first("""
            delete from dead_job where id = $1
            returning kind, payload, priority, fair_key, unique_key
            """, JobStore::job, id);
    }

    private static Job job(Row row) {
        return new Job(row.getString("kind"), row.getString("payload"), row.getInteger("priority"),
            row.getString("fair_key"), null, row.getString("unique_key"), null);
    }

    /** Newest first. Relies on dead_job_age. */
    List<DeadJob> dead(int limit) {
        return database.list("""
            select id, kind, payload, attempts, error, died_at from dead_job
            order by died_at desc limit $1
            """, row -> new DeadJob(row.getLong("id"), row.getString("kind"), row.getString("payload"),
                row.getInteger("attempts"), row.getString("error"), Rows.instant(row, "died_at")), limit);
    }

    /** Relies on job_ready and job_scheduled. */
    QueueHealth health() {
        record Waiting(String kind, long jobs, Duration lag) {
        }
        List<Waiting> waiting = database.list("""
            select kind, count(*) as jobs, extract(epoch from now() - min(run_at))::float8 as lag
            from (select kind, run_at from job where state = 'ready'
                  union all
                  select kind, run_at from job where state = 'scheduled' and run_at <= now()) as due
            group by kind
            """, row -> new Waiting(row.getString("kind"), row.getLong("jobs"), seconds(row.getDouble("lag"))));
        long dead = database.first("select count(*) as jobs from dead_job", row -> row.getLong("jobs")).orElse(0L);
        Map<String, Long> byKind = waiting.stream().collect(Collectors.toMap(Waiting::kind, Waiting::jobs));
        Duration lag = waiting.stream().map(Waiting::lag).max(Duration::compareTo).orElse(Duration.ZERO);
        return new QueueHealth(lag, byKind, dead);
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }
}
