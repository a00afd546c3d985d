package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.event.EventBus;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;

/** An empty queue for every test, and runners that end with it. */
@ExtendWith(DatabaseExtension.class)
abstract class QueueFixture {
    /** Shorter than the safety poll, so that waking late fails. */
    static final long PATIENCE_SECONDS = 20;

    final Database database;
    final Jobs jobs;
    private final Vertx vertx;
    private final PgConnectOptions options;
    private final List<JobRunner> runners = new ArrayList<>();

    QueueFixture(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        this.vertx = vertx;
        this.options = options;
        this.jobs = Jobs.of(database, bus());
    }

    /** A process of its own as far as events are concerned. */
    EventBus bus() {
        return EventBus.of(database, vertx, options, false);
    }

    @BeforeEach
    void emptyQueue() {
        database.execute("delete from job");
        database.execute("delete from dead_job");
    }

    @AfterEach
    void stopRunners() {
        runners.forEach(runner -> runner.stop(Duration.ZERO));
    }

    JobRunner runner(JobHandler... handlers) {
        return runner(new LocalWorker(), handlers);
    }

    JobRunner runner(LocalWorker local, JobHandler... handlers) {
        JobRunner runner = JobRunner.of(database, bus(), List.of(handlers), local);
        runners.add(runner);
        return runner;
    }

    JobRunner started(JobHandler... handlers) {
        JobRunner runner = runner(handlers);
        runner.start();
        return runner;
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(element, "nothing came");
        return element;
    }

    static void await(BooleanSupplier condition) {
        Eventually.until("what the test waits for", Duration.ofSeconds(PATIENCE_SECONDS), condition);
    }

    /** Not by looking again and again: a thread that looks without end keeps a processor from those it waits for. */
    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "it did not come");
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    long count(String table) {
        return database.first("select count(*) as n from " + table, row -> row.getLong("n")).orElseThrow();
    }
}
