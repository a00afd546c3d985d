package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import social.dunlin.database.Database;
import social.dunlin.database.DatabaseException;
import social.dunlin.database.Rows;
import social.dunlin.testing.TestPostgres;

/** Jobs that a process adds for its own worker, past the queue. */
class HandedOverTest extends QueueFixture {
    private static final String READY = "job where state = 'ready' and attempts = 0";
    private static final String LEASED = "job where state = 'running' and attempts = 1 and lease_owner is not null and leased_until > now()";

    private final LocalWorker local = new LocalWorker();
    private final GatheredJobs gathered = new GatheredJobs(jobs, local);
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);

    HandedOverTest(Database database, Vertx vertx, PgConnectOptions options) {
        super(database, vertx, options);
    }

    private static Job greet(String payload) {
        return Job.of("greet", payload);
    }

    private static List<Job> greetings(int number, String fairKey) {
        return IntStream.range(0, number).mapToObj(each -> greet(fairKey + each).fairBy(fairKey)).toList();
    }

    private void enqueue(Job job) {
        try (GatheredJobs.Announcement announcement = gathered.announce()) {
            announcement.enqueue(job);
        }
    }

    /** What it begins does not end before {@link #end}. */
    private TestHandler hanging() {
        return TestHandler.of("greet", run -> {
            begun.add(run.payload());
            if (!run.payload().equals("first")) {
                end.await();
            }
        });
    }

    /** A worker that has found the queue empty. */
    private JobRunner working(JobHandler handler) {
        JobRunner runner = runner(local, handler);
        runner.start();
        await(() -> local.take(List.of(greet("first"))));
        await(() -> count("job") == 0);
        return runner;
    }

    private void allDone(String... payloads) {
        end.countDown();
        await(() -> count("job") == 0);
        List<String> expected = new ArrayList<>(List.of(payloads));
        expected.add("first");
        assertEquals(expected.stream().sorted().toList(), begun.stream().sorted().toList());
    }

    @Test
    void jobOfOnesOwnIsBeingWorkedAtWhenItsCallerGoesOn() {
        working(hanging());
        enqueue(greet("a"));
        assertEquals(1, count(LEASED));
        allDone("a");
    }

    @Test
    void whatWasReadAlreadyIsHandedOverToo() {
        List<Object> read = Collections.synchronizedList(new ArrayList<>());
        working(TestHandler.of("greet", run -> read.add(run.payload() + " " + run.read())));
        enqueue(greet("a").alreadyRead("an object"));
        await(() -> count("job") == 0);
        assertEquals(List.of("first null", "a an object"), read);
    }

    @Test
    void processWithoutWorkerAddsToTheQueue() {
        enqueue(greet("a"));
        assertEquals(1, count(READY));
    }

    @Test
    void workerThatStoppedIsHandedNothing() {
        working(hanging()).stop(Duration.ZERO);
        enqueue(greet("a"));
        assertEquals(1, count(READY));
    }

    @Test
    void kindThatTheWorkerDoesNotKnowGoesIntoTheQueue() {
        working(hanging());
        enqueue(Job.of("foreign", "{}"));
        assertEquals(1, count(READY));
        assertFalse(local.take(List.of(greet("a"), Job.of("foreign", "{}"))));
    }

    @Test
    void whatIsForLaterOrUniqueGoesIntoTheQueue() {
        working(hanging());
        assertFalse(local.take(List.of(greet("a").uniqueBy("a"))));
        assertFalse(local.take(List.of(greet("a").notBefore(Instant.now().plusSeconds(60)))));
        assertEquals(0, count("job"));
    }

    @Test
    void onlySoManyAsThereArePlacesForAreHandedOver() {
        working(hanging().atATime(2, 2));
        bothAreTaken("a", "b");
        enqueue(greet("c"));
        assertEquals(2, count(LEASED));
        assertEquals(1, count(READY));
        allDone("a", "b", "c");
    }

    @Test
    void loudHostTakesItsPlacesAloneAndNobodyIsOvertaken() {
        working(hanging().atATime(8, 3));
        greetings(3, "loud").forEach(this::enqueue);
        assertEquals(3, count(LEASED));
        assertFalse(local.take(greetings(1, "loud")));
        enqueue(greet("loud3").fairBy("loud"));
        assertEquals(1, count(READY));
        await(() -> !local.take(greetings(1, "other")));
        enqueue(greet("quiet").fairBy("quiet"));
        await(() -> begun.contains("quiet"));
        assertEquals(1, count(READY), "the loud host has its three");
        end.countDown();
        await(() -> count("job") == 0);
        assertTrue(begun.contains("loud3"));
    }

    @Test
    void soManyOctetsAtATimeAreHandedOver() {
        working(hanging());
        assertTrue(local.take(List.of(greet("a".repeat(3 << 20)))));
        assertFalse(local.take(List.of(greet("b".repeat(3 << 20)))));
    }

    @Test
    void placesOfWhatCouldNotBeWrittenAreFreeAgain() {
        working(hanging().atATime(2, 2));
        assertThrows(DatabaseException.class, () -> bothAreTaken("no \0", "no"));
        bothAreTaken("a", "b");
        allDone("a", "b");
    }

    /** The place of what ended just now is free when the loop has come round. */
    private void bothAreTaken(String one, String other) {
        await(() -> local.take(List.of(greet(one), greet(other))));
    }

    @Test
    void queueThatWasWorkedOffIsPassedAgain() {
        working(hanging().atATime(2, 2));
        List.of("a", "b", "c").forEach(payload -> enqueue(greet(payload)));
        allDone("a", "b", "c");
        await(() -> local.take(List.of(greet("d"))));
        await(() -> count("job") == 0);
        assertTrue(begun.contains("d"));
    }

    /** Two are done together for as long as the test likes; what comes meanwhile is committed and has not begun. */
    private final class Together implements BatchHandler {
        private final Duration lease;

        private Together(Duration lease) {
            this.lease = lease;
        }

        @Override
        public String kind() {
            return "greet";
        }

        @Override
        public int concurrency() {
            return 100;
        }

        @Override
        public Duration lease() {
            return lease;
        }

        @Override
        public List<List<JobRun>> handleTogether(List<JobRun> runs) {
            if (runs.size() == 1) {
                return List.of(runs);
            }
            runs.forEach(run -> begun.add(run.payload()));
            try {
                end.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return List.of();
        }

        @Override
        public void handle(JobRun run) {
            begun.add(run.payload());
        }
    }

    private JobRunner workingTogether(Duration lease) {
        JobRunner runner = working(new Together(lease));
        assertTrue(local.take(List.of(greet("a"), greet("b"))));
        await(() -> begun.containsAll(List.of("a", "b")));
        assertTrue(local.take(List.of(greet("c"), greet("d"))));
        assertEquals(4, count(LEASED));
        return runner;
    }

    @Test
    void whatComesWhileManyAreDoneIsTheNextBatch() {
        workingTogether(Duration.ofMinutes(1));
        assertFalse(begun.contains("c"));
        allDone("a", "b", "c", "d");
    }

    @Test
    void leaseOfWhatHasNotBegunIsRenewed() {
        workingTogether(Duration.ofSeconds(5));
        Instant first = leasedUntil();
        await(() -> leasedUntil().isAfter(first.plusSeconds(3)));
        allDone("a", "b", "c", "d");
    }

    private Instant leasedUntil() {
        return database.first("select leased_until from job where payload = 'd'", row -> Rows.instant(row, "leased_until")).orElseThrow();
    }

    @Test
    void stopGivesBackWhatHasNotBegunWithoutCountingTheAttempt() {
        workingTogether(Duration.ofMinutes(1)).stop(Duration.ZERO);
        assertEquals(4, count("job where state <> 'running' and attempts = 0"));
        begun.clear();
        end.countDown();
        started(new Together(Duration.ofMinutes(1)));
        await(() -> count("job") == 0);
        assertEquals(List.of("a", "b", "c", "d"), begun.stream().sorted().toList());
    }

    @Test
    void whatIsWrittenWhileTheWorkerStopsIsGivenBack() throws InterruptedException {
        JobRunner runner = working(hanging());
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual().start(() -> database.transaction(() -> {
            database.execute("lock table job in exclusive mode");
            locked.countDown();
            await(stopped);
        }));
        await(locked);
        Thread writer = Thread.ofVirtual().start(() -> enqueue(greet("a")));
        await(() -> database.exists("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%running%'"));
        runner.stop(Duration.ZERO);
        stopped.countDown();
        holder.join();
        writer.join();
        assertEquals(1, count("job where state <> 'running' and attempts = 0 and payload = 'a'"));
        started(TestHandler.of("greet", run -> begun.add(run.payload())));
        await(() -> count("job") == 0);
        assertEquals(List.of("first", "a"), begun);
    }

    @Test
    void whatAKilledProcessHadHandedOverIsTakenUpByTheNext() throws IOException, InterruptedException {
        killSelfServing();
        assertEquals(5, count("job where state = 'running' and attempts = 1"));
        List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
        started(TestHandler.of("greet", run -> {
            begun.add(run.payload());
            attempts.add(run.attempt());
        }));
        await(() -> count("job") == 0);
        assertEquals(List.of("0", "1", "2", "3", "4"), begun.stream().sorted().toList());
        assertEquals(List.of(2, 2, 2, 2, 2), attempts, "the lost attempt counts");
    }

    /** Killed with two jobs under way and three that were committed and had not begun. */
    private void killSelfServing() throws IOException, InterruptedException {
        String name = database.first("select current_database() as name", row -> row.getString("name")).orElseThrow();
        Process worker = HangingWorker.start(TestPostgres.start().uriOf(name), "greet", "3600", HangingWorker.SERVING_ITSELF);
        try (BufferedReader lines = worker.inputReader()) {
            for (int taken = 0; taken < 5;) {
                String line = lines.readLine();
                assertTrue(line != null, "the worker ended");
                taken += line.startsWith(HangingWorker.TAKEN) ? 1 : 0;
            }
            await(() -> count("lease_holder join job on lease_owner = name") == 5);
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }
}
