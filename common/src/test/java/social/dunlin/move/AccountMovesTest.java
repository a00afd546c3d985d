package social.dunlin.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.stream.Stream;
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
import social.dunlin.oauth.Identity;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.FollowOptions;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountMovesTest {
    private static final String PASSWORD = "correct horse";

    private final RecordingOutbox outbox = new RecordingOutbox();
    private Database database;
    private FederationWorld world;
    private MoveServices move;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        move = MoveServices.of(world, new Identity(database, world.domains, world.bus).users(), outbox);
        database.execute("update dunlin_user set password_hash = $1", new Passwords().hash(PASSWORD));
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        outbox.taken();
    }

    private Account account(long id) {
        return world.accounts.byId(id).orElseThrow();
    }

    private static Refusal refused(Runnable call) {
        return assertThrows(Refusal.class, call::run);
    }

    /** A new account elsewhere that names the old one. */
    private String home(String name, Account old) {
        String uri = world.settle("far", name);
        world.fediverse.serve(uri, world.actor("far", name).replace("\"name\"", "\"alsoKnownAs\": [\"" + old.uri() + "\"], \"name\""));
        return name + "@" + world.fediverse.host("far");
    }

    @Test
    void aliasesAreFoundKeptAndTold() {
        String uri = world.settle("far", "before");
        String handle = "before@" + world.fediverse.host("far");
        move.aliases().add(account(Village.DORA), "@" + handle);
        move.aliases().add(account(Village.DORA), handle);
        move.aliases().add(account(Village.DORA), "bob");
        assertEquals(List.of(uri, "https://village.example/users/bob"), account(Village.DORA).alsoKnownAs());
        assertEquals(List.of("accountChanged 1004", "accountChanged 1004"), outbox.taken());
        move.aliases().remove(account(Village.DORA), uri);
        move.aliases().remove(account(Village.DORA), uri);
        assertEquals(List.of("https://village.example/users/bob"), account(Village.DORA).alsoKnownAs());
        assertEquals(List.of("https://village.example/users/bob", uri),
            move.aliases().replace(account(Village.DORA), List.of("https://village.example/users/bob", uri)).alsoKnownAs());
        assertEquals(List.of(), move.aliases().replace(account(Village.DORA), List.of()).alsoKnownAs());
    }

    @Test
    void nobodyIsTheirOwnAliasNorWhoCannotBeFound() {
        Account mallory = account(Village.MALLORY);
        for (String name : List.of("mallory", "https://village.example/users/mallory", "nobody@" + world.fediverse.host("far"), "", "a b", "@@@",
                "https://far.example/" + "x".repeat(3000), "village.example")) {
            assertEquals(422, refused(() -> move.aliases().add(mallory, name)).status(), name);
        }
        assertEquals(422, refused(() -> move.aliases().replace(mallory, Stream.generate(() -> "x").limit(21).toList())).status());
        assertEquals(List.of(), account(Village.MALLORY).alsoKnownAs());
    }

    @Test
    void moveNeedsPasswordAndTheNewAccountsWord() {
        Account erin = account(Village.ERIN);
        String stranger = "stranger@" + world.fediverse.host("far");
        world.settle("far", "stranger");
        assertEquals("The password is not right", refused(() -> move.moves().move(erin, home("erin2", erin), "wrong")).getMessage());
        assertTrue(refused(() -> move.moves().move(erin, stranger, PASSWORD)).getMessage().contains("does not name this account"));
        assertFalse(account(Village.ERIN).hasMoved());
        assertEquals(List.of(), outbox.taken());
    }

    @Test
    void aliasAddedAfterTheAccountWasStoredIsSeen() {
        Account carol = account(Village.CAROL);
        String uri = world.settle("far", "carol2");
        world.resolver.account("carol2", world.fediverse.host("far"));
        world.fediverse.serve(uri, world.actor("far", "carol2").replace("\"name\"", "\"alsoKnownAs\": [\"" + carol.uri() + "\"], \"name\""));
        assertEquals(uri, move.moves().move(carol, "carol2@" + world.fediverse.host("far"), PASSWORD).uri());
    }

    @Test
    void movedAccountTellsItSendsFollowersAndIsQuietUntilItComesBack() {
        Account alice = account(Village.ALICE);
        world.posts.village.follow(Village.DORA, Village.ALICE);
        long post = world.posts.post(Village.BOB, "boost me", Visibility.PUBLIC).id();
        Account home = move.moves().move(alice, home("alice2", alice), PASSWORD);
        assertEquals(List.of("accountChanged 1001", "accountMoved 1001"), outbox.taken());
        Account moved = account(Village.ALICE);
        assertEquals(home.id(), moved.movedToId().orElseThrow());
        assertTrue(database.exists("select from job where kind = 'follower_move' and unique_key = $1", alice.id() + " " + home.id()));

        assertEquals(403, refused(() -> world.posts.post(Village.ALICE, "still here", Visibility.PUBLIC)).status());
        assertEquals(403, refused(() -> world.posts.actions.reblog(moved, post, null)).status());
        assertEquals(403, refused(() -> RelationshipServices.of(database, outbox).follow(Village.ALICE, Village.DORA, FollowOptions.UNCHANGED)).status());

        int steps = 0;
        while (move.followers().bringAlong(alice.id(), home.id(), 2)) {
            steps++;
        }
        assertEquals(2, steps);
        assertEquals(List.of("followRequested 1002 " + home.id(), "followRequested 1004 " + home.id(), "followRequested 1012 " + home.id()),
            outbox.taken().stream().sorted().toList());
        assertEquals(List.of(Village.GUSTAV), database.list("select account_id from follow where target_account_id = $1", row -> row.getLong("account_id"), alice.id()),
            "people of other servers are moved by theirs");

        move.moves().takeBack(moved);
        move.moves().takeBack(account(Village.ALICE));
        assertFalse(account(Village.ALICE).hasMoved());
        assertEquals(List.of("accountChanged 1001"), outbox.taken());
        world.posts.post(Village.ALICE, "back again", Visibility.PUBLIC);
        assertFalse(move.followers().bringAlong(alice.id(), home.id(), 2), "nobody follows any more who did not go in time");
        assertTrue(refused(() -> move.moves().move(account(Village.ALICE), home("alice3", alice), PASSWORD)).getMessage().contains("30 days"));
    }

    @Test
    void hostileInput56_accountThatHasMovedItselfIsNoTarget() {
        Account bob = account(Village.BOB);
        String uri = world.settle("far", "bob2");
        String third = world.settle("far", "bob3");
        world.fediverse.serve(third, world.actor("far", "bob3").replace("\"name\"", "\"alsoKnownAs\": [\"" + uri + "\"], \"name\""));
        world.resolver.url(third);
        world.fediverse.serve(uri, world.actor("far", "bob2").replace("\"name\"",
            "\"alsoKnownAs\": [\"" + bob.uri() + "\"], \"movedTo\": \"" + third + "\", \"name\""));
        assertTrue(refused(() -> move.moves().move(bob, uri, PASSWORD)).getMessage().contains("has moved itself"));
    }
}
