package social.dunlin.queue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import social.dunlin.database.Database;
import social.dunlin.event.EventBus;

/** A worker process that takes jobs and never ends them; made to be killed. */
final class HangingWorker {
    static final String TAKEN = "taken ";
    /** Adds two jobs that it begins with and three for which it has no time, all past the queue. */
    static final String SERVING_ITSELF = "serving-itself";

    private HangingWorker() {
    }

    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), HangingWorker.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** @param arguments address of the database, kind of the jobs, seconds of their lease, {@link #SERVING_ITSELF} */
    public static void main(String[] arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        PgConnectOptions options = PgConnectOptions.fromUri(arguments[0]);
        Database database = new Database(PgBuilder.pool().connectingTo(options).using(vertx).build());
        LocalWorker local = new LocalWorker();
        Duration lease = Duration.ofSeconds(Long.parseLong(arguments[2]));
        boolean servingItself = arguments.length > 3;
        JobHandler handler = servingItself ? new HangingTogether(arguments[1], lease)
            : TestHandler.of(arguments[1], HangingWorker::hang).leasing(lease);
        JobRunner.of(database, EventBus.of(database, vertx, options, false), List.of(handler), local).start();
        if (servingItself) {
            handOver(local, arguments[1], 0, 2);
            handOver(local, arguments[1], 2, 5);
        }
        new CountDownLatch(1).await();
    }

    private static void hang(JobRun run) throws InterruptedException {
        System.out.println(TAKEN + run.payload());
        new CountDownLatch(1).await();
    }

    private static void handOver(LocalWorker local, String kind, int from, int to) {
        List<Job> jobs = IntStream.range(from, to).mapToObj(number -> Job.of(kind, String.valueOf(number))).toList();
        while (!local.take(jobs)) {
            Thread.onSpinWait();
        }
        jobs.forEach(job -> System.out.println(TAKEN + job.payload()));
    }

    /** While it does some together, the others wait. */
    private record HangingTogether(String kind, Duration lease) implements BatchHandler {
        @Override
        public int concurrency() {
            return 10;
        }

        @Override
        public List<List<JobRun>> handleTogether(List<JobRun> runs) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }

        @Override
        public void handle(JobRun run) throws InterruptedException {
            hang(run);
        }
    }
}
