package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import social.dunlin.database.Database;

class BatchHandlerTest extends QueueFixture {
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> alone = Collections.synchronizedList(new ArrayList<>());

    BatchHandlerTest(Database database, Vertx vertx, PgConnectOptions options) {
        super(database, vertx, options);
    }

    private final class Greeter implements BatchHandler {
        private final Function<List<JobRun>, List<List<JobRun>>> together;

        Greeter(Function<List<JobRun>, List<List<JobRun>>> together) {
            this.together = together;
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
        public RetryPolicy retryPolicy() {
            return new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(10));
        }

        @Override
        public List<List<JobRun>> handleTogether(List<JobRun> runs) {
            batches.add(runs.stream().map(JobRun::payload).toList());
            return together.apply(runs);
        }

        @Override
        public void handle(JobRun run) {
            alone.add(run.payload());
            if (run.attempt() == 1 && run.payload().equals("fails once")) {
                throw new IllegalStateException("once");
            }
        }
    }

    private void greet(String... payloads) {
        jobs.enqueueAll(List.of(payloads).stream().map(payload -> Job.of("greet", payload)).toList());
    }

    private void allDone() {
        await(() -> count("job") == 0);
        assertEquals(0, count("dead_job"));
    }

    @Test
    void jobsThatWaitAreDoneTogether() {
        greet(IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new));
        started(new Greeter(runs -> List.of()));
        allDone();
        assertEquals(List.of(IntStream.range(0, 50).mapToObj(Integer::toString).toList()), batches);
        assertEquals(List.of(), alone);
    }

    @Test
    void loneJobIsABatchOfOne() {
        greet("only");
        started(new Greeter(runs -> List.of()));
        allDone();
        assertEquals(List.of(List.of("only")), batches);
        assertEquals(List.of(), alone);
    }

    @Test
    void whatIsLeftIsHandledByItselfAndOneListInTurn() {
        greet("a", "done", "b", "c");
        started(new Greeter(runs -> List.of(List.of(runs.get(0), runs.get(2), runs.get(3)))));
        allDone();
        assertEquals(List.of("a", "b", "c"), alone);
    }

    @Test
    void batchThatFailsIsHandledOneByOne() {
        greet("a", "b", "c");
        started(new Greeter(runs -> {
            throw new StackOverflowError("together is too much");
        }));
        allDone();
        assertEquals(List.of("a", "b", "c"), alone.stream().sorted().toList());
    }

    /** Should it have killed its worker, it must not take others with it again. */
    @Test
    void jobThatWasTriedBeforeGoesByItself() {
        greet("fails once", "also left");
        started(new Greeter(runs -> runs.stream().map(List::of).toList()));
        allDone();
        assertEquals(1, batches.size());
        assertEquals(2, alone.stream().filter("fails once"::equals).count());
    }

    @Test
    void longPayloadsAreNotTakenByTheHundred() {
        String text = "x".repeat(1_500_000);
        greet(IntStream.range(0, 6).mapToObj(number -> number + text).toArray(String[]::new));
        started(new Greeter(runs -> List.of()));
        allDone();
        assertTrue(batches.stream().allMatch(batch -> batch.size() <= 2), "at most four megabytes");
    }
}
