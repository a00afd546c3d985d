package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other servers may try with what they send, done to a whole server by servers that do it: rows of the reference of
 * hostile inputs. Whether something was not done is seen after a later activity of the same sender was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileActivitiesIT extends HostileWorld {
    @Test
    void hostileInput38_aSignatureMadeForAnotherServerIsUnauthorized() throws IOException {
        String body = mallory.activity("Follow", annaUri).toString();
        var headers = mallory.signature("POST", "https://victim.test/inbox", body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + "/inbox"))
            .header("Content-Type", FakeServer.ACTIVITY_JSON).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(header.name(), header.value()));
        assertEquals(401, Api.send(request.build()).status());
        // The same with the Host header it was made for, as a replay would send it.
        StringBuilder head = new StringBuilder("POST /inbox HTTP/1.1\r\nHost: victim.test\r\nConnection: close\r\nContent-Type: application/activity+json\r\n");
        headers.forEach(header -> head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        head.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n\r\n").append(body);
        assertTrue(server.raw(head.toString()).startsWith("HTTP/1.1 401 "));
    }

    @Test
    void hostileInput40_suspendedActorsAreForbiddenToPostAndToRead() {
        JsonNode post = anna.post("/api/v1/statuses", Map.of("status", "Not for the suspended"));
        FakeServer.Person suspended = followed("suspended", evil);
        assertEquals(200, suspended.get(post.get("uri").asText()).status());
        server.run("admin", "suspend", suspended.handle());
        // The command is a process of its own; what the server keeps of a sender is forgotten when it hears of the change.
        Await.until("Nothing more is taken", () -> suspended.send(server, suspended.activity("Create", suspended.note("late", "Too late"))).status() == 403);
        for (String path : List.of("", "/outbox?page=true", "/followers?page=true", "/following?page=true", "/collections/featured")) {
            assertEquals(403, suspended.get(annaUri + path).status(), path);
        }
        assertEquals(403, suspended.get(post.get("uri").asText()).status());
        assertEquals(403, suspended.get(post.get("uri").asText() + "/activity").status());
    }

    @Test
    void hostileInput41_aBodyThatIsNotSignedIsUnauthorized() {
        String signed = mallory.activity("Follow", annaUri).toString();
        String swapped = mallory.activity("Delete", mallory.uri()).toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + "/inbox"))
            .header("Content-Type", FakeServer.ACTIVITY_JSON).POST(HttpRequest.BodyPublishers.ofString(swapped));
        mallory.signature("POST", server.base() + "/inbox", signed).forEach(header -> request.header(header.name(), header.value()));
        assertEquals(401, Api.send(request.build()).status(), "another body under a signed digest");
        HttpRequest.Builder unsigned = HttpRequest.newBuilder(URI.create(server.base() + "/inbox"))
            .header("Content-Type", FakeServer.ACTIVITY_JSON).POST(HttpRequest.BodyPublishers.ofString(swapped));
        String digest = mallory.signature("POST", server.base() + "/inbox", swapped).stream()
            .filter(header -> header.name().equals("Digest")).findFirst().orElseThrow().value();
        // A GET's signature covers no digest; here it covers everything else of the POST.
        mallory.signatureWithoutDigest("POST", server.base() + "/inbox").forEach(header -> unsigned.header(header.name(), header.value()));
        assertEquals(401, Api.send(unsigned.header("Digest", digest).build()).status(), "a right digest that is not signed");
    }

    @Test
    void hostileInput50_aServerThatDripsHoldsNobodyUp() throws InterruptedException {
        CountDownLatch dropped = new CountDownLatch(1);
        evil.on("/users/dripping", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", FakeServer.ACTIVITY_JSON);
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody(), dropped);
        });
        CompletableFuture<JsonNode> search = CompletableFuture.supplyAsync(() -> search(anna, evil.base() + "/users/dripping"));
        Await.until("The dripping server is asked", () -> evil.requests("/users/dripping") > 0);
        assertEquals(200, ben.send("GET", "/api/v1/timelines/home", null).status());
        assertEquals(202, friend.send(server, friend.activity("Like", "https://example.org/2")).status());
        assertTrue(search.join().isEmpty());
        assertTrue(dropped.await(120, TimeUnit.SECONDS), "the connection is given up");
    }

    @Test
    void hostileInput53_brokenMarkupNeverBreaksATimeline() {
        String[] markup = {"<math><mfrac></mfrac><msub>", "<div>".repeat(10_000), "<!-- never closed", "a\u0000b \ud800 lone", "<p>".repeat(100) + "<svg><![CDATA[ <b>"};
        for (int number = 0; number < markup.length; number++) {
            assertEquals(202, friend.send(server, friend.activity("Create", friend.note("markup" + number, markup[number]))).status());
        }
        settled(friend);
        assertEquals(200, anna.send("GET", "/api/v1/timelines/home?limit=40", null).status());
        assertEquals(200, anna.send("GET", "/api/v1/timelines/public", null).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"Follow\"", "[]", "\"text\"", "DEEP", "TWICE", "{\"type\":\"Follow\",\"actor\":1e400}", "{\"@graph\":[]}"})
    void hostileInput58_anActivityThatIsNotPlainJsonIsABadRequest(String body) {
        String sent = switch (body) {
            case "DEEP" -> "{\"type\":\"Follow\",\"actor\":\"" + mallory.uri() + "\",\"object\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
            case "TWICE" -> "{\"type\":\"Follow\",\"actor\":\"" + friend.uri() + "\",\"actor\":\"" + mallory.uri() + "\",\"object\":\"" + annaUri + "\"}";
            default -> body;
        };
        assertEquals(400, mallory.send(server, sent).status());
    }

    @Test
    void hostileInput56_aThreadWithoutEndEndsAtTheBudget() {
        for (int number = 0; number < 200; number++) {
            ObjectNode link = mallory.note("endless" + number, "Link " + number).put("inReplyTo", mallory.uri() + "/notes/endless" + (number + 1));
            evil.serve(link);
        }
        long before = evil.requests().size();
        ObjectNode first = mallory.note("endless", "The first of many").put("inReplyTo", mallory.uri() + "/notes/endless0");
        mallory.send(server, mallory.activity("Create", first));
        stored(first);
        settled(mallory);
        assertTrue(evil.requests().size() - before <= 60, "at most the budget of one activity");
    }

    @Test
    void hostileInput64_aHerdOfServersReadsOnePostWithoutOurAskingForTheirKeys() {
        String uri = anna.post("/api/v1/statuses", Map.of("status", "Goes round")).get("uri").asText();
        List<FakeServer.Person> readers = IntStream.range(0, 500).mapToObj(number -> new FakeServer.Person(evil, "herd" + number, mallory.keys())).toList();
        // More handshakes at once than a slow machine makes in the time that a server waits for one would say nothing of keys.
        try (ExecutorService fifty = Executors.newFixedThreadPool(50, Thread.ofVirtual().factory())) {
            List<CompletableFuture<Integer>> answers = readers.stream().map(reader -> CompletableFuture.supplyAsync(() -> reader.get(uri).status(), fifty)).toList();
            answers.forEach(answer -> assertEquals(200, answer.join()));
        }
        readers.forEach(reader -> assertEquals(0, evil.requests("/users/" + reader.name())));
    }

    @Test
    void hostileInput67_addressesOfOtherSchemesReachNobody() {
        FakeServer.Person schemer = evil.person("schemer");
        ObjectNode document = schemer.document().put("url", "javascript:alert(1)").put("summary", "<a href=\"java\tscript:alert(2)\">me</a>");
        document.putObject("icon").put("type", "Image").put("url", "data:text/html,<script>alert(3)</script>");
        document.putObject("image").put("type", "Image").put("url", "vbscript:alert(4)");
        document.putArray("attachment").addObject().put("type", "PropertyValue").put("name", "Web").put("value",
            "<a href=\"//evil\" onclick=\"alert(5)\">x</a><a href=\"javascript:alert(6)\">y</a>");
        evil.serve(document);
        String account = search(anna, schemer.handle()).get(0).get("id").asText();
        anna.post("/api/v1/accounts/" + account + "/follow");
        ObjectNode note = schemer.note("schemes", "Look here <a href=\"JaVaScRiPt:alert(7)\">link</a>").put("url", "javascript:alert(8)");
        note.putArray("attachment").addObject().put("type", "Document").put("mediaType", "image/png").put("url", "javascript:alert(9)");
        note.putArray("tag").addObject().put("type", "Emoji").put("name", ":bad:").putObject("icon").put("type", "Image").put("url", "javascript:alert(10)");
        schemer.send(server, schemer.activity("Create", note));
        JsonNode shown = anna.get("/api/v1/statuses/" + stored(note));
        String all = (shown.toString() + anna.get("/api/v1/accounts/" + account)).toLowerCase().replaceAll("\\s", "");
        for (String scheme : List.of("javascript:", "vbscript:", "data:text", "onclick", "\\\"//evil")) {
            assertFalse(all.contains(scheme), scheme + " in " + all);
        }
    }

    @Test
    void hostileInput86_aFollowWithoutAnAcceptShowsNothing() {
        FakeServer.Person locked = home.person("locked");
        home.serve(locked.document().put("manuallyApprovesFollowers", true));
        String account = search(anna, locked.handle()).get(0).get("id").asText();
        assertTrue(anna.post("/api/v1/accounts/" + account + "/follow").get("requested").asBoolean());
        ObjectNode secret = locked.note("secret", "For accepted followers", locked.uri() + "/followers");
        locked.send(server, locked.activity("Create", secret));
        settled(friend);
        Await.until("The activity is done with", () -> count("job where kind = 'inbox'") == 0);
        for (Api reader : List.of(anna, ben, server.anonymous())) {
            assertFalse(reader.get("/api/v1/accounts/" + account + "/statuses").toString().contains("For accepted followers"));
            ids("status where uri = '" + secret.get("id").asText() + "'")
                .forEach(id -> assertEquals(404, reader.send("GET", "/api/v1/statuses/" + id, null).status()));
        }
        assertFalse(anna.findInHome("For accepted followers").isPresent());
        assertTrue(search(anna, secret.get("id").asText()).isEmpty());
    }

    @Test
    void hostileInput98_aSuspendedPersonIsNotSeenThroughABoost() {
        FakeServer.Person banned = followed("banned", evil);
        ObjectNode before = banned.note("before", "Said before the ban");
        ObjectNode after = banned.note("after", "Said after the ban");
        evil.serve(before);
        evil.serve(after);
        banned.send(server, banned.activity("Create", before));
        String id = Await.present("The post arrives", () -> anna.findInHome("Said before the ban")).get("id").asText();
        postgres.execute(database, "update account set suspended_at = now() where uri = '" + banned.uri() + "'");
        friend.send(server, friend.activity("Announce", before.get("id").asText()));
        friend.send(server, friend.activity("Announce", after.get("id").asText()));
        settled(friend);
        assertFalse(anna.findInHome("the ban").isPresent());
        assertEquals(404, anna.send("GET", "/api/v1/statuses/" + id, null).status());
        assertNotStored(after);
        assertTrue(search(anna, after.get("id").asText()).isEmpty());
        assertTrue(search(anna, banned.handle()).isEmpty());
    }

    @Test
    void hostileInput101_aPostOneMayNotSeeCannotBeActedOn() {
        ObjectNode letter = friend.note("letter", "For Anna alone", annaUri);
        letter.putArray("tag").addObject().put("type", "Mention").put("href", annaUri).put("name", "@anna@" + server.domain());
        friend.send(server, friend.activity("Create", letter));
        String id = stored(letter);
        String closed = anna.post("/api/v1/statuses", Map.of("status", "My followers only", "visibility", "private")).get("id").asText();
        assertEquals(200, anna.send("GET", "/api/v1/statuses/" + id, null).status());
        for (String hidden : List.of(id, closed)) {
            for (String action : List.of("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "pin", "unpin", "mute", "unmute")) {
                assertHidden(ben.send("POST", "/api/v1/statuses/" + hidden + "/" + action, Map.of()), action);
            }
            for (String part : List.of("", "/context", "/history", "/source", "/favourited_by", "/reblogged_by")) {
                assertHidden(ben.send("GET", "/api/v1/statuses/" + hidden + part, null), part);
            }
            assertHidden(ben.send("PUT", "/api/v1/statuses/" + hidden, Map.of("status", "mine now")), "edit");
            assertHidden(ben.send("DELETE", "/api/v1/statuses/" + hidden, null), "delete");
            assertHidden(ben.send("POST", "/api/v1/statuses", Map.of("status", "so", "in_reply_to_id", hidden)), "reply");
        }
    }

    @Test
    void hostileInput104_whoIsBlockedEditsNoEarlierMessage() {
        FakeServer.Person pest = evil.person("pest");
        ObjectNode message = pest.note("message", "A kind word", annaUri);
        message.putArray("tag").addObject().put("type", "Mention").put("href", annaUri).put("name", "@anna@" + server.domain());
        pest.send(server, pest.activity("Create", message));
        String id = stored(message);
        ObjectNode allowed = message.deepCopy().put("content", "A kinder word").put("updated", Instant.now().toString());
        pest.send(server, pest.activity("Update", allowed)).ok();
        Await.until("Before the block an edit counts", () -> count("status where id = " + id + " and content like '%kinder%'") == 1);
        String account = search(anna, pest.handle()).get(0).get("id").asText();
        anna.post("/api/v1/accounts/" + account + "/block");
        ObjectNode edited = message.deepCopy().put("content", "An unkind word").put("updated", Instant.now().plusSeconds(1).toString());
        assertEquals(202, pest.send(server, pest.activity("Update", edited)).status());
        Await.until("The activity is done with", () -> count("job where kind = 'inbox'") == 0);
        assertEquals(1, count("status where id = " + id + " and content like '%kinder%'"));
    }

    @Test
    void hostileInput107_whatIsDeletedIsGoneEverywhere() {
        String author = search(ben, "anna@" + server.domain()).get(0).get("id").asText();
        JsonNode post = anna.post("/api/v1/statuses", Map.of("status", "Regretted @ben #regret"));
        String id = post.get("id").asText();
        String uri = post.get("uri").asText();
        ben.post("/api/v1/statuses/" + id + "/favourite");
        ben.post("/api/v1/statuses/" + id + "/bookmark");
        ben.post("/api/v1/statuses/" + id + "/reblog");
        anna.put("/api/v1/statuses/" + id, Map.of("status", "Regretted, edited @ben #regret"));
        anna.delete("/api/v1/statuses/" + id);
        Api.Answer tombstone = friend.get(uri);
        assertEquals(410, tombstone.status());
        assertEquals("Tombstone", tombstone.json().get("type").asText());
        int activity = friend.get(uri + "/activity").status();
        assertTrue(activity == 404 || activity == 410, "answer " + activity);
        assertEquals(410, page("/@anna/" + id));
        for (String part : List.of("", "/context", "/history", "/favourited_by", "/reblogged_by")) {
            assertEquals(404, ben.send("GET", "/api/v1/statuses/" + id + part, null).status(), part);
        }
        for (String list : List.of("/api/v1/timelines/home", "/api/v1/timelines/public", "/api/v1/timelines/tag/regret", "/api/v1/bookmarks", "/api/v1/favourites",
                "/api/v1/notifications", "/api/v1/accounts/" + author + "/statuses", "/api/v2/search?resolve=true&q=" + URLEncoder.encode(uri, StandardCharsets.UTF_8))) {
            Api.Answer answer = ben.send("GET", list, null);
            assertEquals(200, answer.status(), list);
            assertFalse(answer.body().contains("Regretted"), list);
        }
        Api.Answer outbox = friend.get(annaUri + "/outbox?page=true");
        assertEquals(200, outbox.status());
        assertFalse(outbox.body().contains("Regretted"));
        for (String path : List.of("/@anna", "/tags/regret", "/")) {
            assertFalse(Api.send(server.anonymous().request(path).header("Accept", "text/html").build()).body().contains("Regretted"), path);
        }
        assertEquals(0, count("status where content like '%Regretted%'"));
        assertEquals(0, count("status_edit where content like '%Regretted%'"));
    }

    private static void drip(OutputStream body, CountDownLatch dropped) {
        try {
            while (true) {
                body.write(' ');
                body.flush();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (IOException closed) {
            dropped.countDown();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertHidden(Api.Answer answer, String what) {
        assertEquals(404, answer.status(), what + ": " + answer.body());
        assertFalse(answer.body().contains("For Anna alone") || answer.body().contains("My followers only"), what);
    }

    private int page(String path) {
        return Api.send(server.anonymous().request(path).header("Accept", "text/html").build()).status();
    }
}
