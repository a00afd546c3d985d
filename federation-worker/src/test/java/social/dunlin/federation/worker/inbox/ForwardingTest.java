package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.signature.IntegrityProof;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.Multikey;
import social.dunlin.queue.JobFailure;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** Inbox forwarding, given and received. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingTest {
    /** What Mastodon puts into what may be forwarded; nobody here can check it. */
    private static final String LINKED_DATA_SIGNATURE = ", \"signature\": {\"type\": \"RsaSignature2017\", \"creator\": \"x\", \"signatureValue\": \"y\"}";
    private static final KeyPair PROOF_KEY = Keys.generateEd25519();

    private Database database;
    private FederationWorld world;
    private ForwardingWorld inbox;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        inbox = new ForwardingWorld(database, vertx, options);
        world = inbox.world;
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
        world.fediverse.forgetRequests();
    }

    private static String uri(Account author) {
        return author.uri() + "/notes/" + ForwardingWorld.number();
    }

    private static String create(Account author, String note, String inReplyTo, String more) {
        return ForwardingWorld.activity(author, "Create", FederationWorld.note(note, author.uri(), inReplyTo), more);
    }

    private void serve(Account author, String note, String inReplyTo) {
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), inReplyTo));
    }

    private boolean isHere(String uri) {
        return world.posts.statuses.byUri(uri).isPresent();
    }

    private record Forwarded(String inbox, String body) {
    }

    private List<Forwarded> forwarded() {
        return database.list("""
            select inbox_url, body from delivery join outgoing_activity on outgoing_activity.id = delivery.activity_id
            where outgoing_activity.account_id = $1""", row -> new Forwarded(row.getString("inbox_url"), row.getString("body")), Village.ALICE);
    }

    // ---------------------------------------------------------------- given

    @Test
    void signedReplyToAPostOfOursIsSentOnUnchangedToItsAuthorsFollowers() {
        Account replier = inbox.actor("other", "replier");
        Account follower = inbox.actor("far", "follower");
        world.posts.village.follow(follower.id(), Village.ALICE);
        world.posts.village.follow(replier.id(), Village.ALICE);
        Status post = world.posts.post(Village.ALICE, "what do you say?", Visibility.PUBLIC);
        database.execute("delete from outgoing_activity");
        String activity = create(replier, uri(replier), post.uri(), LINKED_DATA_SIGNATURE);
        inbox.receive(replier, activity);
        List<Forwarded> forwarded = forwarded();
        assertTrue(forwarded.contains(new Forwarded(follower.deliveryInbox(), activity)), forwarded.toString());
        assertTrue(forwarded.stream().noneMatch(each -> each.inbox().equals(replier.deliveryInbox())), "not back to where it came from");
        inbox.receive(replier, activity);
        assertEquals(forwarded.size(), forwarded().size(), "once");
        database.execute("delete from follow where account_id = any($1)", (Object) new Long[] {follower.id(), replier.id()});
    }

    @Test
    void deletionOfAReplyIsSentOnToo() {
        Account replier = inbox.actor("other", "deleter");
        Status post = world.posts.post(Village.ALICE, "and now?", Visibility.PUBLIC);
        String note = uri(replier);
        inbox.receive(replier, create(replier, note, post.uri(), ""));
        database.execute("delete from outgoing_activity");
        inbox.receive(replier, ForwardingWorld.activity(replier, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
        assertFalse(forwarded().isEmpty());
    }

    @Test
    void whatNobodyCouldCheckIsNotSentOn() {
        Account replier = inbox.actor("other", "unsigned");
        Status post = world.posts.post(Village.ALICE, "hm", Visibility.PUBLIC);
        database.execute("delete from outgoing_activity");
        String note = uri(replier);
        inbox.receive(replier, create(replier, note, post.uri(), ""));
        assertTrue(isHere(note));
        assertTrue(forwarded().isEmpty());
    }

    @Test
    void privateAnswerAndAnswerToAPrivatePostStayWhereTheyAre() {
        Account replier = inbox.actor("other", "discreet");
        world.posts.village.follow(replier.id(), Village.ALICE);
        Status open = world.posts.post(Village.ALICE, "open", Visibility.PUBLIC);
        Status closed = world.posts.post(Village.ALICE, "closed", Visibility.PRIVATE);
        database.execute("delete from outgoing_activity");
        inbox.receive(replier, create(replier, uri(replier), closed.uri(), LINKED_DATA_SIGNATURE));
        inbox.receive(replier, create(replier, uri(replier), open.uri(), LINKED_DATA_SIGNATURE)
            .replace(ForwardingWorld.PUBLIC, "https://village.example/users/alice"));
        assertTrue(forwarded().isEmpty());
        database.execute("delete from follow where account_id = $1", replier.id());
    }

    // ---------------------------------------------------------------- received

    @Test
    void forwardedReplyIsTakenFromItsOwnServer() {
        Account forwarder = inbox.actor("far", "forwarder");
        Account replier = inbox.actor("other", "stranger");
        Status post = world.posts.post(Village.ALICE, "far away", Visibility.PUBLIC);
        String note = uri(replier);
        serve(replier, note, post.uri());
        inbox.passOn(forwarder, create(replier, note, post.uri(), LINKED_DATA_SIGNATURE).replace("<p>text</p>", "<p>forged</p>"));
        Status stored = world.posts.statuses.byUri(note).orElseThrow();
        assertEquals("<p>text</p>", stored.content());
        assertEquals(post.id(), stored.inReplyToId().orElseThrow());
    }

    @Test
    void hostileInput47_signatureOfLinkedDataChangesNothingByItself() {
        Account forwarder = inbox.actor("evil", "rearranger");
        Account victim = inbox.actor("victim", "quiet");
        Status post = world.posts.post(Village.ALICE, "rearranged", Visibility.PUBLIC);
        String note = uri(victim);
        inbox.passOn(forwarder, create(victim, note, post.uri(), LINKED_DATA_SIGNATURE + ", \"@graph\": []"));
        assertFalse(isHere(note));
        inbox.passOn(forwarder, ForwardingWorld.activity(victim, "Follow", "\"https://village.example/users/alice\"", LINKED_DATA_SIGNATURE));
        assertFalse(database.exists("select from follow where account_id = $1", victim.id()));
    }

    @Test
    void forwardedPostThatConcernsNobodyIsNotEvenFetched() {
        Account forwarder = inbox.actor("evil", "spammer");
        Account author = inbox.actor("victim", "busy");
        String note = uri(author);
        serve(author, note, null);
        inbox.passOn(forwarder, create(author, note, null, LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void forwardedPostThatOnlyPretendsToConcernUsIsNotTaken() {
        Account forwarder = inbox.actor("evil", "liar");
        Account author = inbox.actor("victim", "used");
        Status post = world.posts.post(Village.ALICE, "bait", Visibility.PUBLIC);
        String note = uri(author);
        serve(author, note, null);
        inbox.passOn(forwarder, create(author, note, post.uri(), LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
    }

    @Test
    void forwardedDeletionCountsWhenTheOriginConfirmsIt() {
        Account forwarder = inbox.actor("far", "messenger");
        Account author = inbox.actor("other", "regretful");
        Status post = world.posts.post(Village.ALICE, "regret", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        String delete = ForwardingWorld.activity(author, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE);
        serve(author, note, post.uri());
        inbox.passOn(forwarder, delete);
        assertTrue(isHere(note), "still there");
        world.fediverse.answer(note, request -> Answer.status(403));
        inbox.passOn(forwarder, delete);
        assertTrue(isHere(note), "refused is not gone");
        world.fediverse.answer(note, request -> Answer.status(503));
        assertThrows(JobFailure.class, () -> inbox.passOn(forwarder, delete), "asked again later");
        assertTrue(isHere(note));
        world.fediverse.answer(note, request -> Answer.status(410));
        inbox.passOn(forwarder, delete);
        assertFalse(isHere(note));
    }

    @Test
    void tombstoneAtTheOriginConfirmsADeletionToo() {
        Account forwarder = inbox.actor("far", "undertaker");
        Account author = inbox.actor("other", "late");
        Status post = world.posts.post(Village.ALICE, "late", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        world.fediverse.serve(note, "{\"id\": \"%s\", \"type\": \"Tombstone\"}".formatted(note));
        inbox.passOn(forwarder, ForwardingWorld.activity(author, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
    }

    @Test
    void deletionByAnotherThanTheAuthorIsNotEvenAskedAbout() {
        Account forwarder = inbox.actor("evil", "envious");
        Account author = inbox.actor("other", "author");
        Account neighbour = inbox.actor("other", "neighbour");
        Status post = world.posts.post(Village.ALICE, "envy", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        inbox.passOn(forwarder, ForwardingWorld.activity(neighbour, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertTrue(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void forwardedEditIsTakenFromItsOwnServer() {
        Account forwarder = inbox.actor("far", "editorsfriend");
        Account author = inbox.actor("other", "editor");
        Status post = world.posts.post(Village.ALICE, "edits", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), post.uri()).replace("<p>text</p>", "<p>better</p>")
            .replace("\"published\"", "\"updated\": \"2026-11-20T11:00:00Z\", \"published\""));
        inbox.passOn(forwarder, ForwardingWorld.activity(author, "Update", FederationWorld.note(note, author.uri(), post.uri()).replace("text", "worse"), LINKED_DATA_SIGNATURE));
        assertEquals("<p>better</p>", world.posts.statuses.byUri(note).orElseThrow().content());
    }

    // ---------------------------------------------------------------- proofs

    /** Somebody whose document names the key the proofs are made with. */
    private Account prover(String server, String name) {
        String uri = world.settle(server, name + ForwardingWorld.number());
        String document = world.actor(server, uri.substring(uri.lastIndexOf('/') + 1)).replaceFirst("\\}\\}$",
            "}, \"assertionMethod\": [{\"id\": \"%1$s#ed25519-key\", \"type\": \"Multikey\", \"controller\": \"%1$s\", \"publicKeyMultibase\": \"%2$s\"}]}"
                .formatted(uri, Multikey.encode(PROOF_KEY.getPublic())));
        world.fediverse.serve(uri, document);
        world.actors.byUri(uri, Budgets.forActivity());
        return world.accounts.byUri(uri).orElseThrow();
    }

    private static String proven(String activity, String keyId) throws MalformedDocument {
        return IntegrityProof.sign(ActivityJson.parseObject(activity.getBytes(StandardCharsets.UTF_8)), keyId, PROOF_KEY.getPrivate(), Instant.now()).toString();
    }

    @Test
    void provenReplyNeedsNoFetch() throws MalformedDocument {
        Account forwarder = inbox.actor("far", "carrier");
        Account author = prover("other", "prover");
        Status post = world.posts.post(Village.ALICE, "proof?", Visibility.PUBLIC);
        String note = uri(author);
        inbox.passOn(forwarder, proven(create(author, note, post.uri(), ""), author.uri() + "#ed25519-key"));
        assertTrue(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void provenDeletionNeedsNoFetch() throws MalformedDocument {
        Account forwarder = inbox.actor("far", "reaper");
        Account author = prover("other", "leaver");
        Status post = world.posts.post(Village.ALICE, "leaving", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Delete", "\"" + note + "\"", ""), author.uri() + "#ed25519-key"));
        assertFalse(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void changedActivityIsFetchedInstead() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "changer");
        Account author = prover("other", "changed");
        Status post = world.posts.post(Village.ALICE, "changing", Visibility.PUBLIC);
        String note = uri(author);
        serve(author, note, post.uri());
        inbox.passOn(forwarder, proven(create(author, note, post.uri(), ""), author.uri() + "#ed25519-key").replace("<p>text</p>", "<p>forged</p>"));
        assertEquals("<p>text</p>", world.posts.statuses.byUri(note).orElseThrow().content());
        assertEquals(1, world.fediverse.count(note));
    }

    @Test
    void proofBySomebodyElsesKeyProvesNothing() throws MalformedDocument {
        Account evil = prover("evil", "impostor");
        Account victim = inbox.actor("victim", "target");
        Status post = world.posts.post(Village.ALICE, "impostors", Visibility.PUBLIC);
        String note = uri(victim);
        inbox.passOn(evil, proven(create(victim, note, post.uri(), ""), evil.uri() + "#ed25519-key"));
        assertFalse(isHere(note));
    }

    @Test
    void provenFollowThatSomebodyKeptIsNotDoneAgain() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "keeper");
        Account author = prover("other", "follower");
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Follow", "\"https://village.example/users/alice\"", ""), author.uri() + "#ed25519-key"));
        assertFalse(database.exists("select from follow where account_id = $1", author.id()));
    }

    @Test
    void provenWordOfACommunityThatSomebodyKeptIsNotDoneAgain() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "archivist");
        Account community = prover("other", "community");
        database.execute("update account set actor_type = 'Group' where id = $1", community.id());
        Account voter = inbox.actor("far", "voter");
        Status post = world.posts.post(Village.ALICE, "a page", Visibility.PUBLIC);
        database.execute("insert into mention (status_id, account_id) values ($1, $2)", post.id(), community.id());
        world.posts.communities.place(post, community.id());
        String like = ForwardingWorld.activity(voter, "Like", "\"" + post.uri() + "\"", "");
        String announce = proven(ForwardingWorld.activity(community, "Announce", like, ""), community.uri() + "#ed25519-key");
        inbox.passOn(forwarder, announce);
        assertEquals(0, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
        inbox.receive(community, announce);
        assertEquals(1, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
    }

    @Test
    void passedOnQuoteOfAPostOfOursIsFetched() {
        Account forwarder = inbox.actor("far", "herald");
        Account author = inbox.actor("other", "quoting");
        Status post = world.posts.post(Village.ALICE, "quoted", Visibility.PUBLIC);
        String note = uri(author);
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), null).replace("\"published\"", "\"quote\": \"" + post.uri() + "\", \"published\""));
        inbox.passOn(forwarder, ForwardingWorld.activity(author, "Create", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertTrue(isHere(note));
    }

    @Test
    void provenProfileIsAskedForAtItsOwnServer() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "historian");
        Account author = prover("other", "changing");
        String old = world.actor("other", author.username()).replace("\"name\": \"" + author.username(), "\"name\": \"Old " + author.username());
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Update", old, ""), author.uri() + "#ed25519-key"));
        assertEquals(author.displayName(), world.accounts.byUri(author.uri()).orElseThrow().displayName());
        assertTrue(world.fediverse.count(author.uri()) >= 1);
    }
}
