package social.dunlin.federation.actor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
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
import social.dunlin.testing.Eventually;

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

    private boolean isSuspended(Account account) {
        return world.senders.standing(account.uri()).orElseThrow().suspended();
    }

    @Test
    void whatIsKnownCostsNoStatement() {
        Account nora = actor("nora");
        // The news that she was taken in may come late, and then both are read once more.
        Eventually.until("she costs no statement", () -> costOf(nora) == 0);
    }

    private long costOf(Account sender) {
        long before = database.statementCount();
        assertInstanceOf(KeyLookup.Found.class, world.keys.find(sender.uri() + "#main-key"));
        assertFalse(isSuspended(sender));
        return database.statementCount() - before;
    }

    @Test
    void suspendedOneIsKnownAsSuchByTheEvent() {
        Account nick = actor("nick");
        assertFalse(isSuspended(nick));
        database.execute("update account set suspended_at = now() where id = $1", nick.id());
        world.bus.publish(new AccountChanged(nick.id()));
        Eventually.until("he is known as suspended", () -> isSuspended(nick));
    }

    @Test
    void keyOfOneWhoIsGoneIsForgotten() {
        Account olaf = actor("olaf");
        String keyId = olaf.uri() + "#main-key";
        assertInstanceOf(KeyLookup.Found.class, world.keys.find(keyId));
        world.removal.remove(olaf.uri());
        world.fediverse.serve(olaf.uri(), "{}");
        Eventually.until("his key is forgotten", () -> !(world.keys.storedOnly().find(keyId) instanceof KeyLookup.Found));
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
