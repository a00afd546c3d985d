package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import social.dunlin.database.Database;
import social.dunlin.event.Event.JobsWaiting;

class HousekeepingTest extends QueueFixture {
    private final List<Housekeeping> processes = new ArrayList<>();

    HousekeepingTest(Database database, Vertx vertx, PgConnectOptions options) {
        super(database, vertx, options);
    }

    @BeforeEach
    void forgetTasks() {
        database.execute("delete from periodic_task");
    }

    @AfterEach
    void stop() {
        processes.forEach(process -> process.stop(Duration.ZERO));
    }

    private record Task(String name, Duration interval, TestHandler.Body body) implements PeriodicTask {
        @Override
        public void run() throws Exception {
            body.handle(null);
        }
    }

    private Housekeeping process(PeriodicTask... tasks) {
        Housekeeping housekeeping = Housekeeping.of(database, bus(), List.of(tasks));
        processes.add(housekeeping);
        housekeeping.start();
        return housekeeping;
    }

    @Test
    void taskThatHasBecomeMoreFrequentDoesNotWaitForItsOldTime() {
        database.execute("insert into periodic_task (name, next_run_at) values ('sweep', now() + interval '1 day'), ('marker', now() + interval '1 day')");
        AtomicInteger runs = new AtomicInteger();
        process(new Task("sweep", Duration.ZERO, nothing -> runs.incrementAndGet()), new Task("marker", Duration.ofDays(2), nothing -> { }));
        await(() -> runs.get() > 0);
        assertEquals(1, count("periodic_task where name = 'marker' and finished_at is null and next_run_at > now() + interval '23 hours'"));
    }

    @Test
    void dueTaskRunsInOneOfTwoProcesses() {
        AtomicInteger runs = new AtomicInteger();
        Task task = new Task("sweep", Duration.ofHours(1), nothing -> runs.incrementAndGet());
        Task marker = new Task("marker", Duration.ofHours(1), nothing -> { });
        process(task);
        process(task, marker);
        await(() -> count("periodic_task where finished_at is not null and leased_until is null") == 2);
        assertEquals(1, runs.get());
        assertEquals(2, count("periodic_task where next_run_at > now() + interval '59 minutes'"));
    }

    /** So that a node at rest is woken once for all of them. */
    @Test
    void whatWillBeDueSoonIsDoneAlongAndTheRestIsLeft() {
        database.execute("""
            insert into periodic_task (name, next_run_at) values ('sweep', now()),
              ('marker', now() + interval '2 minutes'), ('trim', now() + interval '3 minutes'), ('count', now() + interval '2 minutes')""");
        List<String> ran = new CopyOnWriteArrayList<>();
        process(new Task("sweep", Duration.ofMinutes(5), nothing -> ran.add("sweep")), new Task("marker", Duration.ofMinutes(5), nothing -> ran.add("marker")),
            new Task("trim", Duration.ofHours(1), nothing -> ran.add("trim")), new Task("count", Duration.ofMinutes(3), nothing -> ran.add("count")));
        await(() -> count("periodic_task where finished_at is not null and leased_until is null") == 2);
        assertEquals(Set.of("sweep", "marker"), Set.copyOf(ran));
        assertEquals(2, count("periodic_task where finished_at is null"));
    }

    @Test
    void taskComesAgainAfterItsInterval() {
        AtomicInteger runs = new AtomicInteger();
        process(new Task("sweep", Duration.ofSeconds(1), nothing -> runs.incrementAndGet()));
        await(() -> runs.get() >= 2);
    }

