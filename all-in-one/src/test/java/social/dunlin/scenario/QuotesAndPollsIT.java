package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** Quotes under consent (FEP-044f) and votes between two whole servers over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotesAndPollsIT {
    private Server alpha;
    private Server beta;
    private Api alice;
    private Api bob;

    @BeforeAll
    void startBoth() {
        TestPostgres postgres = TestPostgres.start();
        alpha = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).start();
        beta = Server.overHttps("beta.test", postgres.uriOf(postgres.freshDatabase())).start();
        alice = alpha.newUser("alice");
        bob = beta.newUser("bob");
        follow(bob, "alice@" + alpha.domain(), alice);
        follow(alice, "bob@" + beta.domain(), bob);
    }

    @AfterAll
    void stopBoth() {
        alpha.close();
        beta.close();
    }

    private static void follow(Api follower, String handle, Api followed) {
        follower.post("/api/v1/accounts/" + FederationStory.find(follower, handle) + "/follow");
        String own = followed.get("/api/v1/accounts/verify_credentials").get("id").asText();
        Await.until(handle + " is followed", () -> followed.get("/api/v1/accounts/" + own).get("followers_count").asInt() == 1);
    }

    /** The post as it stands on the reader's server. */
    private static JsonNode arrived(Api reader, String text) {
        return Await.present("\"" + text + "\" arrives", () -> reader.findInHome(text));
    }

    private static JsonNode status(Api reader, String id) {
        return reader.get("/api/v1/statuses/" + id);
    }

    private static String stateOf(Api reader, String id) {
        return status(reader, id).at("/quote/state").asText();
    }

    private static Optional<JsonNode> notification(Api person, String type, String statusId) {
        for (JsonNode notification : person.get("/api/v1/notifications?types[]=" + type)) {
            if (notification.at("/status/id").asText().equals(statusId)) {
                return Optional.of(notification);
            }
        }
        return Optional.empty();
    }

    private static Api.Answer document(String uri) {
        return Api.send(HttpRequest.newBuilder(URI.create(uri)).header("Accept", "application/activity+json").build());
    }

    private static Api.Answer page(String uri) {
        return Api.send(HttpRequest.newBuilder(URI.create(uri)).header("Accept", "text/html").build());
    }

    @Test
    void quoteIsAskedForAcceptedShownEditedAndTakenBack() {
        String quoted = alice.post("/api/v1/statuses", Map.of("status", "A dunlin in the fog", "quote_approval_policy", "followers")).get("id").asText();
        JsonNode quotedAtBobs = arrived(bob, "A dunlin in the fog");
        assertEquals(List.of("followers", "automatic"), List.of(quotedAtBobs.at("/quote_approval/automatic/0").asText(),
            quotedAtBobs.at("/quote_approval/current_user").asText()));

        JsonNode quoting = bob.post("/api/v1/statuses", Map.of("status", "Look what she saw", "quoted_status_id", quotedAtBobs.get("id").asText()));
        String quotingAtBobs = quoting.get("id").asText();
        assertTrue(List.of("pending", "accepted").contains(quoting.at("/quote/state").asText()));
        Await.until("the stamp has come and holds", () -> stateOf(bob, quotingAtBobs).equals("accepted"));
        assertTrue(status(bob, quotingAtBobs).at("/quote/quoted_status/content").asText().contains("in the fog"));

        JsonNode note = document(quoting.get("uri").asText()).ok();
        String stamp = note.get("quoteAuthorization").asText();
        assertEquals(alice.get("/api/v1/statuses/" + quoted).get("uri"), note.get("quote"));
        assertEquals(quoting.get("uri"), document(stamp).ok().get("interactingObject"));

        String quotingAtAlices = arrived(alice, "Look what she saw").get("id").asText();
        Await.until("Alice sees her post in Bob's", () -> stateOf(alice, quotingAtAlices).equals("accepted"));
        Await.present("Alice hears of it", () -> notification(alice, "quote", quotingAtAlices));
        assertEquals(1, status(alice, quoted).get("quotes_count").asInt());
        assertEquals(quotingAtAlices, alice.get("/api/v1/statuses/" + quoted + "/quotes").get(0).get("id").asText());
        String card = page(quoting.get("url").asText()).body();
        assertTrue(card.contains("<blockquote class=\"quote\"") && card.contains("A dunlin in the fog"), card);

        alice.put("/api/v1/statuses/" + quoted, Map.of("status", "A dunlin in the sun"));
        Await.until("the edit shows in the quote", () ->
            status(bob, quotingAtBobs).at("/quote/quoted_status/content").asText().contains("in the sun"));
        Await.present("Bob hears that it was edited", () -> notification(bob, "quoted_update", quotingAtBobs));

        JsonNode answer = alice.post("/api/v1/statuses/" + quoted + "/quotes/" + quotingAtAlices + "/revoke");
        assertEquals("revoked", answer.at("/quote/state").asText());
        assertTrue(answer.at("/quote/quoted_status").isNull());
        Await.until("Bob's server obeys", () -> stateOf(bob, quotingAtBobs).equals("revoked"));
        assertEquals(410, document(stamp).status());
        assertFalse(document(quoting.get("uri").asText()).ok().has("quote"));
        assertEquals(0, status(alice, quoted).get("quotes_count").asInt());
        String without = page(quoting.get("url").asText()).body();
        assertFalse(without.contains("<blockquote class=\"quote\""));
        assertTrue(without.contains("does not want it to be shown here"), without);
    }

    @Test
    void policyThatForbidsQuotingReachesTheOtherServer() {
        String quoted = alice.post("/api/v1/statuses", Map.of("status", "Mine alone")).get("id").asText();
        String atBobs = arrived(bob, "Mine alone").get("id").asText();
        JsonNode changed = alice.put("/api/v1/statuses/" + quoted + "/interaction_policy", Map.of("quote_approval_policy", "nobody"));
        assertTrue(changed.at("/quote_approval/automatic").isEmpty() && changed.get("edited_at").isNull());
        Await.until("Bob's client can know", () -> status(bob, atBobs).at("/quote_approval/current_user").asText().equals("denied"));
        assertEquals(404, bob.send("POST", "/api/v1/statuses", Map.of("status", "Let me", "quoted_status_id", atBobs)).status());
    }

    @Test
    void localQuoteIsDecidedAtOnceAndItsStampConvincesOthers() {
        Api carla = alpha.newUser("carla");
        String quoted = carla.post("/api/v1/statuses", Map.of("status", "Said at home")).get("id").asText();
        JsonNode quoting = alice.post("/api/v1/statuses", Map.of("status", "Carla is right", "quoted_status_id", quoted));
        assertEquals("accepted", quoting.at("/quote/state").asText());
        String atBobs = arrived(bob, "Carla is right").get("id").asText();
        Await.until("Bob's server has fetched the post and its stamp", () -> stateOf(bob, atBobs).equals("accepted"));
        assertTrue(status(bob, atBobs).at("/quote/quoted_status/content").asText().contains("Said at home"));
        Server.Finished posted = alpha.tryRunWithInput("From the command line", "post", "--as", "alice", "--quote", quoted);
        assertEquals(0, posted.exitCode(), posted.output());
        assertTrue(Api.find(carla.get("/api/v1/statuses/" + quoted + "/quotes"), "From the command line").isPresent());
    }

    @Test
    void voteFromAnotherServerCountsOnceAndTheTalliesComeBack() {
        JsonNode asked = alice.post("/api/v1/statuses", Map.of("status", "Which bird?",
            "poll", Map.of("options", List.of("Dunlin", "Knot", "Sanderling"), "expires_in", 3600, "multiple", true)));
        JsonNode atBobs = arrived(bob, "Which bird?");
        String poll = atBobs.at("/poll/id").asText();
        JsonNode voted = bob.post("/api/v1/polls/" + poll + "/votes", Map.of("choices", List.of(0, 2)));
        assertEquals("[1,0,1]", tallies(voted));
        assertTrue(voted.get("voted").asBoolean());
        assertEquals(422, bob.send("POST", "/api/v1/polls/" + poll + "/votes", Map.of("choices", List.of(0))).status());
        String pollAtAlices = asked.at("/poll/id").asText();
        Await.until("both votes are counted", () -> tallies(alice.get("/api/v1/polls/" + pollAtAlices)).equals("[1,0,1]"));
        assertEquals(1, alice.get("/api/v1/polls/" + pollAtAlices).get("voters_count").asInt());

        Api dina = alpha.newUser("dina");
        dina.post("/api/v1/polls/" + pollAtAlices + "/votes", Map.of("choices", List.of(1)));
        Await.until("Bob's server is told the new tallies", Duration.ofMinutes(8), () -> tallies(bob.get("/api/v1/polls/" + poll)).equals("[1,1,1]"));
        assertEquals(2, bob.get("/api/v1/polls/" + poll).get("voters_count").asInt());
        assertEquals("[0,2]", bob.get("/api/v1/polls/" + poll).get("own_votes").toString());
    }

    private static String tallies(JsonNode poll) {
        return poll.get("options").valueStream().map(option -> option.get("votes_count").asInt()).toList().toString().replace(" ", "");
    }
}
