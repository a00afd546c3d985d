package social.dunlin.database;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
class DatabaseTest {
    @Test
    void connectionNobodyWaitsForAnyMoreGoesBackToThePool(Vertx vertx, PgConnectOptions options) throws Exception {
        Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(1)).connectingTo(options).using(vertx).build();
        Database database = new Database(pool);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual().start(() -> database.transaction(() -> {
            held.countDown();
            try {
                enough.await();
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
            }
        }));
        held.await();
        CompletableFuture<Void> refused = new CompletableFuture<>();
        Thread impatient = Thread.ofPlatform().start(() -> {
            assertThrows(DatabaseException.class, () -> database.transaction(() -> { }));
            refused.complete(null);
        });
        impatient.interrupt();
        refused.get(20, TimeUnit.SECONDS);
        enough.countDown();
        holder.join();
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> next.complete(database.transaction(() -> database.exists("select 1"))));
        assertTrue(next.get(20, TimeUnit.SECONDS));
        pool.close();
    }
}
