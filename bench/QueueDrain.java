import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import social.dunlin.config.NodeSize;
import social.dunlin.database.Database;
import social.dunlin.database.Migrator;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.PostgresBinaries;
import social.dunlin.event.EventBus;
import social.dunlin.queue.Job;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.JobRunner;
import social.dunlin.queue.Jobs;

/** How fast the queue takes and gives, with durable commits; ratios to the first row of each part. */
public class QueueDrain {
    private static final String KIND = "bench";

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("dunlin-bench");
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.of(data,
                PostgresBinaries.in(Path.of(arguments[1], "postgresql")), EmbeddedPostgresSettings.Transport.UNIX_SOCKET, NodeSize.SMALL))) {
            PgConnectOptions options = PgConnectOptions.fromUri(postgres.connectionUri());
            Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(12)).connectingTo(options).using(vertx).build();
            Database database = new Database(pool);
            new Migrator(database).migrate();
            EventBus events = EventBus.of(database, vertx, options, false);
            Jobs jobs = Jobs.of(database, events);
            enqueue(jobs);
            drain(database, events, jobs);
            pool.close();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static void enqueue(Jobs jobs) {
        System.out.printf("%-34s %12s %10s%n", "queue-drain: enqueue", "jobs/s", "x first");
        enqueue(jobs, 50, 1);
        double single = report("one in a transaction", 500 / enqueue(jobs, 500, 1), 0);
        report("200 in a transaction", 20_000 / enqueue(jobs, 100, 200), single);
    }

    private static double enqueue(Jobs jobs, int transactions, int size) {
        long begin = System.nanoTime();
        for (int number = 0; number < transactions; number++) {
            jobs.enqueueAll(IntStream.range(0, size).mapToObj(each -> Job.of("enqueued-only", "{}")).toList());
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void drain(Database database, EventBus events, Jobs jobs) throws InterruptedException {
        System.out.printf("%-34s %12s %10s%n", "queue-drain: claim, run, delete", "jobs/s", "x first");
        drain(database, events, jobs, 500, 4);
        double first = report("1 at a time", drain(database, events, jobs, 500, 1), 0);
        report("4 at a time", drain(database, events, jobs, 2_000, 4), first);
        report("16 at a time", drain(database, events, jobs, 8_000, 16), first);
        report("64 at a time", drain(database, events, jobs, 16_000, 64), first);
    }

    /** Jobs per second when this many run at a time. */
    private static double drain(Database database, EventBus events, Jobs jobs, int count, int concurrency) throws InterruptedException {
        for (int left = count; left > 0; left -= 200) {
            jobs.enqueueAll(IntStream.range(0, Math.min(200, left)).mapToObj(each -> Job.of(KIND, "{}")).toList());
        }
        CountDownLatch done = new CountDownLatch(count);
        JobRunner runner = JobRunner.of(database, events, List.of(new Counting(concurrency, done)));
        long begin = System.nanoTime();
        runner.start();
        done.await();
        double seconds = (System.nanoTime() - begin) / 1e9;
        runner.stop();
        return count / seconds;
    }

    private static double report(String what, double perSecond, double first) {
        System.out.printf("%-34s %12.0f %10.1f%n", what, perSecond, first == 0 ? 1 : perSecond / first);
        return perSecond;
    }

    private record Counting(int concurrency, CountDownLatch done) implements JobHandler {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public int concurrencyPerKey() {
            return concurrency;
        }

        @Override
        public void handle(JobRun run) {
            done.countDown();
        }
    }
}
