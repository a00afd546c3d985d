package social.dunlin.queue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import social.dunlin.database.Database;
import social.dunlin.event.EventBus;

/** A worker process that takes jobs and never ends them; made to be killed. */
final class HangingWorker {
    static final String TAKEN = "taken ";

    private HangingWorker() {
    }

    /** @param arguments address of the database, kind of the jobs, seconds of their lease */
    public static void main(String[] arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        PgConnectOptions options = PgConnectOptions.fromUri(arguments[0]);
        Database database = new Database(PgBuilder.pool().connectingTo(options).using(vertx).build());
        CountDownLatch never = new CountDownLatch(1);
        JobRunner.of(database, EventBus.of(database, vertx, options, false), List.of(
            TestHandler.of(arguments[1], run -> {
                System.out.println(TAKEN + run.payload());
                never.await();
            }).leasing(Duration.ofSeconds(Long.parseLong(arguments[2]))))).start();
        never.await();
    }
}
