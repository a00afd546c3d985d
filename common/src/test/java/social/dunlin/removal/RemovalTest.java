package social.dunlin.removal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.account.Passwords;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.oauth.Identity;
import social.dunlin.oauth.Scopes;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemovalTest {
    private Database database;
    private FederationWorld world;
    private Identity identity;
    private Suspensions suspensions;
    private AccountDeletion deletion;
    private AccountErasure erasure;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        identity = new Identity(database, world.domains, world.bus);
        Farewells farewells = new Farewells(world.domains, identity.tokens(), identity.sessions(), world.deliveries);
        suspensions = new Suspensions(database, world.accounts, world.domains, RelationshipServices.of(database, world.outbox), farewells, world.outbox, world.bus);
        erasure = new AccountErasure(database, world.bus);
        deletion = new AccountDeletion(database, world.accounts, identity.users(), farewells, erasure, world.jobs, world.bus);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
        database.execute("delete from job");
    }

    private List<String> told() {
        return database.list("""
            select (body::jsonb)->>'type' as type, delivery.inbox_url from delivery
            join outgoing_activity on outgoing_activity.id = delivery.activity_id order by delivery.id""",
            row -> row.getString("type") + " " + row.getString("inbox_url"));
    }

    private void post(long account, String uri) {
        world.deliveries.send(new OutgoingActivity(account, uri, uri, "{\"type\": \"Create\"}"), Audience.accounts(List.of(Village.FRIDA)));
    }

    @Test
    void suspendedLocalAccountLeavesWithItsLastWordAlone() {
        String token = identity.tokens().issueForScripts("alice", Scopes.of("read")).text();
        String session = identity.sessions().open(Village.ALICE, Village.ALICE, "", "");
        Status status = world.posts.post(Village.ALICE, "seen", Visibility.PUBLIC);
        post(Village.ALICE, "https://village.example/waiting");
        assertEquals(List.of("Create https://far.example/inbox"), told());

        assertTrue(suspensions.suspend("@alice").isSuspended());
        suspensions.suspend("alice@village.example");
        post(Village.ALICE, "https://village.example/late");

        assertEquals(List.of("Delete https://blocked.example/inbox", "Delete https://far.example/inbox", "Delete https://other.example/inbox"),
            told().stream().sorted().toList());
        String body = database.first("select body from outgoing_activity", row -> row.getString("body")).orElseThrow();
        assertTrue(body.contains("\"object\":\"https://village.example/users/alice\""), body);
        assertEquals(401, assertThrows(Refusal.class, () -> identity.tokens().authenticate(token)).status());
        assertTrue(identity.sessions().find(session).isEmpty());
        assertTrue(world.posts.visibility.visibleOf(social.dunlin.visibility.Viewer.anonymous(), List.of(status.id())).isEmpty());

        assertFalse(suspensions.unsuspend("alice").isSuspended());
        assertEquals(List.of(), told());
        assertTrue(database.exists("select from job where kind = 'outbox' and payload like '%account_changed%'"));
        assertEquals(List.of(status.id()), List.copyOf(world.posts.visibility.visibleOf(social.dunlin.visibility.Viewer.anonymous(), List.of(status.id()))));
    }

    @Test
    void suspendedRemoteAccountIsFollowedAndFollowsNoMore() {
        world.posts.village.follow(Village.BOB, Village.HEDY);
        world.posts.village.follow(Village.HEDY, Village.BOB);
        Status status = world.posts.remotePost(Village.HEDY, "from hedy", Visibility.PUBLIC);
        suspensions.suspend("hedy@other.example");
        assertEquals(List.of("Reject https://other.example/inbox", "Undo https://other.example/inbox"), told().stream().distinct().sorted().toList());
        assertFalse(database.exists("select from follow where account_id = $1 or target_account_id = $1", Village.HEDY));
        assertFalse(database.exists("select from follow_request where account_id = $1", Village.HEDY));
        assertFalse(database.exists("select from home_entry where status_id = $1", status.id()));
        suspensions.unsuspend("hedy@other.example");
        assertFalse(world.accounts.byId(Village.HEDY).orElseThrow().isSuspended());
    }

    @Test
    void nobodyUnknownAndNoServersActorIsSuspended() {
        world.instanceActors.ensure();
        for (String name : List.of("nobody", "nobody@far.example", "village.example", "", "a b", "@@")) {
            assertEquals(422, assertThrows(Refusal.class, () -> suspensions.suspend(name)).status(), name);
        }
    }

    @Test
    void deletedAccountIsGoneAtOnceAndItsPostsSoon() {
        long dora = Village.DORA;
        database.execute("update dunlin_user set password_hash = $2 where id = $1", dora, new Passwords().hash("correct horse"));
        Status replied = world.posts.post(Village.BOB, "a question", Visibility.PUBLIC);
        database.execute("insert into status_counter (status_id, favourites_count) values ($1, 1) on conflict (status_id) do update set favourites_count = 1", replied.id());
        database.execute("insert into favourite (account_id, status_id) values ($1, $2)", dora, replied.id());
        database.execute("insert into bookmark (account_id, status_id) values ($1, $2)", dora, replied.id());
        database.execute("insert into home_entry (account_id, status_id) values ($1, $2) on conflict do nothing", dora, replied.id());
        world.posts.village.mute(dora, Village.BOB);
        for (int number = 0; number < 5; number++) {
            world.posts.post(dora, "post " + number, Visibility.PUBLIC);
        }
        assertEquals(422, assertThrows(Refusal.class, () -> deletion.delete(dora, "wrong")).status());
        assertFalse(world.accounts.byId(dora).orElseThrow().isSuspended());

        deletion.delete(dora, "correct horse");

        Account gone = world.accounts.byId(dora).orElseThrow();
        assertTrue(gone.deletedAt() != null && gone.displayName().isEmpty() && gone.userId().isEmpty());
        assertFalse(database.exists("select from dunlin_user where id = $1", dora));
        assertEquals(3, told().size());
        assertTrue(database.exists("select from account_key where account_id = $1", dora), "the last word must be signed");
        assertTrue(database.exists("select from job where kind = $1 and payload = $2", AccountErasure.KIND, Long.toString(dora)));
        int steps = 0;
        while (erasure.erase(dora, 2)) {
            steps++;
        }
        assertEquals(3, steps);
        assertFalse(erasure.erase(dora, 2));
        for (String table : List.of("status", "follow", "bookmark", "mute", "favourite", "follow_request", "account_setting", "home_entry", "notification")) {
            assertFalse(database.exists("select from " + table + " where account_id = $1", dora), table);
        }
        assertTrue(database.exists("select from status_counter where status_id = $1 and favourites_count = 0", replied.id()));
        assertEquals(3, told().size());
        assertEquals(404, assertThrows(Refusal.class, () -> deletion.delete(dora, "correct horse")).status());
    }
}
