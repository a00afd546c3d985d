package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** Writing and finding posts through the packaged server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostsIT {
    private Server server;
    private FakeServer elsewhere;
    private Api anna;
    private Api ben;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        elsewhere = FakeServer.start();
        server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).with("DUNLIN_TRANSLATION_URL", elsewhere.base() + "/lt").start();
        anna = server.newUser("anna");
        ben = server.newUser("ben");
    }

    @AfterAll
    void stop() {
        server.close();
        elsewhere.close();
    }

    private static JsonNode publish(Api author, String text) {
        return author.post("/api/v1/statuses", Map.of("status", text));
    }

    @Test
    void aScheduledPostWaitsAndCanBeMovedAndWithdrawn() {
        String time = Instant.now().plus(Duration.ofHours(2)).toString();
        JsonNode scheduled = anna.post("/api/v1/statuses", Map.of("status", "Later", "scheduled_at", time, "poll",
            Map.of("options", List.of("a", "b"), "expires_in", 3600)));
        assertEquals("Later", scheduled.at("/params/text").asText());
        assertEquals(3600, scheduled.at("/params/poll/expires_in").asInt());
        String path = "/api/v1/scheduled_statuses/" + scheduled.get("id").asText();
        assertEquals(1, anna.get("/api/v1/scheduled_statuses").size());
        assertEquals(404, ben.send("GET", path, null).status());
        JsonNode moved = anna.put(path, Map.of("scheduled_at", Instant.now().plus(Duration.ofHours(3)).toString()));
        assertTrue(moved.get("scheduled_at").asText().compareTo(scheduled.get("scheduled_at").asText()) > 0);
        assertEquals(422, anna.send("PUT", path, Map.of("scheduled_at", "tomorrow")).status());
        assertEquals("{}", anna.delete(path).toString());
        assertEquals(0, anna.get("/api/v1/scheduled_statuses").size());
    }

    @Test
    void markdownIsWrittenReadBackAndRedrafted() {
        JsonNode post = anna.post("/api/v1/statuses", Map.of("status", "**Hi** @ben\n\n| a |\n|---|\n| b |", "content_type", "text/markdown"));
        assertTrue(post.get("content").asText().startsWith("<p><strong>Hi</strong> <span class=\"h-card\""), post.toString());
        String path = "/api/v1/statuses/" + post.get("id").asText();
        assertEquals("text/markdown", anna.get(path + "/source").get("content_type").asText());
        JsonNode deleted = anna.delete(path);
        assertEquals("**Hi** @ben\n\n| a |\n|---|\n| b |", deleted.get("text").asText());
        assertEquals(404, anna.send("GET", path, null).status());
    }

    @Test
    void aPostThatReachesOthersThanExpectedIsNotMade() {
        String benId = ben.get("/api/v1/accounts/verify_credentials").get("id").asText();
        assertTrue(anna.post("/api/v1/statuses", Map.of("status", "Expected @ben", "allowed_mentions", List.of(benId))).has("id"));
        Api.Answer refused = anna.send("POST", "/api/v1/statuses", Map.of("status", "Unexpected @ben", "allowed_mentions", List.of("")));
        assertEquals(422, refused.status());
        assertEquals(benId, refused.json().at("/unexpected_accounts/0/id").asText());
        assertTrue(anna.findInHome("Unexpected").isEmpty());
    }

    @Test
    void aPreviewIsShownAndNotMade() {
        JsonNode preview = anna.post("/api/v1/statuses", Map.of("status", "*Almost*", "content_type", "text/markdown", "preview", true));
        assertEquals("<p><em>Almost</em></p>", preview.get("content").asText());
        assertEquals(404, anna.send("GET", "/api/v1/statuses/" + preview.get("id").asText(), null).status());
    }

    @Test
    void emojiReactionsAreShownWithThePost() {
        String id = publish(anna, "React to me").get("id").asText();
        String emoji = URLEncoder.encode("🐈", StandardCharsets.UTF_8);
        JsonNode reacted = ben.send("PUT", "/api/v1/pleroma/statuses/" + id + "/reactions/" + emoji, null).ok();
        assertEquals("🐈", reacted.at("/emoji_reactions/0/name").asText());
        assertTrue(reacted.at("/emoji_reactions/0/me").asBoolean());
        JsonNode listed = server.anonymous().get("/api/v1/pleroma/statuses/" + id + "/reactions/" + emoji);
        assertEquals("ben", listed.at("/0/accounts/0/username").asText());
        assertEquals(0, ben.delete("/api/v1/pleroma/statuses/" + id + "/reactions/" + emoji).get("emoji_reactions").size());
    }

    @Test
    void aPostIsTranslatedByTheServiceNamed() {
        elsewhere.on("/lt/languages", FakeServer.json("[{\"code\":\"de\",\"targets\":[\"en\"]}]"));
        elsewhere.on("/lt/translate", FakeServer.json("{\"translatedText\":[\"<p>Hello</p>\",\"\"],\"detectedLanguage\":[{\"language\":\"de\"}]}"));
        String id = anna.post("/api/v1/statuses", Map.of("status", "Hallo", "language", "de")).get("id").asText();
        assertEquals("<p>Hello</p>", ben.post("/api/v1/statuses/" + id + "/translate", Map.of("lang", "en")).get("content").asText());
    }

    @Test
    void aLinkedPageIsPreviewedAndPostsAboutItAreFound() {
        elsewhere.on("/article", exchange -> {
            byte[] page = "<html><head><title>Avocets return</title><meta name='description' content='To the marsh'></head></html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
        String url = elsewhere.base() + "/article";
        anna.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("discoverable", true, "indexable", true)).ok();
        String id = publish(anna, "Read this: " + url).get("id").asText();
        Await.until("the card is there", () -> anna.get("/api/v1/statuses/" + id).at("/card/title").asText().equals("Avocets return"));
        JsonNode about = ben.get("/api/v1/timelines/link?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8));
        assertEquals(id, about.at("/0/id").asText());
        assertEquals(404, ben.send("GET", "/api/v1/timelines/link?url=https%3A%2F%2Fnever.example%2F", null).status());
    }

    @Test
    void postsAreFoundByTheirWords() {
        ben.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("indexable", true)).ok();
        String id = publish(ben, "The Whimbrel came back").get("id").asText();
        assertEquals(id, anna.get("/api/v2/search?q=whimbr&type=statuses").at("/statuses/0/id").asText());
        assertEquals(0, anna.get("/api/v2/search?q=whimbrel+-from%3Aben").get("statuses").size());
        assertEquals(0, server.anonymous().get("/api/v2/search?q=whimbrel").get("statuses").size());
    }

    @Test
    void whatIsAnnouncedIsReadAndPutAway() {
        String id = server.run("admin", "announce", "**Low tide** at noon").strip().lines().reduce((first, last) -> last).orElseThrow();
        JsonNode announcement = anna.get("/api/v1/announcements").get(0);
        assertEquals("<p><strong>Low tide</strong> at noon</p>", announcement.get("content").asText());
        assertEquals(id, announcement.get("id").asText());
        anna.post("/api/v1/announcements/" + id + "/dismiss");
        assertEquals(0, anna.get("/api/v1/announcements").size());
        assertEquals(1, ben.get("/api/v1/announcements").size());
    }

    @Test
    void listsOfWhatThereIsAnswer() {
        for (String path : List.of("/api/v1/trends", "/api/v1/trends/tags", "/api/v1/trends/statuses", "/api/v1/trends/links", "/api/v1/directory",
            "/api/v1/instance/activity", "/api/v1/instance/languages", "/api/v1/peers/search?q=a")) {
            assertTrue(server.anonymous().get(path).isArray(), path);
        }
        assertTrue(anna.get("/api/v2/suggestions").isArray());
        assertTrue(anna.get("/api/v1/suggestions").isArray());
        assertEquals(404, anna.send("GET", "/api/v1/instance/privacy_policy", null).status());
        assertTrue(server.anonymous().get("/api/v2/instance").at("/configuration/translation/enabled").asBoolean());
        for (String bad : List.of("/api/v1/trends/tags?offset=-1", "/api/v1/directory?offset=-5", "/api/v1/timelines/link")) {
            assertEquals(400, anna.send("GET", bad, null).status(), bad);
        }
    }

    @Test
    void whatWasSaidToFewIsInTheDirectTimeline() {
        String id = anna.post("/api/v1/statuses", Map.of("status", "Psst @ben", "visibility", "direct")).get("id").asText();
        assertEquals(id, ben.get("/api/v1/timelines/direct").at("/0/id").asText());
        assertTrue(server.anonymous().get("/api/v1/timelines/bubble").isArray());
    }
}
