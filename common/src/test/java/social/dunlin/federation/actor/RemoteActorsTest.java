package social.dunlin.federation.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.ActorFetch.Found;
import social.dunlin.federation.actor.ActorFetch.Gone;
import social.dunlin.federation.actor.ActorFetch.Refused;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.signature.KeyLookup;
import social.dunlin.federation.signature.Keys;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteActorsTest {
    private FederationWorld world;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        world = new FederationWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        world.close();
    }

    private ActorFetch fetch(String uri) {
        return world.actors.byUri(uri, Budgets.forActivity());
    }

    private Account found(String uri) {
        return assertInstanceOf(Found.class, fetch(uri)).account();
    }

    @Test
    void actorIsTakenWhenWebFingerLeadsBackToIt() {
        String uri = world.settle("far", "nora");
        Account account = found(uri);
        assertEquals("nora@" + world.fediverse.host("far"), account.handle());
        assertEquals("<p>hello</p>", account.note());
        assertFalse(account.isLocal());
    }

    @Test
    void everyFetchIsSignedByTheInstanceActor() {
        String uri = world.settle("far", "signed");
        found(uri);
        List<String> signatures = world.fediverse.requests().stream().filter(request -> request.url().equals(uri))
            .map(request -> request.headers().get("Signature").getFirst()).toList();
        assertTrue(signatures.getFirst().startsWith("keyId=\"https://village.example/actor#main-key\""), signatures.toString());
    }

    @Test
    void storedActorIsNotFetchedAgain() {
        String uri = world.settle("far", "once");
        found(uri);
        found(uri);
        assertEquals(1, world.fediverse.count(uri));
    }

    @Test
    void actorWhoseWebFingerNamesAnotherIsRefused() {
        String uri = world.settle("far", "posing");
        world.fediverse.finger("far", "posing", world.fediverse.url("far", "/users/real"));
        assertInstanceOf(Refused.class, fetch(uri));
        assertTrue(world.accounts.byUri(uri).isEmpty());
    }

    /** {@code alice@elsewhere.example} behind one's own host would read as somebody else. */
    @ParameterizedTest
    @ValueSource(strings = {"alice@elsewhere.example", "two words", "../up", "<b>", ""})
    void webFingerGivesNoNameThatIsNone(String name) {
        String username = "odd" + Integer.toHexString(name.hashCode());
        String uri = world.settle("evil", username);
        String subject = name + "@" + world.fediverse.host("evil");
        Answer answer = new Answer(200, "application/jrd+json", """
            {"subject": "acct:%s", "links": [{"rel": "self", "type": "application/activity+json", "href": "%s"}]}""".formatted(subject, uri), Map.of());
        for (String asked : List.of(username, name)) {
            world.fediverse.answer(world.fediverse.url("evil", "/.well-known/webfinger?resource="
                + URLEncoder.encode("acct:" + asked + "@" + world.fediverse.host("evil"), StandardCharsets.UTF_8)), request -> answer);
        }
        assertInstanceOf(Refused.class, fetch(uri));
        assertTrue(world.accounts.byUri(uri).isEmpty());
    }

    /** It becomes a link on a page of ours: what is no web address is none. */
    @Test
    void serverSaysWhereItsPeopleFollowAndAnswer() {
        String name = "homebody";
        for (String template : List.of("https://far.example/authorize_interaction?uri={uri}", "javascript:alert('{uri}')", "https://far.example/no-place", "{uri}", "")) {
            world.fediverse.answer(world.fediverse.url("far", "/.well-known/webfinger?resource="
                + URLEncoder.encode("acct:" + name + "@" + world.fediverse.host("far"), StandardCharsets.UTF_8)), request -> new Answer(200, "application/jrd+json", """
                {"subject": "acct:x", "links": [{"rel": "self"}, {"rel": "http://ostatus.org/schema/1.0/subscribe", "template": "%s"}]}""".formatted(template), Map.of()));
            assertEquals(template.startsWith("https://far.example/auth"),
                world.webFinger.interactionTemplate(name, world.fediverse.host("far"), Budgets.forLookup()).filter(template::equals).isPresent(), template);
        }
        assertTrue(world.webFinger.interactionTemplate("nobody", world.fediverse.host("far"), Budgets.forLookup()).isEmpty());
    }

    @Test
    void hostileInput19_redirectingHostCannotPoseAsTheFirstOne() {
        String victim = world.fediverse.url("victim", "/users/v19");
        String evil = world.fediverse.url("evil", "/copy");
        world.fediverse.answer(victim, request -> Answer.redirect(evil));
        world.fediverse.serve(evil, world.actor("victim", "v19"));
        world.fediverse.finger("victim", "v19", victim);
        assertInstanceOf(Refused.class, fetch(victim));
        assertTrue(world.accounts.byUri(victim).isEmpty());
    }

    @Test
    void hostileInput20_documentWithAnotherServersIdIsNotStored() {
        String victim = world.settle("victim", "v20");
        String evil = world.fediverse.url("evil", "/a");
        world.fediverse.serve(evil, world.actor("victim", "v20").replace("hello", "stolen"));
        assertInstanceOf(Refused.class, fetch(evil));
        assertTrue(world.accounts.byUri(victim).isEmpty());
    }

    @Test
    void pageAddressLeadsToTheActorOfTheSameOrigin() {
        String uri = world.settle("far", "paged");
        String page = world.fediverse.url("far", "/@paged");
        world.fediverse.serve(page, world.actor("far", "paged"));
        assertEquals(uri, found(page).uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example/inbox", "http://far.example/inbox", "https://user@far.example/inbox", "https://fär.example/inbox"})
    void hostileInput31_actorWithAForeignInboxIsRefused(String inbox) {
        String name = "u" + Integer.toHexString(inbox.hashCode());
        String uri = world.fediverse.url("far", "/users/" + name);
        world.fediverse.serve(uri, FederationWorld.actor(uri, name, inbox));
        world.fediverse.finger("far", name, uri);
        assertInstanceOf(Refused.class, fetch(uri));
    }

    @Test
    void hostileInput31_otherForeignAddressesAreDropped() {
        String uri = world.settle("far", "mixed");
        world.fediverse.serve(uri, world.actor("far", "mixed").replace(uri + "/outbox", "https://elsewhere.example/outbox")
            .replace(uri + "/followers", "https://elsewhere.example/followers").replace(uri + "/page", "https://elsewhere.example/@mixed"));
        Account account = found(uri);
        assertNull(account.outboxUrl());
        assertNull(account.followersUrl());
        assertNull(account.url());
    }

    /** Hosts of inboxes are taken out of them in SQL, so that what looks like SQL must come through everywhere as what it is. */
    @Test
    void hostileInput35_inboxThatLooksLikeSqlIsPlainData() {
        String uri = world.settle("evil", "e35");
        String inbox = uri + "/inbox';update/**/account/**/set/**/display_name='stolen';--";
        world.fediverse.serve(uri, world.actor("evil", "e35").replace(uri + "/inbox", inbox));
        Account account = found(uri);
        assertEquals(inbox, account.inboxUrl());
        world.outbox.blocked(Village.ALICE, account.id());
        assertTrue(world.database.exists("select from delivery where inbox_url = $1 and host = $2", inbox, world.fediverse.host("evil")));
        assertFalse(world.database.exists("select from account where display_name = 'stolen'"));
    }

    @Test
    void feedOfCommunitiesIsAGroup() {
        String uri = world.settle("far", "feed");
        world.fediverse.serve(uri, world.actor("far", "feed").replace("\"Person\"", "\"Feed\""));
        assertTrue(found(uri).isGroup());
    }

    @Test
    void actorUpdatesItself() throws MalformedDocument {
        Account before = found(world.settle("far", "changing"));
        String document = world.actor("far", "changing").replace("hello", "changed");
        assertInstanceOf(Found.class, update(before, document));
        assertEquals("<p>changed</p>", world.accounts.byUri(before.uri()).orElseThrow().note());
    }

    @Test
    void hostileInput34_actorCannotUpdateAnotherNorALocalOne() throws MalformedDocument {
        Account evil = found(world.settle("evil", "e34"));
        Account victim = found(world.settle("victim", "v34"));
        assertInstanceOf(Refused.class, update(evil, world.actor("victim", "v34").replace("hello", "stolen")));
        Account alice = world.posts.village.account(Village.ALICE);
        assertInstanceOf(Refused.class, update(evil, FederationWorld.actor(alice.uri(), "alice", alice.inboxUrl()).replace("hello", "stolen")));
        assertInstanceOf(Refused.class, update(alice, FederationWorld.actor(alice.uri(), "alice", alice.inboxUrl()).replace("hello", "stolen")));
        assertEquals(victim.note(), world.accounts.byUri(victim.uri()).orElseThrow().note());
        assertEquals(alice.note(), world.posts.village.account(Village.ALICE).note());
    }

    @Test
    void hostileInput34_newNameCountsOnlyWhenWebFingerLeadsBack() throws MalformedDocument {
        Account account = found(world.settle("evil", "renaming"));
        String document = world.actor("evil", "renaming").replace("\"preferredUsername\": \"renaming\"", "\"preferredUsername\": \"famous\"");
        assertInstanceOf(Refused.class, update(account, document));
        assertEquals("renaming", world.accounts.byUri(account.uri()).orElseThrow().username());
    }

    @Test
    void hostileInput34_keyOwnedBySomebodyElseIsNotTaken() throws MalformedDocument {
        Account account = found(world.settle("evil", "rebinding"));
        String victimKey = world.fediverse.url("victim", "/users/v34k#main-key");
        update(account, world.actor("evil", "rebinding").replace(account.uri() + "#main-key", victimKey));
        assertFalse(world.database.exists("select from account_key where key_id = $1", victimKey));
    }

    private ActorFetch update(Account sender, String document) throws MalformedDocument {
        return world.actors.update(sender, Vocabulary.read(ActivityJson.parse(document.getBytes())), Budgets.forActivity());
    }

    @Test
    void goneActorIsDeletedWithItsPosts() {
        String uri = world.settle("far", "leaving");
        Account account = found(uri);
        Status last = world.posts.remotePost(account.id(), "last-words", Visibility.PUBLIC);
        world.database.execute("insert into media_attachment (id, account_id, status_id) values (1, $1, $2)", account.id(), last.id());
        world.fediverse.answer(uri, request -> Answer.status(410));
        assertInstanceOf(Gone.class, world.actors.fetch(uri, Budgets.forActivity()));
        assertTrue(world.accounts.byUri(uri).orElseThrow().deletedAt() != null);
        assertFalse(world.database.exists("select from status where account_id = $1", account.id()));
        assertFalse(world.database.exists("select from media_attachment where account_id = $1", account.id()));
        assertInstanceOf(Gone.class, fetch(uri));
    }

    @Test
    void keyOfAnUnknownActorIsFoundThroughItsDocument() {
        String uri = world.settle("other", "keyed");
        KeyLookup.Found key = assertInstanceOf(KeyLookup.Found.class, world.keys.find(uri + "#main-key"));
        assertEquals(uri, key.owner());
    }

    @Test
    void stubKeyDocumentLeadsToItsOwner() {
        String uri = world.settle("other", "stubbed");
        String keyId = uri + "/main-key";
        world.fediverse.serve(uri, world.actor("other", "stubbed").replace(uri + "#main-key", keyId));
        world.fediverse.serve(keyId, """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%1$s", "type": "Person", "preferredUsername": "stubbed",
             "publicKey": {"id": "%1$s/main-key", "owner": "%1$s", "publicKeyPem": "%2$s"}}"""
            .formatted(uri, FederationWorld.publicKeyPem().replace("\n", "\\n")));
        KeyLookup.Found key = assertInstanceOf(KeyLookup.Found.class, world.keys.find(keyId));
        assertEquals(uri, key.owner());
    }

    @Test
    void hostileInput29_keyDocumentOfAnotherServersActorIsRefusedAndNotKept() {
        String victim = world.settle("victim", "v29");
        String keyId = world.fediverse.url("evil", "/k");
        world.fediverse.serve(keyId, world.actor("victim", "v29").replace("\"id\": \"" + victim + "#main-key\"", "\"id\": \"" + keyId + "\""));
        assertInstanceOf(KeyLookup.Unknown.class, world.keys.find(keyId));
        assertFalse(world.database.exists("select from account_key where key_id = $1", keyId));
    }

    @Test
    void hostileInput11_unreachableKeyIsFetchedOnce() {
        String keyId = world.fediverse.url("evil", "/users/flood#main-key");
        world.fediverse.answer(world.fediverse.url("evil", "/users/flood"), request -> Answer.status(500));
        for (int attempt = 0; attempt < 1000; attempt++) {
            assertInstanceOf(KeyLookup.Unreachable.class, world.keys.find(keyId));
        }
        assertEquals(1, world.fediverse.count(world.fediverse.url("evil", "/users/flood")));
    }

    @Test
    void hostileInput11_actorThatLeadsNowhereIsNotLookedForAtAThirdServerAgain() {
        String uri = world.settle("evil", "mirror");
        world.fediverse.serve(uri, world.actor("evil", "mirror").replace("\"name\"", "\"webfinger\": \"mirror@" + world.fediverse.host("victim") + "\", \"name\""));
        world.fediverse.forgetRequests();
        for (int attempt = 0; attempt < 20; attempt++) {
            assertInstanceOf(KeyLookup.Unknown.class, world.keys.find(uri + "#main-key"));
        }
        assertEquals(1, world.fediverse.requests().stream().filter(request -> request.url().contains(world.fediverse.host("victim"))).count());
        assertEquals(1, world.fediverse.count(uri));
    }

    @Test
    void slowServersOfOneOwnerLeavePlacesForOthers() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(4);
        CountDownLatch answered = new CountDownLatch(1);
        for (int number = 0; number < 5; number++) {
            world.fediverse.answer(world.fediverse.url("evil", "/users/slow" + number), request -> {
                asked.countDown();
                await(answered);
                return Answer.status(500);
            });
        }
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                IntStream.range(0, 4).forEach(number -> senders.submit(() -> world.keys.find(world.fediverse.url("evil", "/users/slow" + number))));
                asked.await();
                assertInstanceOf(KeyLookup.Unreachable.class, world.keys.find(world.fediverse.url("evil", "/users/slow4")));
                assertEquals(0, world.fediverse.count(world.fediverse.url("evil", "/users/slow4")));
                assertInstanceOf(KeyLookup.Found.class, world.keys.find(world.settle("far", "prompt") + "#main-key"));
            } finally {
                answered.countDown();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void staleKeyIsFetchedAnewOnce() {
        String uri = world.settle("other", "rotating");
        found(uri);
        world.database.execute("update account set fetched_at = now() - interval '1 hour' where uri = $1", uri);
        world.keys.refresh(uri + "#main-key");
        world.keys.refresh(uri + "#main-key");
        assertEquals(2, world.fediverse.count(uri));
    }

    @Test
    void handleFreedByAnotherActorIsGivenToTheNewOne() {
        String first = world.settle("other", "renewed");
        Account before = found(first);
        String second = world.fediverse.url("other", "/actors/2");
        world.fediverse.serve(second, FederationWorld.actor(second, "renewed", second + "/inbox"));
        world.fediverse.finger("other", "renewed", second);
        assertEquals("renewed", found(second).username());
        assertTrue(world.accounts.byId(before.id()).orElseThrow().deletedAt() != null);
    }

    @Test
    void actorThatCannotBeRefreshedIsLeftAloneForAWhile() {
        String uri = world.settle("far", "lost");
        found(uri);
        world.fediverse.answer(uri, request -> Answer.status(404));
        assertInstanceOf(Refused.class, world.actors.refresh(uri, Budgets.forActivity()));
        world.database.execute("delete from fetch_failure");
        assertInstanceOf(ActorFetch.Found.class, world.actors.refresh(uri, Budgets.forActivity()));
        assertEquals(2, world.fediverse.count(uri));
    }

    @Test
    void failuresAreForgottenWhenAnActorCanBeHadAgain() {
        String uri = world.settle("far", "moody");
        String document = world.actor("far", "moody");
        world.fediverse.answer(uri, request -> Answer.status(503));
        assertInstanceOf(ActorFetch.Unreachable.class, fetch(uri));
        world.database.execute("update fetch_failure set failures = 12, retry_after = now() - interval '1 second' where uri = $1", uri);
        world.fediverse.serve(uri, document);
        found(uri);
        assertFalse(world.database.exists("select from fetch_failure where uri = $1", uri));
    }

    @Test
    void hostBackFromALongOutageWithNewKeysIsHeardAtOnce() {
        String uri = world.settle("far", "returned");
        String document = world.actor("far", "returned");
        Account account = found(uri);
        world.fediverse.answer(uri, request -> Answer.status(503));
        assertInstanceOf(ActorFetch.Unreachable.class, world.actors.refresh(uri, Budgets.forActivity()));
        world.database.execute("update account set fetched_at = now() - interval '9 days', refresh_leased_until = now() + interval '7 days' where id = $1",
            account.id());
        String renewed = Keys.writePublicPem(Keys.generateRsa().getPublic());
        world.fediverse.serve(uri, document.replace(FederationWorld.publicKeyPem().replace("\n", "\\n"), renewed.replace("\n", "\\n")));
        KeyLookup.Found key = assertInstanceOf(KeyLookup.Found.class, world.keys.refresh(uri + "#main-key"));
        assertEquals(renewed, Keys.writePublicPem(key.key()));
    }

    @Test
    void keyThatIsBeingAskedForElsewhereIsNoReasonToRefuse() {
        String uri = world.settle("far", "asked");
        Account account = found(uri);
        world.database.execute("update account set fetched_at = now() - interval '9 days', key_leased_until = now() + interval '1 minute' where id = $1",
            account.id());
        assertInstanceOf(KeyLookup.Unreachable.class, world.keys.refresh(uri + "#main-key"));
        assertEquals(1, world.fediverse.count(uri));
    }

    @Test
    void staleAccountIsAnsweredAtOnceAndFetchedByAJob() {
        String uri = world.settle("far", "stale");
        Account account = found(uri);
        world.database.execute("update account set fetched_at = now() - interval '2 days' where id = $1", account.id());
        assertEquals(account.id(), assertInstanceOf(Found.class,
            world.actors.byHandle("stale", world.fediverse.host("far"), Budgets.forLookup())).account().id());
        assertEquals(1, world.fediverse.count(uri));
        assertTrue(world.database.exists("select from job where kind = $1 and payload = $2", ActorRefresh.KIND, uri));
    }

    @Test
    void accountWhoseRefreshFailedLatelyIsLeftAlone() {
        String uri = world.settle("far", "resting");
        Account account = found(uri);
        world.database.execute("update account set fetched_at = now() - interval '2 days', refresh_leased_until = now() + interval '1 hour' where id = $1",
            account.id());
        world.actors.freshenLater(world.accounts.byUri(uri).orElseThrow());
        assertFalse(world.database.exists("select from job where kind = $1 and payload = $2", ActorRefresh.KIND, uri));
    }
}
