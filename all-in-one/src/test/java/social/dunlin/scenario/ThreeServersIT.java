package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/**
 * What takes three whole servers to see: Alice lives at the first, Bob at the second, Carol at the third. The second
 * gives nothing to anybody unsigned and proves what its people write.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeServersIT {
    private final TestPostgres postgres = TestPostgres.start();
    private final String alphasDatabase = postgres.freshDatabase();
    private final String gammasDatabase = postgres.freshDatabase();
    private Server alpha;
    private Server beta;
    private Server gamma;
    private Api alice;
    private Api bob;
    private Api carol;

    @BeforeAll
    void start() {
        alpha = Server.overHttps("alpha.test", postgres.uriOf(alphasDatabase)).start();
        beta = Server.overHttps("beta.test", postgres.uriOf(postgres.freshDatabase()))
            .with("DUNLIN_FEDERATION_SECURE_MODE", "true").with("DUNLIN_FEDERATION_INTEGRITY_PROOFS", "true").start();
        gamma = Server.overHttps("gamma.test", postgres.uriOf(gammasDatabase)).start();
        alice = alpha.newUser("alice");
        bob = beta.newUser("bob");
        carol = gamma.newUser("carol");
        follow(bob, "alice@" + alpha.domain());
    }

    @AfterAll
    void stop() {
        alpha.close();
        beta.close();
        gamma.close();
    }

    private static String follow(Api follower, String handle) {
        String id = FederationStory.find(follower, handle);
        follower.post("/api/v1/accounts/" + id + "/follow");
        Await.until("the follow of " + handle + " is accepted", () ->
            follower.get("/api/v1/accounts/relationships?id[]=" + id).get(0).get("following").asBoolean());
        return id;
    }

    private JsonNode postOfAlice(String text) {
        JsonNode post = alice.post("/api/v1/statuses", Map.of("status", text));
        Await.present("it reaches Bob", () -> bob.findInHome(text));
        return post;
    }

    private JsonNode replyOfBob(String to, String text) {
        String id = bob.findInHome(to).orElseThrow().get("id").asText();
        return bob.post("/api/v1/statuses", Map.of("status", text, "in_reply_to_id", id));
    }

    private static Optional<JsonNode> below(Api reader, String status, String text) {
        return Api.find(reader.get("/api/v1/statuses/" + status + "/context").get("descendants"), text);
    }

    private static int get(String url) {
        return Api.send(HttpRequest.newBuilder(URI.create(url)).header("Accept", FakeServer.ACTIVITY_JSON).build()).status();
    }

    @Test
    void threadOpenedByAReaderElsewhereBecomesWhole() {
        // Nobody at Carol's server follows Agnes, so that nothing is sent there.
        Api agnes = alpha.newUser("agnes");
        follow(bob, "agnes@" + alpha.domain());
        String post = agnes.post("/api/v1/statuses", Map.of("status", "The beginning of a talk")).get("id").asText();
        Await.present("it reaches Bob", () -> bob.findInHome("The beginning of a talk"));
        replyOfBob("The beginning of a talk", "An answer Carol never got");
        Await.present("Agnes has the answer", () -> below(agnes, post, "An answer Carol"));
        bob.post("/api/v1/statuses/" + bob.findInHome("The beginning of a talk").orElseThrow().get("id").asText() + "/favourite");
        Await.until("and the favourite", () -> agnes.get("/api/v1/statuses/" + post).get("favourites_count").asInt() == 1);

        String uri = agnes.get("/api/v1/statuses/" + post).get("uri").asText();
        String here = Await.present("Carol finds the post", () -> {
            JsonNode found = carol.get("/api/v2/search?resolve=true&type=statuses&q=" + uri.replace(":", "%3A")).get("statuses");
            return found.isEmpty() ? Optional.<String>empty() : Optional.of(found.get(0).get("id").asText());
        });
        assertTrue(carol.get("/api/v1/statuses/" + here + "/context").get("descendants").isEmpty(), "nobody waits");
        Await.until("the answer stands below", () -> below(carol, here, "An answer Carol").isPresent());
        assertEquals(1, carol.get("/api/v1/statuses/" + here).get("favourites_count").asInt());
    }

    @Test
    void replyIsSentOnToFollowersOfTheThreadsAuthor() {
        follow(carol, "alice@" + alpha.domain());
        postOfAlice("Who is there?");
        Await.present("it reaches Carol", () -> carol.findInHome("Who is there?"));
        String reply = replyOfBob("Who is there?", "I am, and Carol does not follow me").get("uri").asText();
        Await.until("Carol's server has the reply", () ->
            postgres.query(gammasDatabase, "select count(*) from status where uri = '" + reply + "'").iterator().next().getLong(0) == 1);
    }

    @Test
    void followThatOneSideHasLostEndsWithTheNextPostForFollowers() {
        Api dave = beta.newUser("dave");
        follow(dave, "alice@" + alpha.domain());
        Api erin = beta.newUser("erin");
        String aliceAtBeta = follow(erin, "alice@" + alpha.domain());
        postgres.execute(alphasDatabase, """
            delete from follow where account_id = (select id from account where username = 'erin')""");
        alice.post("/api/v1/statuses", Map.of("status", "For those who follow me", "visibility", "private"));
        Await.present("it reaches Dave", () -> dave.findInHome("For those who follow me"));
        Await.until("Erin follows no more", () ->
            !erin.get("/api/v1/accounts/relationships?id[]=" + aliceAtBeta).get(0).get("following").asBoolean());
        String aliceAtDaves = FederationStory.find(dave, "alice@" + alpha.domain());
        assertTrue(dave.get("/api/v1/accounts/relationships?id[]=" + aliceAtDaves).get(0).get("following").asBoolean());
    }

    @Test
    void secureServerGivesNothingUnsignedButItsInstanceActor() {
        JsonNode post = bob.post("/api/v1/statuses", Map.of("status", "Signed requests only"));
        String uri = post.get("uri").asText();
        String actor = beta.base() + "/users/bob";
        Stream.of(uri, uri + "/replies", uri + "/likes", uri + "/activity", actor, actor + "/outbox?page=true", actor + "/followers",
            actor + "/collections/featured", actor + "/followers_synchronization", beta.base() + "/contexts/" + post.get("id").asText())
            .forEach(url -> assertEquals(401, get(url), url));
        assertEquals(200, get(beta.base() + "/actor"));
        assertEquals(200, get(beta.base() + "/.well-known/webfinger?resource=acct:bob@" + beta.domain()));
        assertEquals(200, get(beta.base() + "/nodeinfo/2.0"));
        try (FakeServer elsewhere = FakeServer.start()) {
            FakeServer.Person signer = elsewhere.person("signer");
            Api.Answer answer = signer.get(uri);
            assertEquals(200, answer.status());
            assertTrue(answer.headers().firstValue("Vary").orElse("").contains("Signature"));
            JsonNode followers = signer.get(actor + "/followers_synchronization").json();
            assertTrue(followers.get("orderedItems").isEmpty(), "nobody of the signer's host follows Bob");
            bob.post("/api/v1/accounts/" + FederationStory.find(bob, signer.handle()) + "/block");
            assertEquals(404, signer.get(uri).status());
            assertEquals(403, signer.get(actor).status());
            assertFalse(signer.get(actor + "/outbox?page=true").status() == 200);
        }
    }

    @Test
    void accountThatMovesTakesItsFollowersAlong() {
        Api moe = alpha.newUser("moe");
        Api near = alpha.newUser("nearby");
        follow(near, "moe@" + alpha.domain());
        follow(bob, "moe@" + alpha.domain());
        Api home = gamma.newUser("moe");
        String handle = "moe@" + gamma.domain();
        Map<String, String> form = Map.of("moved_to_uri", gamma.base() + "/users/moe", "password", "correct horse moe");
        assertEquals(422, moe.send("POST", "/api/v1/accounts/move", form).status(), "the new account has not named the old one");
        home.post("/api/v1/accounts/alias", Map.of("also_known_as_uris", List.of(alpha.base() + "/users/moe")));
        assertEquals(202, moe.send("POST", "/api/v1/accounts/move", form).status());
        assertEquals(403, moe.send("POST", "/api/v1/statuses", Map.of("status", "still here?")).status());
        for (Api follower : List.of(near, bob)) {
            String id = FederationStory.find(follower, handle);
            Await.until("the follower follows the new account", () ->
                follower.get("/api/v1/accounts/relationships?id[]=" + id).get(0).get("following").asBoolean());
        }
        home.post("/api/v1/statuses", Map.of("status", "Settled in"));
        Await.present("it reaches who followed before", () -> bob.findInHome("Settled in"));
        assertEquals(handle, alpha.anonymous().get("/api/v1/accounts/lookup?acct=moe").at("/moved/acct").asText());
    }

    @Test
    void suspendedAccountIsOverForOtherServersToo() {
        Api ned = alpha.newUser("ned");
        follow(bob, "ned@" + alpha.domain());
        ned.post("/api/v1/statuses", Map.of("status", "Soon unheard"));
        Await.present("it reaches Bob", () -> bob.findInHome("Soon unheard"));
        String actor = alpha.base() + "/users/ned";
        assertEquals(200, get(actor));
        assertTrue(alpha.run("admin", "suspend", "ned").contains("@ned@" + alpha.domain()));
        assertEquals(410, get(actor));
        assertEquals(410, get(alpha.base() + "/.well-known/webfinger?resource=acct:ned@" + alpha.domain()));
        Await.until("the token is worth nothing", () -> ned.send("GET", "/api/v1/accounts/verify_credentials", null).status() == 401);
        Await.until("Bob's server has deleted the account", () -> bob.findInHome("Soon unheard").isEmpty());
        assertTrue(alpha.run("admin", "unsuspend", "ned").contains("@ned@" + alpha.domain()));
        assertEquals(200, get(actor));
    }

    @Test
    void contextOfAThreadListsItsPosts() {
        JsonNode post = postOfAlice("Collected");
        String reply = replyOfBob("Collected", "Listed").get("uri").asText();
        String context = alpha.base() + "/contexts/" + post.get("id").asText();
        Await.until("both posts are listed", () -> {
            JsonNode items = Api.send(HttpRequest.newBuilder(URI.create(context)).header("Accept", FakeServer.ACTIVITY_JSON).build()).ok().get("orderedItems");
            return items.size() == 2 && items.get(0).asText().equals(post.get("uri").asText()) && items.get(1).asText().equals(reply);
        });
    }

    @Test
    void relaysAreManagedOnTheCommandLine() {
        try (FakeServer relay = FakeServer.start()) {
            String url = relay.base() + "/inbox";
            assertTrue(alpha.run("admin", "relay", "add", url).contains(url));
            Await.until("the relay is asked", () -> relay.requests().stream()
                .anyMatch(request -> request.target().equals("/inbox") && request.body().contains("\"Follow\"")));
            assertTrue(alpha.run("admin", "relay", "list").contains("pending   " + url));
            assertFalse(alpha.run("admin", "relay", "remove", url).contains(url));
            Await.until("and told", () -> relay.requests().stream().anyMatch(request -> request.body().contains("\"Undo\"")));
        }
    }
}
