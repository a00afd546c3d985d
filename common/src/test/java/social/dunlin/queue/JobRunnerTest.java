package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import social.dunlin.database.Database;
import social.dunlin.testing.Eventually;

class JobRunnerTest extends QueueFixture {
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    JobRunnerTest(Database database, Vertx vertx, PgConnectOptions options) {
        super(database, vertx, options);
    }

    private TestHandler recording() {
        return TestHandler.of("greet", run -> done.add(run.payload()));
    }

    private static Job greet(int number) {
        return Job.of("greet", String.valueOf(number));
    }

    @Test
    void jobIsRunAndItsRowIsGone() throws InterruptedException {
        jobs.enqueue(greet(1));
        started(recording());
        assertEquals("1", next(done));
        await(() -> count("job") == 0);
    }

    @Test
    void rollbackLeavesNoJob() throws InterruptedException {
        started(recording());
        assertThrows(IllegalStateException.class, () -> database.transaction(() -> {
            jobs.enqueue(greet(1));
            throw new IllegalStateException("changed my mind");
        }));
        jobs.enqueue(greet(2));
        assertEquals("2", next(done));
    }

    @Test
    void notifyWakesAnIdleRunner() throws InterruptedException {
        started(recording());
        for (int number = 0; number < 20; number++) {
            jobs.enqueue(greet(number));
            assertEquals(String.valueOf(number), next(done));
        }
    }

    @Test
    void jobForLaterWakesTheRunnerWhenItIsDue() throws InterruptedException {
        started(recording());
        Instant due = Instant.now().plusSeconds(2);
        jobs.enqueue(greet(1).notBefore(due));
        assertEquals("1", next(done));
        assertFalse(Instant.now().isBefore(due));
    }

    @Test
    void lowerPriorityNumberRunsFirst() throws InterruptedException {
        jobs.enqueueAll(List.of(greet(9).withPriority(9), greet(5).withPriority(5), greet(1).withPriority(1), greet(55).withPriority(5)));
        started(recording().atATime(1, 1));
        assertEquals(List.of("1", "5", "55", "9"), List.of(next(done), next(done), next(done), next(done)));
    }

    @Test
    void hostWithTenThousandJobsDoesNotStarveOthers() throws InterruptedException {
        for (int batch = 0; batch < 100; batch++) {
            jobs.enqueueAll(IntStream.range(0, 100).mapToObj(number -> greet(number).fairBy("busy.example")).toList());
        }
        jobs.enqueueAll(List.of(Job.of("greet", "small").fairBy("small.example"), Job.of("greet", "tiny").fairBy("tiny.example")));
        started(recording());
        List<String> first = firstDone(20);
        assertTrue(first.containsAll(List.of("small", "tiny")), first.toString());
        jobs.enqueueAll(List.of(Job.of("greet", "late").fairBy("late.example")));
        await(() -> done.contains("late"));
        assertTrue(done.size() < 9_000, "the newcomer overtook the backlog");
    }

    @Test
    void newcomerWithManyJobsTakesTurnsInsteadOfOvertaking() {
        jobs.enqueueAll(IntStream.range(0, 100).mapToObj(number -> greet(number).fairBy("early.example")).toList());
        database.execute("delete from job where payload::int < 50");
        jobs.enqueueAll(IntStream.range(0, 50).mapToObj(number -> greet(number).fairBy("late.example")).toList());
        String order = String.join(" ", database.list("select fair_key from job order by turn, id", row -> row.getString("fair_key")));
        assertEquals("early.example late.example ".repeat(50).strip(), order);
    }

    private List<String> firstDone(int number) throws InterruptedException {
        List<String> first = new ArrayList<>();
        while (first.size() < number) {
            first.add(next(done));
        }
        return first;
    }

