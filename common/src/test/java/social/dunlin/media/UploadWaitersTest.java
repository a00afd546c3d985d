package social.dunlin.media;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.event.Event.UploadProcessed;
import social.dunlin.event.EventBus;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
class UploadWaitersTest {
    /** Would wait for an hour without the event of the other process. */
    @Test
    @Timeout(60)
    void whoWaitsIsWokenByWhatAnotherProcessHasDone(Database database, Vertx vertx, PgConnectOptions options) throws Exception {
        UploadWaiters waiters = new UploadWaiters(EventBus.of(database, vertx, options, false));
        EventBus worker = EventBus.of(database, vertx, options, false);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
             UploadWaiters.Waiter mine = waiters.begin(7); UploadWaiters.Waiter others = waiters.begin(8)) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> await(mine), threads);
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> await(others), threads);
            worker.publish(new UploadProcessed(7));
            first.get();
            assertFalse(second.isDone(), "that was not theirs");
            worker.publish(new UploadProcessed(8));
            second.get();
        }
        try (UploadWaiters.Waiter late = waiters.begin(9)) {
            worker.publish(new UploadProcessed(9));
            // What comes between looking and waiting is not missed.
            await(late);
        }
    }

    private static void await(UploadWaiters.Waiter waiter) {
        try {
            waiter.await(Duration.ofHours(1));
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