    @Test
    void failureIsKeptAndTheNextTurnComes() {
        AtomicInteger runs = new AtomicInteger();
        process(new Task("sweep", Duration.ofSeconds(1), nothing -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("broom broken");
            }
            await(() -> count("periodic_task where last_error = 'IllegalStateException: broom broken'") == 1);
        }));
        await(() -> runs.get() >= 2 && count("periodic_task where last_error is null") == 1);
    }

    /** {@link LeaseHolders} says so of what it has freed. */
    @Test
    void taskThatIsFreeBeforeItsTimeIsTakenAtOnce() {
        database.execute("insert into periodic_task (name, leased_until, lease_owner) values ('sweep', now() + interval '9 minutes', 'killed')");
        AtomicInteger runs = new AtomicInteger();
        process(new Task("sweep", Duration.ofHours(1), nothing -> runs.incrementAndGet()));
        database.execute("update periodic_task set leased_until = now()");
        bus().publish(new JobsWaiting(Housekeeping.KIND, 1));
        await(() -> runs.get() == 1);
    }

    @Test
    void stoppedProcessHandsItsTaskOn() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Housekeeping first = process(new Task("sweep", Duration.ofHours(1), nothing -> {
            begun.countDown();
            never.await();
        }));
        await(() -> begun.getCount() == 0);
        Thread.ofVirtual().start(() -> first.stop(Duration.ZERO));
        AtomicInteger runs = new AtomicInteger();
        await(() -> count("periodic_task where leased_until is null") == 1);
        process(new Task("sweep", Duration.ofHours(1), nothing -> runs.incrementAndGet()));
        await(() -> runs.get() == 1);
    }

    @Test
    void whatHasOutlivedItsUseIsDeletedAndTheRestIsKept() {
        database.execute("""
            insert into dead_job (id, kind, payload, priority, fair_key, attempts, error, created_at, died_at) values
              (1, 'a', '{}', 5, '', 1, 'old', now(), now() - interval '31 days'),
              (2, 'a', '{}', 5, '', 1, 'young', now(), now() - interval '29 days')""");
        database.execute("""
            insert into dead_delivery (id, account_id, activity_uri, inbox_url, host, attempts, error, died_at) values
              (1, 1, 'u', 'i', 'h', 16, 'old', now() - interval '31 days'), (2, 1, 'u', 'i', 'h', 16, 'young', now())""");
        database.execute("""
            insert into seen_activity (uri, received_at)
            select 'old ' || n, now() - interval '31 days' from generate_series(1, 6000) as n union all select 'young', now()""");
        database.execute("""
            insert into fetch_failure (uri, retry_after) values ('old', now() - interval '8 days'), ('young', now())""");
        new ExpiredRows(database).run();
        assertEquals(1, count("dead_job where error = 'young'"));
        assertEquals(1, count("dead_delivery where error = 'young'"));
        assertEquals(1, count("seen_activity where uri = 'young'"));
        assertEquals(1, count("fetch_failure where uri = 'young'"));
        List.of("dead_job", "dead_delivery", "seen_activity", "fetch_failure").forEach(table -> assertEquals(1, count(table), table));
    }

    @Test
    void attachmentsNobodyTookAndTokensLongRevokedAreDeleted() {
        database.execute("insert into account (id, username, host, uri) values (1, 'a', 'far.example', 'https://far.example/a')");
        database.execute("""
            insert into media_attachment (id, account_id, created_at, blob, description) values
              (1, 1, now() - interval '2 days', null, 'old'), (2, 1, now(), null, 'young'), (3, 1, now() - interval '2 days', 'file', 'with a file')""");
        database.execute("insert into oauth_application (client_id, client_secret_hash, name, redirect_uris, scopes) values ('c', '', 'c', '{}', '{}')");
        database.execute("""
            insert into oauth_token (token_hash, application_id, scopes, revoked_at)
            select hash::bytea, id, '{}', at from oauth_application, (values ('a', now() - interval '31 days'), ('b', now()), ('c', null)) as t (hash, at)""");
        new ExpiredRows(database).run();
        assertEquals(List.of("with a file", "young"), database.list("select description from media_attachment order by 1", row -> row.getString("description")));
        assertEquals(2, count("oauth_token"));
    }

    @Test
    void deletedPostsOfOthersAreForgottenAndOurOwnAreNot() {
        database.execute("""
            insert into tombstone (uri, local, deleted_at) values
              ('https://village.example/users/alice/statuses/1', true, now() - interval '2 years'),
              ('https://far.example/notes/1', false, now() - interval '2 years'), ('https://far.example/notes/2', false, now())""");
        new ExpiredRows(database).run();
        assertEquals(List.of("https://far.example/notes/2", "https://village.example/users/alice/statuses/1"),
            database.list("select uri from tombstone order by uri", row -> row.getString("uri")));
    }
}
