package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import social.dunlin.testing.EntityContract;
import social.dunlin.testing.SamplePictures;

/** What {@link EveryMethodIT} asks besides the daily things: each needs a little stage. */
final class SeldomMethods {
    private static final String KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    private final Server server;
    private final FakeServer elsewhere;
    private final Api anna;
    private final Api ben;
    private final String annaId;
    private final String benId;
    /** What the app of the test is known by. */
    private final Map<String, String> secret = new HashMap<>();

    SeldomMethods(Server server, FakeServer elsewhere, Api anna, Api ben) {
        this.server = server;
        this.elsewhere = elsewhere;
        this.anna = anna;
        this.ben = ben;
        annaId = id(anna.get("/api/v1/accounts/verify_credentials"));
        benId = id(ben.get("/api/v1/accounts/verify_credentials"));
    }

    private static String id(JsonNode entity) {
        return entity.get("id").asText();
    }

    private static String in(int hours) {
        return Instant.now().plus(Duration.ofHours(hours)).toString();
    }

    /** The texts of the install are pages too, which its entity names. */
    void texts() {
        for (String text : List.of("privacy_policy", "terms_of_service")) {
            String page = server.anonymous().get("/api/v2/instance").at("/configuration/urls/" + text).asText();
            assertEquals(server.base() + "/" + text.replace('_', '-'), page);
            assertTrue(new Visitor(server.base()).get(page.substring(server.base().length())).body().contains("<h1>"));
        }
    }

    void blockedServers() {
        server.run("admin", "server", "block", "spam.example", "--reason", "Spam");
        JsonNode blocked = server.anonymous().get("/api/v1/instance/domain_blocks").get(0);
        assertEquals("spam.example suspend", blocked.get("domain").asText() + " " + blocked.get("severity").asText());
        assertTrue(blocked.path("comment").isMissingNode(), "for people who have an account here");
        assertEquals("Spam", anna.get("/api/v1/instance/domain_blocks").at("/0/comment").asText());
    }

