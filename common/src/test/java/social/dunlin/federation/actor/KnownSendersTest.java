package social.dunlin.federation.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.signature.KeyLookup;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownSendersTest {
    private Database database;
    private FederationWorld world;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        world.close();
    }

    private Account actor(String name) {
        String uri = world.settle("far", name);
        world.actors.fetch(uri, Budgets.forActivity());
        return world.accounts.byUri(uri).orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "it did not come true");
            Thread.onSpinWait();
        }
    }

    private boolean isSuspended(Account account) {
        return world.senders.standing(account.uri()).orElseThrow().suspended();
    }

    @Test
    void whatIsKnownCostsNoStatement() {
        Account nora = actor("nora");
        String keyId = nora.uri() + "#main-key";
        assertInstanceOf(KeyLookup.Found.class, world.keys.find(keyId));
        assertFalse(isSuspended(nora));
        long before = database.statementCount();
        assertInstanceOf(KeyLookup.Found.class, world.keys.find(keyId));
        assertFalse(isSuspended(nora));
        assertEquals(before, database.statementCount());
    }

    @Test
    void suspendedOneIsKnownAsSuchByTheEvent() {
        Account nick = actor("nick");
        assertFalse(isSuspended(nick));
        database.execute("update account set suspended_at = now() where id = $1", nick.id());
        world.bus.publish(new AccountChanged(nick.id()));
        await(() -> isSuspended(nick));
    }

    @Test
    void keyOfOneWhoIsGoneIsForgotten() {
        Account olaf = actor("olaf");
        String keyId = olaf.uri() + "#main-key";
        assertInstanceOf(KeyLookup.Found.class, world.keys.find(keyId));
        world.removal.remove(olaf.uri());
        world.fediverse.serve(olaf.uri(), "{}");
        await(() -> !(world.keys.storedOnly().find(keyId) instanceof KeyLookup.Found));
        assertTrue(world.senders.standing(olaf.uri()).orElseThrow().deleted());
    }

    @Test
    void strangersAreNotRemembered() {
        String uri = world.settle("far", "newcomer");
        assertTrue(world.senders.standing(uri).isEmpty());
        world.actors.fetch(uri, Budgets.forActivity());
        assertTrue(world.senders.standing(uri).isPresent());
    }
}
