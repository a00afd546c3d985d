package social.dunlin.api.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RateLimits;
import social.dunlin.api.access.RateLimitsForTests;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.BlockedHosts;
import social.dunlin.federation.followers.Followers;
import social.dunlin.federation.followers.SynchronizationRequests;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.signature.CavageSigner;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.MessageSigner;
import social.dunlin.federation.signature.OutgoingRequest;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.federation.signature.SignedRequest;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.GatheredJobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxReceptionTest {
    private static final String TYPE = "application/activity+json";
    private static final ObjectUri INBOX = ObjectUri.parse("https://village.example/inbox");

    private Database database;
    private FederationWorld world;
    private InboxReception reception;
    private SignatureCheck check;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        check = new SignatureCheck(world.domains, world.keys, world.accounts);
        reception = reception(RateLimitsForTests.on());
    }

    private InboxReception reception(RateLimits limits) {
        return new InboxReception(world.accounts, world.senders, check, new SynchronizationRequests(new Followers(database, world.domains), world.jobs),
            GatheredJobs.of(world.jobs), limits, new BlockedHosts(database));
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from job");
        world.fediverse.forgetRequests();
    }

    private static String follow(String actor) {
        return """
            {"id": "%1$s#follow", "type": "Follow", "actor": "%1$s", "object": "https://village.example/users/alice"}""".formatted(actor);
    }

    private static RequestSigner cavage(String actor) {
        return new CavageSigner(actor + "#main-key", FederationWorld.key().getPrivate(), Clock.systemUTC());
    }

    private static SignedRequest signed(RequestSigner signer, ObjectUri target, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<Header> headers = new ArrayList<>(signer.sign(new OutgoingRequest("POST", target, bytes)));
        headers.add(new Header("Host", target.host().value()));
        return new SignedRequest("POST", target, headers, bytes);
    }

    private int refusedWith(SignedRequest request) {
        return refusedWith(TYPE, request);
    }

    private int refusedWith(String type, SignedRequest request) {
        int status = assertThrows(Refusal.class, () -> reception.receive(type, request)).status();
        assertFalse(isQueued());
        return status;
    }

    private boolean isQueued() {
        return database.exists("select from job where kind = 'inbox'");
    }

    @Test
    void signedActivityIsQueued() {
        String actor = world.settle("far", "signer");
        reception.receive(TYPE, signed(cavage(actor), INBOX, follow(actor)));
        assertTrue(isQueued());
    }

    @Test
    void hostileInput40_strangersOfABlockedServerAreForbiddenUnasked() {
        String actor = world.settle("other", "stranger");
        database.execute("insert into domain_block (host, severity) values ('example', 'suspend')");
        world.fediverse.forgetRequests();
        assertEquals(403, refusedWith(signed(cavage(actor), INBOX, follow(actor))));
        assertEquals(List.of(), world.fediverse.requests());
        database.execute("delete from domain_block");
    }

    /** Whatever the subdomain it comes under. */
    @Test
    void ownerOfServersWhoSendsTooMuchIsAskedToWait() {
        String actor = world.settle("other", "flooding");
        RateLimits limits = RateLimitsForTests.on();
        for (int number = 0; number < Limit.SERVER.count(); number++) {
            limits.count(Limit.SERVER, "other.example");
        }
        InboxReception flooded = reception(limits);
        SignedRequest request = signed(cavage(actor), INBOX, follow(actor));
        Refusal refusal = assertThrows(Refusal.class, () -> flooded.receive(TYPE, request));
        assertEquals(429, refusal.status());
        assertTrue(refusal.retryAfter().isPresent());
        assertFalse(isQueued());
        String calm = world.settle("far", "calm");
        flooded.receive(TYPE, signed(cavage(calm), INBOX, follow(calm)));
        assertTrue(isQueued());
    }

    @Test
    void activitySignedAsRfc9421IsQueued() {
        String actor = world.settle("far", "modern");
        reception.receive("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            signed(new MessageSigner(actor + "#main-key", FederationWorld.key().getPrivate(), Clock.systemUTC()), INBOX, follow(actor)));
        assertTrue(isQueued());
    }

    @Test
    void unsignedActivityIsRefused() {
        byte[] body = follow(world.settle("far", "unsigned")).getBytes(StandardCharsets.UTF_8);
        assertEquals(401, refusedWith(new SignedRequest("POST", INBOX, List.of(new Header("Host", "village.example")), body)));
    }

    @Test
    void otherContentTypesAreRefused() {
        String actor = world.settle("far", "typed");
        assertEquals(415, refusedWith("text/html", signed(cavage(actor), INBOX, follow(actor))));
        assertEquals(415, refusedWith(null, signed(cavage(actor), INBOX, follow(actor))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"type\": \"Follow\"", "{\"type\": \"Follow\"}", "{\"actor\": \"https://far.example/users/x\"}",
        "{\"type\": \"Follow\", \"actor\": \"https://far.example/users/x\", \"actor\": \"https://evil.example/users/y\"}"})
    void hostileInput58_malformedActivityIsRefused(String body) {
        assertEquals(400, refusedWith(signed(cavage("https://far.example/users/x"), INBOX, body)));
    }

    @Test
    void hostileInput26_signatureOfAnotherActorIsRefused() {
        String victim = world.settle("victim", "v26");
        String evil = world.settle("evil", "e26");
        assertEquals(401, refusedWith(signed(cavage(evil), INBOX, follow(victim))));
    }

    @Test
    void hostileInput38_signatureMadeForAnotherServerIsRefused() {
        String actor = world.settle("far", "replayed");
        SignedRequest elsewhere = signed(cavage(actor), ObjectUri.parse("https://elsewhere.example/inbox"), follow(actor));
        assertEquals(401, refusedWith(elsewhere));
        List<Header> headers = new ArrayList<>(elsewhere.headers().stream().filter(header -> !header.isNamed("Host")).toList());
        headers.add(new Header("Host", "village.example"));
        assertEquals(401, refusedWith(new SignedRequest("POST", INBOX, headers, elsewhere.body())));
    }

    /** Of a suspension, as the command tells it to every process. */
    private void told(String actor) {
        world.bus.publish(new AccountChanged(world.accounts.byUri(actor).orElseThrow().id()));
        Eventually.until("the suspension is known", () -> world.senders.standing(actor).orElseThrow().suspended());
    }

    @Test
    void hostileInput40_suspendedActorIsRefusedAndSeesNothing() {
        String actor = world.settle("far", "suspended40");
        reception.receive(TYPE, signed(cavage(actor), INBOX, follow(actor)));
        empty();
        long id = world.accounts.byUri(actor).orElseThrow().id();
        world.posts.suspend(id);
        told(actor);
        assertEquals(403, refusedWith(signed(cavage(actor), INBOX, follow(actor))));
        SignedRequest get = signedGet(actor);
        assertThrows(Refusal.class, () -> check.viewerIfKnown(get));
        assertThrows(Refusal.class, () -> check.viewer(get));
    }

    @Test
    void hostileInput40_deletedActorIsRefused() {
        String actor = world.settle("far", "deleted40");
        reception.receive(TYPE, signed(cavage(actor), INBOX, follow(actor)));
        empty();
        world.removal.remove(actor);
        // What every process keeps of a sender is forgotten when it hears of the change, a moment later.
        Eventually.until("the removal is known", () -> world.senders.standing(actor).orElseThrow().deleted());
        assertEquals(403, refusedWith(signed(cavage(actor), INBOX, follow(actor))));
    }

    private static SignedRequest signedGet(String actor) {
        ObjectUri target = ObjectUri.parse("https://village.example/users/alice/statuses/1");
        List<Header> headers = new ArrayList<>(cavage(actor).sign(new OutgoingRequest("GET", target, new byte[0])));
        headers.add(new Header("Host", "village.example"));
        return new SignedRequest("GET", target, headers, new byte[0]);
    }

    @Test
    void publicReadingFetchesNobodysKey() {
        String actor = world.settle("far", "reader");
        assertTrue(check.viewerIfKnown(signedGet(actor)).isAnonymous());
        assertEquals(0, world.fediverse.requests().size());
        assertFalse(check.viewer(signedGet(actor)).isAnonymous());
        assertFalse(check.viewerIfKnown(signedGet(actor)).isAnonymous());
    }

    @Test
    void hostileInput41_bodyNotCoveredByTheSignatureIsRefused() {
        String actor = world.settle("far", "swapped");
        SignedRequest request = signed(cavage(actor), INBOX, follow(actor));
        byte[] other = follow(actor).replace("Follow", "Block").getBytes(StandardCharsets.UTF_8);
        assertEquals(401, refusedWith(new SignedRequest("POST", INBOX, request.headers(), other)));
    }

    @Test
    void hostileInput34_localActorCannotSpeakThroughTheInbox() {
        String alice = world.posts.village.account(Village.ALICE).uri();
        assertEquals(403, refusedWith(signed(cavage(alice), INBOX, follow(alice))));
    }

    @Test
    void farewellOfAnActorNeverSeenIsDroppedWithoutAFetch() {
        String stranger = world.fediverse.url("far", "/users/never-seen");
        reception.receive(TYPE, signed(cavage(stranger), INBOX, """
            {"type": "Delete", "actor": "%1$s", "object": "%1$s"}""".formatted(stranger)));
        assertFalse(isQueued());
        assertEquals(0, world.fediverse.requests().size());
    }

    @Test
    void hostileInput11_unreachableKeyIsAskedForOnceAndAnsweredWith503() {
        String actor = world.fediverse.url("evil", "/users/down");
        world.fediverse.answer(actor, request -> Answer.status(500));
        assertEquals(503, refusedWith(signed(cavage(actor), INBOX, follow(actor))));
        assertEquals(503, refusedWith(signed(cavage(actor), INBOX, follow(actor))));
        assertEquals(1, world.fediverse.count(actor));
    }

    @Test
    void profileOfAnActorNeverSeenIsDroppedWithoutAFetch() {
        String stranger = world.fediverse.url("far", "/users/never-seen-either");
        reception.receive(TYPE, signed(cavage(stranger), INBOX, """
            {"type": "Update", "actor": "%1$s", "object": {"type": "Person", "id": "%1$s"}}""".formatted(stranger)));
        assertFalse(isQueued());
        assertEquals(0, world.fediverse.requests().size());
    }

    private boolean isCompared() {
        return database.exists("select from job where kind = 'followers_synchronization'");
    }

    private static Header synchronization(String actor) {
        return new Header("Collection-Synchronization", "collectionId=\"%1$s/followers\", url=\"%1$s/part\", digest=\"%2$s\""
            .formatted(actor, "a".repeat(64)));
    }

    @Test
    void signedDigestOfFollowersThatIsNotOursIsLookedInto() {
        String actor = world.settle("far", "comparing");
        reception.receive(TYPE, signed(new CavageSigner(actor + "#main-key", FederationWorld.key().getPrivate(), Clock.systemUTC(),
            List.of(synchronization(actor))), INBOX, follow(actor)));
        assertTrue(isCompared());
    }

    @Test
    void digestOfFollowersOutsideTheSignatureIsNoWordOfTheActors() {
        String actor = world.settle("far", "uncovered");
        RequestSigner signer = cavage(actor);
        reception.receive(TYPE, signed(request -> Stream.concat(signer.sign(request).stream(), Stream.of(synchronization(actor))).toList(), INBOX, follow(actor)));
        assertFalse(isCompared());
    }

    private static SignedRequest get(String path, RequestSigner signer) {
        ObjectUri target = ObjectUri.parse("https://village.example" + path);
        List<Header> headers = new ArrayList<>(signer.sign(new OutgoingRequest("GET", target, new byte[0])));
        headers.add(new Header("Host", target.host().value()));
        return new SignedRequest("GET", target, headers, new byte[0]);
    }

    @Test
    void whatOnlyServersWithASignatureGetIsRefusedToOthers() {
        assertEquals(401, assertThrows(Refusal.class, () -> check.requireSigned(get("/users/alice", request -> List.of()))).status());
        String actor = world.settle("far", "asking");
        assertEquals(actor, check.requireSigned(get("/users/alice", cavage(actor))).owner());
    }

    @Test
    void hostileInput40_suspendedSignerGetsNothing() {
        String actor = world.settle("far", "banned40");
        check.requireSigned(get("/users/alice", cavage(actor)));
        database.execute("update account set suspended_at = now() where uri = $1", actor);
        assertEquals(403, assertThrows(Refusal.class, () -> check.requireSigned(get("/users/alice", cavage(actor)))).status());
    }

    private boolean isLookedInto() {
        return database.exists("select from job where kind = 'forwarded'");
    }

    private static String forwardable(String actor) {
        return """
            {"id": "%1$s#create", "type": "Create", "actor": "%1$s", "object": "%1$s/1", "signature": {"type": "RsaSignature2017"}}""".formatted(actor);
    }

    @Test
    void whatAnotherPassesOnIsLookedIntoAndNotBelieved() {
        String author = world.settle("other", "author");
        String forwarder = world.settle("far", "forwarder");
        reception.receive(TYPE, signed(cavage(forwarder), INBOX, forwardable(author)));
        assertTrue(isLookedInto());
        assertFalse(isQueued());
    }

    @Test
    void hostileInput40_whatASuspendedActorPassesOnIsRefused() {
        String author = world.settle("other", "author40");
        String forwarder = world.settle("far", "forwarder40");
        reception.receive(TYPE, signed(cavage(forwarder), INBOX, follow(forwarder)));
        empty();
        database.execute("update account set suspended_at = now() where uri = $1", forwarder);
        told(forwarder);
        assertEquals(403, refusedWith(signed(cavage(forwarder), INBOX, forwardable(author))));
        assertFalse(isLookedInto());
    }

    @Test
    void hostileInput34_ownActivityThatComesBackIsRefused() {
        String forwarder = world.settle("far", "returning");
        assertEquals(403, refusedWith(signed(cavage(forwarder), INBOX, forwardable("https://village.example/users/alice"))));
        assertFalse(isLookedInto());
    }
}
