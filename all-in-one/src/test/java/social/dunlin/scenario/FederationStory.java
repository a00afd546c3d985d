package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The main job, played between two servers whichever way they are run: follow, post, reply, boost,
 * favourite, edit, delete, unfollow, each seen arriving on the other side.
 */
final class FederationStory {
    private final Api alice;
    private final String alicesDomain;
    private final Api bob;
    private final String bobsDomain;

    /** Alice and Bob are confirmed users {@code alice} and {@code bob} of two different servers. */
    FederationStory(Api alice, String alicesDomain, Api bob, String bobsDomain) {
        this.alice = alice;
        this.alicesDomain = alicesDomain;
        this.bob = bob;
        this.bobsDomain = bobsDomain;
    }

    void play() {
        String aliceAtBobs = find(bob, "alice@" + alicesDomain);
        String bobAtAlices = find(alice, "bob@" + bobsDomain);
        follow(bob, aliceAtBobs, alice, bobAtAlices);

        String post = alice.post("/api/v1/statuses", Map.of("status", "Hello from the shore, @bob@" + bobsDomain + " #birds")).get("id").asText();
        JsonNode received = Await.present("Alice's post is in Bob's home", () -> bob.findInHome("Hello from the shore"));
        assertEquals("alice@" + alicesDomain, received.at("/account/acct").asText());
        assertEquals("birds", received.at("/tags/0/name").asText());
        assertTrue(notified(bob, "mention"), "Bob hears that he was mentioned");
        String postAtBobs = received.get("id").asText();

        bob.post("/api/v1/statuses", Map.of("status", "@alice@" + alicesDomain + " Good morning!", "in_reply_to_id", postAtBobs));
        Await.until("Bob's reply stands below Alice's post", () ->
            Api.find(alice.get("/api/v1/statuses/" + post + "/context").get("descendants"), "Good morning").isPresent());

        bob.post("/api/v1/statuses/" + postAtBobs + "/favourite");
        bob.post("/api/v1/statuses/" + postAtBobs + "/reblog");
        Await.until("Alice sees the favourite and the boost", () -> {
            JsonNode status = alice.get("/api/v1/statuses/" + post);
            return status.get("favourites_count").asInt() == 1 && status.get("reblogs_count").asInt() == 1;
        });
        assertTrue(notified(alice, "favourite") && notified(alice, "reblog") && notified(alice, "mention") && notified(alice, "follow"));

        bob.post("/api/v1/statuses/" + postAtBobs + "/unfavourite");
        bob.post("/api/v1/statuses/" + postAtBobs + "/unreblog");
        Await.until("Both are taken back", () -> {
            JsonNode status = alice.get("/api/v1/statuses/" + post);
            return status.get("favourites_count").asInt() == 0 && status.get("reblogs_count").asInt() == 0;
        });

        alice.put("/api/v1/statuses/" + post, Map.of("status", "Hello from the other shore"));
        Await.until("The edit arrives", () -> {
            JsonNode status = bob.get("/api/v1/statuses/" + postAtBobs);
            return status.get("content").asText().contains("other shore") && !status.get("edited_at").isNull();
        });

        privatePostsReachFollowersOnly(postAtBobs);
        localPostsStay();
        collectionsComeAndGo(aliceAtBobs);

        alice.delete("/api/v1/statuses/" + post);
        Await.until("The deletion arrives", () -> bob.send("GET", "/api/v1/statuses/" + postAtBobs, null).status() == 404);

        bob.post("/api/v1/accounts/" + aliceAtBobs + "/unfollow");
        Await.until("Alice has lost a follower", () -> followerIds(alice).isEmpty());
        alice.post("/api/v1/statuses", Map.of("status", "Nobody far away reads this"));
        assertFalse(bob.findInHome("Nobody far away").isPresent());
    }

    private void follow(Api follower, String target, Api followed, String followerAtFollowed) {
        JsonNode relationship = follower.post("/api/v1/accounts/" + target + "/follow");
        assertTrue(relationship.get("following").asBoolean() || relationship.get("requested").asBoolean());
        Await.until("The follow is accepted", () ->
            follower.get("/api/v1/accounts/relationships?id[]=" + target).get(0).get("following").asBoolean()
                && followerIds(followed).contains(followerAtFollowed));
    }

    private void privatePostsReachFollowersOnly(String knownPost) {
        alice.post("/api/v1/statuses", Map.of("status", "For my followers", "visibility", "private"));
        JsonNode received = Await.present("A followers-only post reaches the follower", () -> bob.findInHome("For my followers"));
        assertEquals("private", received.get("visibility").asText());
        int answer = bob.send("POST", "/api/v1/statuses/" + received.get("id").asText() + "/reblog", Map.of()).status();
        assertTrue(answer == 403 || answer == 404, "somebody else's followers-only post cannot be boosted, answer " + answer);
        assertEquals(200, bob.send("GET", "/api/v1/statuses/" + knownPost, null).status());
    }

    private void localPostsStay() {
        alice.post("/api/v1/statuses", Map.of("status", "Only for this house", "visibility", "local"));
        alice.post("/api/v1/statuses", Map.of("status", "For everybody after the local one"));
        Await.present("The next public post arrives", () -> bob.findInHome("after the local one"));
        assertFalse(bob.findInHome("Only for this house").isPresent(), "a local-only post never leaves");
    }

    /** With who stands in them, once their consent was fetched. */
    private void collectionsComeAndGo(String aliceAtBobs) {
        alice.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("discoverable", true)).ok();
        String own = alice.get("/api/v1/accounts/verify_credentials").get("id").asText();
        JsonNode made = alice.post("/api/v1/collections", Map.of("name", "Birders", "account_ids", List.of(own))).get("collection");
        String theirs = "/api/v1/accounts/" + aliceAtBobs + "/collections";
        Await.until("Alice's collection is at Bob's with her in it", () -> bob.get(theirs).at("/collections/0/items/0/account_id").asText().equals(aliceAtBobs));
        JsonNode received = bob.get(theirs).at("/collections/0");
        assertEquals("Birders false " + made.get("uri").asText(), received.get("name").asText() + " " + received.get("local") + " " + received.get("uri").asText());
        alice.delete("/api/v1/collections/" + made.get("id").asText());
        Await.until("It is gone there too", () -> bob.get(theirs).get("collections").isEmpty());
    }

    private static boolean notified(Api person, String type) {
        Await.until("a notification of type " + type, () -> {
            for (JsonNode notification : person.get("/api/v1/notifications")) {
                if (notification.get("type").asText().equals(type)) {
                    return true;
                }
            }
            return false;
        });
        return true;
    }

    private static List<String> followerIds(Api person) {
        String own = person.get("/api/v1/accounts/verify_credentials").get("id").asText();
        return person.get("/api/v1/accounts/" + own + "/followers").findValuesAsText("id");
    }

    /** The id an account has on the asker's server, found by its handle as a person would. */
    static String find(Api asker, String handle) {
        return Await.present(handle + " is found", () -> {
            JsonNode found = asker.get("/api/v2/search?resolve=true&type=accounts&q=@" + handle.replace(":", "%3A")).get("accounts");
            return found.isEmpty() ? Optional.<String>empty() : Optional.of(found.get(0).get("id").asText());
        });
    }
}
