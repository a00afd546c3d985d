package social.dunlin.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

    private static void inTable(Database database) {
        database.execute("create table if not exists sent (number int primary key)");
        database.execute("delete from sent");
    }

    @Test
    void sentStatementsAreOfTheTransactionAndInOrder(Database database) {
        inTable(database);
        assertThrows(IllegalStateException.class, () -> database.transaction(() -> {
            database.send("insert into sent values (1)");
            throw new IllegalStateException("rolled back");
        }));
        assertFalse(database.exists("select from sent"));
        assertEquals(1, database.<Integer>transaction(() -> {
            database.send("insert into sent values (1)");
            database.send("update sent set number = 2");
            return database.execute("update sent set number = 3 where number = 2");
        }));
        assertTrue(database.exists("select from sent where number = 3"));
    }

    @Test
    void sentStatementThatFailsSpoilsItsTransaction(Database database) {
        inTable(database);
        DatabaseException atTheEnd = assertThrows(DatabaseException.class, () -> database.transaction(() -> {
            database.send("insert into sent values (1)");
            database.send("insert into sent values (1)");
        }));
        assertTrue(atTheEnd.isUniqueViolation());
        DatabaseException before = assertThrows(DatabaseException.class, () -> database.transaction(() -> {
            database.send("insert into sent values (1)");
            database.send("insert into sent values (1)");
            database.execute("insert into sent values (2)");
        }));
        assertTrue(before.isUniqueViolation(), "told is the first reason");
        assertFalse(database.exists("select from sent"));
    }

    @Test
    void swallowedFailureIsNoCommit(Database database) {
        inTable(database);
        assertThrows(DatabaseException.class, () -> database.transaction(() -> {
            database.execute("insert into sent values (1)");
            assertThrows(DatabaseException.class, () -> database.execute("insert into sent values (1)"));
        }));
        assertFalse(database.exists("select from sent"));
    }

    @Test
    void whatTheWorkSaysOfAFailureIsWhatIsTold(Database database) {
        inTable(database);
        assertThrows(IllegalStateException.class, () -> database.transaction(() -> {
            database.execute("insert into sent values (1)");
            try {
                database.execute("insert into sent values (1)");
            } catch (DatabaseException taken) {
                throw new IllegalStateException("taken", taken);
            }
        }));
    }
}
