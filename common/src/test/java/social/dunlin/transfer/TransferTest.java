package social.dunlin.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.move.MoveServices;
import social.dunlin.oauth.Identity;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;
import social.dunlin.testing.Village;
import social.dunlin.transfer.DataImport.State;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferTest {
    private final RecordingOutbox outbox = new RecordingOutbox();
    private Database database;
    private FederationWorld world;
    private MoveServices move;
    private TransferServices transfer;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        move = MoveServices.of(world, new Identity(database, world.domains, world.bus).users(), outbox);
        transfer = TransferServices.of(world, move.aliases(), outbox);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("data_import", "follow", "follow_request", "block", "mute", "account_domain_block", "bookmark", "list", "job")) {
            database.execute("delete from " + table);
        }
        outbox.taken();
    }

    private Account account(long id) {
        return world.accounts.byId(id).orElseThrow();
    }

    private long begin(TransferKind kind, boolean overwrite, String file) {
        return transfer.imports().begin(account(Village.ALICE), kind, overwrite, file.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<DataImport> step(long id, int atOnce) {
        transfer.steps().unfinished(id).ifPresent(found -> transfer.steps().step(found, atOnce));
        return transfer.steps().unfinished(id);
    }

    private DataImport finish(long id) {
        for (int steps = 0; steps < 50 && step(id, 3).isPresent(); steps++) {
            // Until it is done.
        }
        return transfer.imports().get(Village.ALICE, id);
    }

    private List<String> failures(DataImport of) {
        return transfer.imports().failures(of).stream().map(failure -> failure.target() + ": " + failure.error()).toList();
    }

    private List<String> exported(TransferKind kind) {
        return transfer.exports().csv(kind, Village.ALICE).lines().toList();
    }

    @Test
    void exportsAreMastodonsFiles() {
        database.execute("insert into follow (account_id, target_account_id, reblogs, notify, languages) values ($1, $2, false, true, '{de,en}')", Village.ALICE, Village.FRIDA);
        world.posts.village.follow(Village.ALICE, Village.BOB);
        world.posts.village.block(Village.ALICE, Village.MALLORY);
        world.posts.village.mute(Village.ALICE, Village.HEDY);
        database.execute("insert into account_domain_block (account_id, host) values ($1, 'blocked.example')", Village.ALICE);
        Status status = world.posts.post(Village.BOB, "keep", Visibility.PUBLIC);
        database.execute("insert into bookmark (account_id, status_id) values ($1, $2)", Village.ALICE, status.id());
        assertEquals("""
            Account address,Show boosts,Notify on new posts,Languages
            bob@village.example,true,false,
            frida@far.example,false,true,"de, en"
            """, transfer.exports().csv(TransferKind.FOLLOWING, Village.ALICE));
        assertEquals(List.of("mallory@village.example"), exported(TransferKind.BLOCKS));
        assertEquals(List.of("Account address,Hide notifications", "hedy@other.example,true"), exported(TransferKind.MUTES));
        assertEquals(List.of("blocked.example"), exported(TransferKind.DOMAIN_BLOCKS));
        assertEquals(List.of(status.uri()), exported(TransferKind.BOOKMARKS));
        long friends = world.posts.lists.titled(Village.ALICE, "Friends, near").id();
        world.posts.lists.add(Village.ALICE, friends, List.of(Village.BOB));
        world.posts.lists.add(Village.ALICE, friends, List.of(Village.FRIDA));
        assertEquals(List.of("\"Friends, near\",bob@village.example", "\"Friends, near\",frida@far.example"), exported(TransferKind.LISTS));
    }

    @Test
    void listsBecomeWhatTheFileSays() {
        world.posts.village.follow(Village.ALICE, Village.BOB);
        long kept = world.posts.lists.titled(Village.ALICE, "Kept").id();
        world.posts.lists.add(Village.ALICE, kept, List.of(Village.BOB));
        world.posts.lists.titled(Village.ALICE, "Unnamed");
        assertEquals(State.DONE, finish(begin(TransferKind.LISTS, false, "Kept,dora@village.example\nNew,alice@village.example\n")).state());
        assertEquals(List.of("Kept,bob@village.example", "Kept,dora@village.example", "New,alice@village.example"), exported(TransferKind.LISTS));
        assertEquals(3, world.posts.lists.list(Village.ALICE).size());
        assertTrue(exported(TransferKind.FOLLOWING).contains("dora@village.example,true,false,"), "whoever stands in a list is followed");
        assertEquals(State.DONE, finish(begin(TransferKind.LISTS, true, "Kept,dora@village.example\n")).state());
        assertEquals(List.of("Kept,dora@village.example"), exported(TransferKind.LISTS));
        assertEquals(1, world.posts.lists.list(Village.ALICE).size());
    }

    @Test
    void whatIsExportedIsImported() {
        exportsAreMastodonsFiles();
        List<String> files = List.of(TransferKind.values()).stream().map(kind -> transfer.exports().csv(kind, Village.ALICE)).toList();
        for (String table : List.of("follow", "block", "mute", "account_domain_block", "bookmark", "list")) {
            database.execute("delete from " + table);
        }
        for (TransferKind kind : TransferKind.values()) {
            DataImport done = finish(begin(kind, true, files.get(kind.ordinal())));
            assertEquals(State.DONE, done.state());
            assertEquals(0, done.failed(), failures(done).toString());
        }
        database.execute("""
            insert into follow (account_id, target_account_id, reblogs, notify, languages)
            select account_id, target_account_id, reblogs, notify, languages from follow_request""");
        List<String> follows = List.of(files.getFirst().split("\n"));
        assertEquals(follows.stream().sorted().toList(), exported(TransferKind.FOLLOWING).stream().sorted().toList());
        IntStream.range(1, files.size()).forEach(kind -> assertEquals(files.get(kind), transfer.exports().csv(TransferKind.values()[kind], Village.ALICE)));
    }

    @Test
    void failuresStandBesideWhatWasDone() {
        String gull = world.settle("far", "gull");
        String host = world.fediverse.host("far");
        long id = begin(TransferKind.FOLLOWING, false, "gull@" + host + "\nnobody@" + host + "\nalice\ndora\ntwo words\nowl@unknown.example\n");
        DataImport done = finish(id);
        assertEquals("DONE 6 2 4", "%s %d %d %d".formatted(done.state(), done.total(), done.done(), done.failed()));
        assertEquals(List.of("nobody@" + host + ": not found", "alice@village.example: This action is not allowed", "two words: not an address",
            "owl@unknown.example: not found"), failures(done));
        assertEquals(List.of("followRequested 1001 " + world.accounts.byUri(gull).orElseThrow().id()), outbox.taken());
        assertTrue(database.exists("select from follow where account_id = $1 and target_account_id = $2", Village.ALICE, Village.DORA));
    }

    @Test
    void overwritingRemovesWhatTheFileDoesNotNameAndMergingDoesNot() {
        for (long target : List.of(Village.BOB, Village.DORA, Village.ERIN, Village.FRIDA)) {
            world.posts.village.follow(Village.ALICE, target);
        }
        world.posts.village.askToFollow(Village.ALICE, Village.HEDY);
        finish(begin(TransferKind.FOLLOWING, false, "dora\n"));
        assertEquals(4, exported(TransferKind.FOLLOWING).size() - 1);
        finish(begin(TransferKind.FOLLOWING, true, "Account address,Show boosts\ndora,false\ncarol\n"));
        assertEquals(List.of("dora@village.example,false,false,"), exported(TransferKind.FOLLOWING).subList(1, 2));
        assertEquals(2, exported(TransferKind.FOLLOWING).size());
        assertEquals(List.of(Village.CAROL), database.list("select target_account_id from follow_request where account_id = $1",
            row -> row.getLong("target_account_id"), Village.ALICE), "Carol is locked");
        assertEquals(2, outbox.taken().stream().filter(call -> call.startsWith("followUndone")).count());
    }

    @Test
    void stepThatWasKilledIsDoneAgainWithoutASecondEffect() {
        long id = begin(TransferKind.DOMAIN_BLOCKS, false, "one.example\ntwo.example\nthree.example\nvillage.example\n");
        DataImport before = transfer.steps().unfinished(id).orElseThrow();
        transfer.steps().step(before, 2);
        transfer.steps().step(before, 2);
        transfer.steps().step(before, 2);
        DataImport done = transfer.imports().get(Village.ALICE, id);
        assertEquals("DONE 3 1", "%s %d %d".formatted(done.state(), done.done(), done.failed()));
        assertEquals(3, exported(TransferKind.DOMAIN_BLOCKS).size());
    }

    @Test
    void nobodySeesAnothersImportAndFiveWaitAtMost() {
        long id = begin(TransferKind.BLOCKS, false, "bob\n");
        assertEquals(404, assertThrows(Refusal.class, () -> transfer.imports().get(Village.BOB, id)).status());
        IntStream.range(0, 4).forEach(number -> begin(TransferKind.BLOCKS, false, "bob\n"));
        assertEquals(422, assertThrows(Refusal.class, () -> begin(TransferKind.BLOCKS, false, "bob\n")).status());
        assertEquals(5, transfer.imports().of(Village.ALICE).size());
        assertEquals(List.of(), transfer.imports().of(Village.BOB));
    }

    @Test
    void importOfASuspendedAccountEnds() {
        long id = begin(TransferKind.BLOCKS, false, "bob\n");
        world.posts.suspend(Village.ALICE);
        assertEquals(State.FAILED, finish(id).state());
        world.posts.reinstate(Village.ALICE);
        assertEquals(List.of(), exported(TransferKind.BLOCKS));
    }

    @Test
    void whoHasMovedKeepsTheirFollowsWhateverTheFileSays() {
        world.posts.village.follow(Village.ALICE, Village.BOB);
        database.execute("update account set moved_to_id = $2 where id = $1", Village.ALICE, Village.FRIDA);
        assertEquals(403, assertThrows(Refusal.class, () -> begin(TransferKind.FOLLOWING, true, "dora\n")).status());
        database.execute("update account set moved_to_id = null where id = $1", Village.ALICE);
    }

    // ---------------------------------------------------------------- from another account

    private String old(String name, String more) {
        String uri = world.settle("far", name);
        world.fediverse.serve(uri, world.actor("far", name).replace("\"name\"", more + "\"following\": \"" + uri + "/following\", \"name\""));
        return uri;
    }

    private static String page(String id, String next, String... items) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s", "type": "OrderedCollectionPage", %s"orderedItems": ["%s"]}"""
            .formatted(id, next == null ? "" : "\"next\": \"" + next + "\", ", String.join("\", \"", items));
    }

    @Test
    void followsOfAnotherAccountAreTakenFromItsCollection() {
        String gull = world.settle("other", "gull");
        String uri = old("former", "");
        String following = uri + "/following";
        world.fediverse.serve(following, """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%1$s", "type": "OrderedCollection", "totalItems": 4, "first": "%1$s?page=1"}"""
            .formatted(following));
        world.fediverse.serve(following + "?page=1", page(following + "?page=1", following + "?page=2", gull, "https://village.example/users/bob"));
        world.fediverse.serve(following + "?page=2", page(following + "?page=2", null, "https://evil.example/nobody", "javascript:alert(1)", gull));
        assertEquals(422, assertThrows(Refusal.class, () -> transfer.imports().beginFollowsOf(account(Village.ALICE), uri)).status(), "not an alias");
        move.aliases().add(account(Village.ALICE), uri);
        long id = transfer.imports().beginFollowsOf(account(Village.ALICE), uri);
        assertEquals(State.RUNNING, step(id, 3).orElseThrow().state());
        DataImport done = finish(id);
        assertEquals("DONE 3 2 1", "%s %d %d %d".formatted(done.state(), done.total(), done.done(), done.failed()));
        assertEquals(List.of("bob@village.example,true,false,"), exported(TransferKind.FOLLOWING).subList(1, 2));
        assertTrue(outbox.taken().contains("followRequested 1001 " + world.accounts.byUri(gull).orElseThrow().id()));
        move.aliases().remove(account(Village.ALICE), uri);
    }

    @Test
    void hiddenCollectionFailsWithAReason() {
        String uri = old("shy", "\"alsoKnownAs\": [\"https://village.example/users/alice\"], ");
        world.fediverse.serve(uri + "/following", """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s/following", "type": "OrderedCollection", "totalItems": 9}""".formatted(uri));
        DataImport failed = finish(transfer.imports().beginFollowsOf(account(Village.ALICE), uri));
        assertEquals(State.FAILED, failed.state());
        assertTrue(failed.error().contains("hidden"), failed.error());
    }

    @Test
    void collectionThatLivesAtAnotherServerIsNotRead() {
        String uri = world.settle("far", "liar");
        String elsewhere = world.fediverse.url("victim", "/users/v/following");
        world.fediverse.serve(uri, world.actor("far", "liar").replace("\"name\"",
            "\"alsoKnownAs\": [\"https://village.example/users/alice\"], \"following\": \"" + elsewhere + "\", \"name\""));
        world.fediverse.serve(elsewhere, page(elsewhere, null, "https://village.example/users/bob"));
        assertEquals(State.FAILED, finish(transfer.imports().beginFollowsOf(account(Village.ALICE), uri)).state());
        assertEquals(0, world.fediverse.count(elsewhere));
        assertFalse(database.exists("select from follow where account_id = $1", Village.ALICE));
    }

    @Test
    void ownOtherAccountHereIsCopied() {
        world.posts.village.follow(Village.DORA, Village.BOB);
        move.aliases().add(account(Village.ALICE), "dora");
        assertEquals(1, finish(transfer.imports().beginFollowsOf(account(Village.ALICE), "dora")).done());
        assertTrue(database.exists("select from follow where account_id = $1 and target_account_id = $2", Village.ALICE, Village.BOB));
    }
}
