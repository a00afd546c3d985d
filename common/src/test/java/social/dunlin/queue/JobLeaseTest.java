package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;
import social.dunlin.queue.JobLeaseStore.Room;
import social.dunlin.testing.TestPostgres;

class JobLeaseTest extends QueueFixture {
    private final BlockingQueue<JobRun> done = new LinkedBlockingQueue<>();

    JobLeaseTest(Database database, Vertx vertx, PgConnectOptions options) {
        super(database, vertx, options);
    }

    @Test
    void jobsOfAKilledWorkerProcessAreTakenOverLongBeforeTheirLeaseEnds() throws IOException, InterruptedException {
        killWorker(3600);
        takeOver();
    }

    /** As behind a pooler. */
    @Test
    void jobsOfAKilledWorkerProcessThatHeldNoLockAreTakenOverWhenTheirLeaseEnds() throws IOException, InterruptedException {
        killWorker(2);
        database.execute("delete from lease_holder");
        takeOver();
    }

    private void killWorker(int leaseSeconds) throws IOException, InterruptedException {
        jobs.enqueueAll(IntStream.range(0, 3).mapToObj(number -> Job.of("greet", String.valueOf(number))).toList());
        Process worker = hangingWorker(leaseSeconds);
        try (BufferedReader lines = worker.inputReader()) {
            int taken = 0;
            while (taken < 3) {
                String line = lines.readLine();
                assertTrue(line != null, "the worker ended");
                taken += line.startsWith(HangingWorker.TAKEN) ? 1 : 0;
            }
            await(() -> count("lease_holder join job on lease_owner = name") == 3);
        } finally {
            worker.destroyForcibly().waitFor();
        }
        assertEquals(3, count("job where state = 'running' and attempts = 1"));
    }

    private void takeOver() throws InterruptedException {
        started(TestHandler.of("greet", done::add));
        List<JobRun> runs = List.of(next(done), next(done), next(done));
        assertEquals(List.of("0", "1", "2"), runs.stream().map(JobRun::payload).sorted().toList());
        assertTrue(runs.stream().allMatch(run -> run.attempt() == 2), "the lost attempt counts");
        await(() -> count("job") == 0);
    }

    private Process hangingWorker(int leaseSeconds) throws IOException {
        String name = database.first("select current_database() as name", row -> row.getString("name")).orElseThrow();
        return HangingWorker.start(TestPostgres.start().uriOf(name), "greet", String.valueOf(leaseSeconds));
    }

    @Test
    void jobThatKillsItsWorkerEveryTimeEndsAsADeadLetter() {
        jobs.enqueue(Job.of("greet", "{}"));
        database.execute("update job set state = 'running', attempts = 3, leased_until = now() - interval '1 second', lease_owner = 'killed'");
        started(TestHandler.of("greet", done::add));
        await(() -> count("dead_job where error like 'The worker was lost%'") == 1);
        assertTrue(done.isEmpty());
    }

    @Test
    void leaseIsRenewedWhileTheHandlerRuns() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        TestHandler handler = TestHandler.of("greet", run -> {
            runs.incrementAndGet();
            var first = leasedUntil();
            await(() -> leasedUntil().isAfter(first.plusSeconds(6)));
            done.add(run);
        }).leasing(Duration.ofSeconds(5));
        started(handler);
        started(handler);
        jobs.enqueue(Job.of("greet", "{}"));
        next(done);
        await(() -> count("job") == 0);
        assertEquals(1, runs.get());
    }

    private java.time.Instant leasedUntil() {
        return database.first("select leased_until from job", row -> Rows.instant(row, "leased_until")).orElseThrow();
    }

    @Test
    void workerThatLostItsLeaseDoesNotTouchTheNextOnesRun() {
        JobLeaseStore store = new JobLeaseStore(database);
        jobs.enqueue(Job.of("greet", "{}"));
        List<Room> room = List.of(new Room("greet", 1, 1, 1, Duration.ofMinutes(1), 1_000_000));
        JobRun slow = store.claim(room, List.of(), "slow").runs().getFirst();
        database.execute("update job set leased_until = now() - interval '1 second'");
        store.promote(List.of("greet"), kind -> 5);
        JobRun next = store.claim(room, List.of(), "next").runs().getFirst();
        assertEquals(slow.id(), next.id());

        store.retry(List.of(new JobLeaseStore.Retry(slow, Duration.ofHours(1), "too late")));
        store.dead(List.of(new JobLeaseStore.Dead(slow, "too late")));
        store.renew(List.of(slow), kind -> Duration.ofHours(9), "slow");
        assertEquals(1, count("job where state = 'running' and attempts = 2 and lease_owner = 'next' and leased_until < now() + interval '2 minutes'"));
        assertEquals(0, count("dead_job"));
    }

    @Test
    void claimReadsOnlyTheFrontOfALongQueue() {
        jobs.enqueueAll(IntStream.range(0, 10_000).mapToObj(number -> Job.of("greet", "{}").fairBy("busy.example")).toList());
        jobs.enqueueAll(IntStream.range(0, 200).mapToObj(number -> Job.of("greet", "{}").fairBy("host" + number)).toList());
        database.execute("analyze job");
        database.transaction(this::claimReadingTheFrontAlone);
    }

    /** The plan of a statement that is asked often is kept, whatever comes to lie in the queue; nothing has looked at its size since. */
    @Test
    void claimWhosePlanWasMadeOnAnEmptyQueueReadsOnlyTheFrontOfALongOne() {
        database.execute("vacuum analyze job");
        database.transaction(() -> {
            IntStream.range(0, 10).forEach(time -> assertTrue(new JobLeaseStore(database).claim(ROOM, List.of(), "me").runs().isEmpty()));
            addHundredThousand();
            claimReadingTheFrontAlone();
            database.execute("analyze job");
            claimReadingTheFrontAlone();
        });
    }

    /** The same the other way round. */
    @Test
    void claimWhosePlanWasMadeOnALongQueueReadsOnlyTheFront() {
        database.transaction(() -> {
            addHundredThousand();
            IntStream.range(0, 10).forEach(time -> claimReadingTheFrontAlone());
        });
    }

    private void addHundredThousand() {
        database.execute("""
            insert into job (kind, payload, priority, fair_key, state, turn)
            select 'greet', '{}', 5, 'host' || number % 3000, 'ready', number / 3000 from generate_series(1, 100000) as number""");
    }

    private static final List<Room> ROOM = List.of(new Room("greet", 4, 3, 12, Duration.ofMinutes(1), 1_000_000));

    /** As PostgreSQL counts what the running transaction reads. */
    private void claimReadingTheFrontAlone() {
        Read before = read();
        assertEquals(4, new JobLeaseStore(database).claim(ROOM, List.of(), "me").runs().size());
        Read after = read();
        assertEquals(before.wholeTable, after.wholeTable, "never from end to end");
        assertTrue(after.byIndex > before.byIndex && after.byIndex - before.byIndex <= 50, "no step sees more than the front: " + before + ", " + after);
    }

    private record Read(long wholeTable, long byIndex) {
    }

    private Read read() {
        return database.first("select seq_scan, idx_tup_fetch from pg_stat_xact_user_tables where relname = 'job'",
            row -> new Read(row.getLong("seq_scan"), row.getLong("idx_tup_fetch"))).orElseThrow();
    }
}