    @Test
    void slowHostDoesNotHoldEveryPlace() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        TestHandler handler = TestHandler.of("fetch", run -> {
            if (run.fairKey().equals("slow.example")) {
                answer.await();
            }
            done.add(run.payload());
        }).atATime(4, 3);
        started(handler);
        jobs.enqueueAll(IntStream.range(0, 100).mapToObj(number -> Job.of("fetch", "slow").fairBy("slow.example")).toList());
        await(() -> count("job where state = 'running'") == 3);
        jobs.enqueue(Job.of("fetch", "quick").fairBy("quick.example"));
        assertEquals("quick", next(done));
        answer.countDown();
        await(() -> count("job") == 0);
    }

    @Test
    void oneKindDoesNotHoldThePlacesOfAnother() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        started(TestHandler.of("long", run -> end.await()).atATime(2, 2), recording());
        jobs.enqueueAll(IntStream.range(0, 10).mapToObj(number -> Job.of("long", "{}")).toList());
        await(() -> count("job where state = 'running'") == 2);
        jobs.enqueue(greet(1));
        assertEquals("1", next(done));
        end.countDown();
        await(() -> count("job") == 0);
    }

    @Test
    void kindWithoutHandlerIsLeftToOtherProcesses() throws InterruptedException {
        jobs.enqueueAll(List.of(Job.of("foreign", "{}"), greet(1)));
        started(recording());
        assertEquals("1", next(done));
        await(() -> count("job") == 1);
        assertEquals(1, count("job where kind = 'foreign' and state = 'ready' and attempts = 0"));
    }

    @Test
    void everyJobRunsOnceUnderTwoCompetingRunners() {
        List<String> runs = Collections.synchronizedList(new ArrayList<>());
        TestHandler handler = TestHandler.of("greet", run -> runs.add(run.payload())).atATime(16, 16);
        started(handler);
        started(handler);
        IntStream.range(0, 10).forEach(batch ->
            jobs.enqueueAll(IntStream.range(0, 100).mapToObj(number -> greet(batch * 100 + number).fairBy("host" + number % 7)).toList()));
        Eventually.until("all are done", () -> count("job") == 0);
        assertEquals(1_000, runs.size());
        assertEquals(1_000, Stream.of(runs.toArray()).distinct().count());
    }

    @Test
    void failedJobWaitsForItsNextAttemptWithItsError() {
        jobs.enqueue(greet(1));
        started(TestHandler.of("greet", run -> {
            throw new IllegalArgumentException("no greeting for \0 you");
        }));
        await(() -> count("job where state = 'scheduled'") == 1);
        assertEquals(1, count("""
            job where attempts = 1 and last_error = 'IllegalArgumentException: no greeting for  you'
              and run_at > now() and run_at <= now() + interval '20 seconds'
              and leased_until is null and lease_owner is null"""));
    }

    @Test
    void retryAfterIsObeyed() {
        jobs.enqueue(greet(1));
        started(TestHandler.of("greet", run -> {
            throw JobFailure.retryAfter(Duration.ofHours(3), "429");
        }));
        await(() -> count("job where state = 'scheduled' and last_error = '429'") == 1);
        assertEquals(1, count("job where run_at > now() + interval '2 hours 50 minutes'"));
    }

    @Test
    void jobOutOfAttemptsBecomesADeadLetterThatKeepsItsErrorAndCanBeRetried() throws InterruptedException {
        jobs.enqueue(greet(1).withPriority(3).fairBy("a.example").uniqueBy("one"));
        JobRunner failing = started(TestHandler.of("greet", run -> {
            throw new IllegalStateException("attempt " + run.attempt());
        }).retrying(new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(20))));
        await(() -> count("dead_job") == 1);
        failing.stop(Duration.ZERO);
        assertEquals(0, count("job"));
        DeadJob dead = jobs.dead(10).getFirst();
        assertEquals("IllegalStateException: attempt 3", dead.error());
        assertEquals(3, dead.attempts());

        assertTrue(jobs.retryDead(dead.id()));
        assertFalse(jobs.retryDead(dead.id()));
        assertEquals(1, count("job where priority = 3 and fair_key = 'a.example' and unique_key = 'one' and attempts = 0"));
        started(recording());
        assertEquals("1", next(done));
        assertEquals(0, count("dead_job"));
    }

    @Test
    void permanentFailureGoesDeadAtOnce() {
        jobs.enqueue(greet(1));
        started(TestHandler.of("greet", run -> {
            throw JobFailure.permanent("there is no such account");
        }));
        await(() -> count("dead_job") == 1);
        assertEquals("there is no such account", jobs.dead(1).getFirst().error());
        assertEquals(1, jobs.dead(1).getFirst().attempts());
    }

    @Test
    void stackOverflowIsAFailureLikeAnyOther() {
        jobs.enqueue(greet(1));
        started(TestHandler.of("greet", run -> overflow(0)).retrying(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1))));
        await(() -> count("dead_job where error like 'StackOverflowError%'") == 1);
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @Test
    void waitingUniqueKeyIsNotAddedTwice() {
        Job unique = greet(1).uniqueBy("account 7");
        jobs.enqueueAll(List.of(unique, unique, greet(2)));
        jobs.enqueue(unique);
        jobs.enqueue(Job.of("other", "{}").uniqueBy("account 7"));
        assertEquals(1, count("job where unique_key = 'account 7' and kind = 'greet'"));
        assertEquals(3, count("job"));
    }

    @Test
    void soonerUniqueJobHastensTheWaitingOne() throws InterruptedException {
        jobs.enqueue(greet(1).uniqueBy("account 7").notBefore(Instant.now().plusSeconds(3600)));
        started(recording());
        jobs.enqueue(greet(1).uniqueBy("account 7"));
        assertEquals("1", next(done));
        await(() -> count("job") == 0);
    }

    @Test
    void runningJobDoesNotHoldItsUniqueKeyAndItsRetryGivesWayToTheWaitingTwin() {
        CountDownLatch fail = new CountDownLatch(1);
        jobs.enqueue(greet(1).uniqueBy("account 7"));
        JobRunner runner = started(TestHandler.of("greet", run -> {
            fail.await();
            throw new IllegalStateException("too late");
        }).atATime(1, 1));
        await(() -> count("job where state = 'running'") == 1);
        jobs.enqueue(greet(2).uniqueBy("account 7").notBefore(Instant.now().plusSeconds(3600)));
        assertEquals(2, count("job"));
        fail.countDown();
        await(() -> count("job") == 1);
        runner.stop(Duration.ZERO);
        assertEquals(1, count("job where payload = '2' and attempts = 0"));
    }

    @Test
    void stopGivesBackWhatIsNotFinishedWithoutCountingTheAttempt() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        jobs.enqueueAll(IntStream.range(0, 6).mapToObj(JobRunnerTest::greet).toList());
        JobRunner runner = started(TestHandler.of("greet", run -> never.await()));
        await(() -> count("job where state = 'running'") == 4);
        runner.stop(Duration.ofMillis(10));
        assertEquals(6, count("job where state <> 'running' and attempts = 0"));
        started(recording());
        assertEquals(6, Stream.of(next(done), next(done), next(done), next(done), next(done), next(done)).distinct().count());
    }

    @Test
    void stopWaitsForWhatIsRunning() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        jobs.enqueue(greet(1));
        JobRunner runner = started(TestHandler.of("greet", run -> {
            begun.countDown();
            finish.await();
            done.add("finished");
        }));
        await(() -> begun.getCount() == 0);
        Thread stopping = Thread.ofVirtual().start(() -> runner.stop(Duration.ofSeconds(PATIENCE_SECONDS)));
        finish.countDown();
        await(() -> !stopping.isAlive());
        assertEquals("finished", done.poll());
        assertEquals(0, count("job"));
    }

    @Test
    void healthNamesLagAndWaitingAndDead() {
        assertEquals(new QueueHealth(Duration.ZERO, java.util.Map.of(), 0), jobs.health());
        jobs.enqueueAll(List.of(greet(1), greet(2).notBefore(Instant.now().minusSeconds(90)), greet(3).notBefore(Instant.now().plusSeconds(90))));
        QueueHealth health = jobs.health();
        assertEquals(2L, health.waiting().get("greet"));
        assertNull(health.waiting().get("other"));
        assertTrue(health.lag().compareTo(Duration.ofSeconds(89)) > 0, health.toString());
    }
}