    void pictures() throws IOException {
        Await.until("the media worker has said what it takes", () -> anna.get("/api/v2/instance").at("/configuration/media_attachments/supported_mime_types").size() > 0);
        byte[] picture = SamplePictures.bytes(SamplePictures.gradient(30, 20), "png");
        for (String path : List.of("/api/v1/media", "/api/v2/media")) {
            String media = "/api/v1/media/" + id(Api.send(anna.request(path).header("Content-Type", "multipart/form-data; boundary=boundary")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Visitor.multipart(Map.of(), "file", "a.png", "image/png", picture))).build()).ok());
            anna.get(media);
            assertEquals("Grey", anna.put(media, Map.of("description", "Grey")).get("description").asText());
            anna.delete(media);
        }
    }

    void scheduledPosts() {
        String scheduled = "/api/v1/scheduled_statuses/" + id(anna.post("/api/v1/statuses", Map.of("status", "Later", "scheduled_at", in(2))));
        assertEquals(1, anna.get("/api/v1/scheduled_statuses").size());
        anna.get(scheduled);
        anna.put(scheduled, Map.of("scheduled_at", in(3)));
        anna.delete(scheduled);
    }

    void linksAndTranslations() {
        elsewhere.on("/article", exchange -> {
            byte[] page = "<title>Avocets return</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
        String about = id(anna.post("/api/v1/statuses", Map.of("status", "Hallo " + elsewhere.base() + "/article", "language", "de")));
        Await.until("the card is there", () -> anna.get("/api/v1/statuses/" + about).at("/card/title").asText().equals("Avocets return"));
        anna.get("/api/v1/timelines/link?url=" + Visitor.encoded(elsewhere.base() + "/article"));
        assertEquals(1, ben.get("/api/v1/timelines/direct?limit=1").size());
        elsewhere.on("/lt/languages", FakeServer.json("[{\"code\":\"de\",\"targets\":[\"en\"]}]"));
        elsewhere.on("/lt/translate", FakeServer.json("{\"translatedText\":[\"<p>Hello</p>\",\"\"],\"detectedLanguage\":[{\"language\":\"de\"}]}"));
        anna.get("/api/v1/instance/translation_languages");
        ben.post("/api/v1/statuses/" + about + "/translate", Map.of("lang", "en"));
    }

    void whatPeopleTalkAbout() {
        for (String path : List.of("/api/v1/trends", "/api/v1/trends/tags", "/api/v1/trends/statuses", "/api/v1/trends/links", "/api/v1/directory",
            "/api/v1/peers/search?q=a", "/api/v1/suggestions", "/api/v2/suggestions", "/api/v1/accounts/" + benId + "/identity_proofs")) {
            assertTrue(anna.get(path).isArray(), path);
        }
        anna.delete("/api/v1/suggestions/" + benId);
        assertTrue(anna.get("/api/v1/search?q=tide").get("hashtags").toString().contains("\"tide\""));
        anna.post("/api/v1/reports", Map.of("account_id", benId, "comment", "Too loud"));
        server.run("admin", "announce", "**Low tide** at noon");
        String announcement = "/api/v1/announcements/" + id(anna.get("/api/v1/announcements").get(0));
        anna.put(announcement + "/reactions/" + Visitor.encoded("🦆"), Map.of());
        anna.delete(announcement + "/reactions/" + Visitor.encoded("🦆"));
        anna.post(announcement + "/dismiss");
        server.run("admin", "warn", "anna", "Be kind");
        assertEquals("Be kind", anna.get("/api/v1/notifications?types[]=moderation_warning").at("/0/moderation_warning/text").asText());
        anna.get("/api/v2/notifications?types[]=moderation_warning");
        assertEquals("Be kind", anna.get("/api/v1/notifications?types[]=moderation_warning&supported_types[]=mention").at("/0/fallback/summary").asText());
        String warnings = "/api/v2/notifications?types[]=moderation_warning&supported_types[]=";
        assertEquals("Be kind", anna.get(warnings).at("/notification_groups/0/fallback/summary").asText());
        assertTrue(anna.get(warnings + "moderation_warning").at("/notification_groups/0/fallback").isMissingNode());
    }

    /** @param sql to write what happened a year ago */
    void years(Consumer<String> sql) {
        String year = "/api/v1/annual_reports/" + (LocalDate.now(ZoneOffset.UTC).getYear() - 1);
        assertEquals("ineligible", anna.get(year + "/state").get("state").asText());
        assertEquals(422, anna.send("POST", year + "/generate", null).status());
        assertEquals(404, anna.send("POST", year + "/read", null).status());
        sql.accept("insert into conversation (id) values (1)");
        sql.accept("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at)
            select id, %s, 'https://alpha.test/old', true, 'public', 1, at
            from (select (extract(epoch from now() - interval '1 year') * 1000)::bigint << 16 as id, now() - interval '1 year' as at) as old""".formatted(annaId));
        assertEquals("eligible", anna.get(year + "/state").get("state").asText());
        assertEquals(202, anna.send("POST", year + "/generate", null).status());
        Await.until("the year is counted", () -> anna.get(year + "/state").get("state").asText().equals("available"));
        assertEquals("lurker", anna.get("/api/v1/annual_reports").at("/annual_reports/0/data/archetype").asText());
        assertEquals(annaId, anna.get(year).at("/accounts/0/id").asText());
        anna.post(year + "/generate");
        anna.post(year + "/read");
        assertEquals(0, anna.get("/api/v1/annual_reports").get("annual_reports").size());

        assertEquals(404, anna.send("GET", "/api/v1_alpha/async_refreshes/1", null).status());
        sql.accept("insert into thread_request (conversation_id, finished_at, found) values (1, now(), 3)");
        JsonNode refresh = anna.get("/api/v1_alpha/async_refreshes/1").get("async_refresh");
        assertEquals(List.of(), EntityContract.problems("AsyncRefresh", refresh));
        assertEquals("finished 3", refresh.get("status").asText() + " " + refresh.get("result_count"));
    }

    /** @return the app by which somebody signs up */
    Api comingIn() {
        JsonNode client = server.anonymous().post("/api/v1/apps", Map.of("client_name", "Test", "redirect_uris", "urn:ietf:wg:oauth:2.0:oob", "scopes", "read write"));
        secret.putAll(Map.of("client_id", client.get("client_id").asText(), "client_secret", client.get("client_secret").asText()));
        Map<String, String> wish = new HashMap<>(secret);
        wish.putAll(Map.of("grant_type", "client_credentials", "scope", "read write"));
        Api app = new Api(server.base(), server.anonymous().post("/oauth/token", wish).get("access_token").asText());
        Api knot = new Api(server.base(), app.post("/api/v1/accounts", Map.of("username", "knot", "email", "knot@mail.test", "password", "correct horse knot",
            "agreement", true, "locale", "en")).get("access_token").asText());
        knot.get("/api/v1/emails/check_confirmation");
        knot.post("/api/v1/emails/confirmations");
        return app;
    }

    void beingTold() throws Exception {
        Map<String, Object> keys = Map.of("p256dh", KEY, "auth", "BTBZMqHH6r4Tts7J_aSIgg");
        anna.post("/api/v1/push/subscription", Map.of("subscription", Map.of("endpoint", "https://push.example/1", "keys", keys), "data", Map.of("policy", "all")));
        anna.get("/api/v1/push/subscription");
        anna.put("/api/v1/push/subscription", Map.of("data", Map.of("policy", "followed")));
        anna.delete("/api/v1/push/subscription");
        server.anonymous().get("/api/v1/streaming/health");
        String list = id(anna.post("/api/v1/lists", Map.of("title", "Streamed")));
        for (String stream : List.of("user", "user/notification", "public", "public/local", "public/remote", "hashtag?tag=tide", "hashtag/local?tag=tide",
            "list?list=" + list, "direct")) {
            assertTrue(!EventSource.open(anna, "/api/v1/streaming/" + stream).hasRefused(), stream);
        }
        URI socket = URI.create(server.base().replace("https", "wss") + "/api/v1/streaming/?access_token=" + anna.token());
        HttpClient.newBuilder().sslContext(TestAuthority.get().clientContext()).build().newWebSocketBuilder()
            .buildAsync(socket, new WebSocket.Listener() { }).get(30, TimeUnit.SECONDS).abort();
        Api.answered("GET", URI.create(server.base() + "/api/v1/streaming"));
    }

    void going(Api app) {
        Map<String, String> end = new HashMap<>(secret);
        end.put("token", app.token());
        server.anonymous().post("/oauth/revoke", end);
        assertEquals(401, app.send("GET", "/api/v1/apps/verify_credentials", null).status());
    }
}
