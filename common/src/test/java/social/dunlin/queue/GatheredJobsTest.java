package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import social.dunlin.database.Database;

class GatheredJobsTest extends QueueFixture {
    private final GatheredJobs gathered = GatheredJobs.of(jobs);

    GatheredJobsTest(Database database, Vertx vertx, PgConnectOptions options) {
        super(database, vertx, options);
    }

    private void enqueue(String payload) {
        try (GatheredJobs.Announcement announcement = gathered.announce()) {
            announcement.enqueue(Job.of("greet", payload));
        }
    }

    @Test
    void jobIsThereWhenItsCallerGoesOn() {
        enqueue("one");
        assertEquals(1, count("job where payload = 'one'"));
    }

    @Test
    void everyCallersJobIsThereOnceAndManyShareAStatement() throws Exception {
        int callers = 300;
        // Held, so that the first to write waits and all others come meanwhile.
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch come = new CountDownLatch(callers);
        CountDownLatch enough = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        long before = database.statementCount();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> holder = threads.submit(() -> database.transaction(() -> {
                database.execute("lock table job in exclusive mode");
                locked.countDown();
                await(enough);
            }));
            await(locked);
            IntStream.range(0, callers).forEach(number -> all.add(threads.submit(() -> {
                come.countDown();
                enqueue("job " + number);
                assertEquals(1, count("job where payload = 'job " + number + "'"));
            })));
            await(come);
            await(() -> {
                looks.incrementAndGet();
                return database.exists("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            });
            enough.countDown();
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
            holder.get(60, TimeUnit.SECONDS);
        }
        assertEquals(callers, count("job"));
        assertEquals(callers, count("(select distinct payload from job) as different"));
        assertTrue(statementsWithoutLooks(before) - looks.get() < 2 * callers, "statements");
    }

    /** Looks for jobs are counted too, one a caller. */
    private long statementsWithoutLooks(long before) {
        return database.statementCount() - before - database.first("select count(*) as n from job", row -> row.getLong("n")).orElseThrow();
    }

    /** PostgreSQL takes no NUL. */
    @Test
    void jobThatCannotBeWrittenDoesNotKeepOutTheOthers() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20).forEach(number -> all.add(threads.submit(() -> enqueue(number == 7 ? "bad \0" : "good " + number))));
            for (int number = 0; number < 20; number++) {
                Future<?> each = all.get(number);
                if (number == 7) {
                    assertThrows(ExecutionException.class, () -> each.get(60, TimeUnit.SECONDS));
                } else {
                    each.get(60, TimeUnit.SECONDS);
                }
            }
        }
        assertEquals(19, count("job"));
    }

    @Test
    void announcementThatComesToNothingHoldsNobodyUp() {
        try (GatheredJobs.Announcement never = gathered.announce()) {
            enqueue("waits a moment");
        }
        enqueue("waits for nothing");
        assertEquals(2, count("job"));
    }
}
