package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.card.CardRequests;
import social.dunlin.media.blob.S3Server;
import social.dunlin.testing.SamplePictures;
import social.dunlin.testing.TestPostgres;

/**
 * A server with a host set aside for uploads and a bucket that hands them out, and people on another server whose pictures
 * are everywhere: whom a browser asks for what it shows.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaPrivacyIT {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(TestAuthority.get().clientContext()).build();
    private static final byte[] OWN = SamplePictures.tellingJpeg(SamplePictures.gradient(900, 700), 1);
    private static final byte[] REMOTE = SamplePictures.bytes(SamplePictures.gradient(1_800, 1_200), "jpg");

    @TempDir
    static Path folder;
    private final TestPostgres postgres = TestPostgres.start();
    private final String database = postgres.freshDatabase();
    private final FakeServer elsewhere = FakeServer.start();
    private final Vertx vertx = Vertx.vertx();
    private S3Server s3;
    private Server server;
    private String mediaHost;
    private Api anna;
    private String post;
    private String theirs;

    @BeforeAll
    void start() throws Exception {
        s3 = S3Server.start(Files.createDirectories(folder.resolve("bucket")), vertx);
        server = Server.overHttps("alpha.test", postgres.uriOf(database)).alsoKnownAs("beta.test");
        mediaHost = server.domain().replace("alpha.test", "beta.test");
        s3.settings().forEach(server::with);
        server.with("DUNLIN_DATA_DIR", folder.resolve("data").toString()).with("DUNLIN_MEDIA_HOST", mediaHost)
            .with("DUNLIN_MEDIA_STORE", "s3").with("DUNLIN_S3_DELIVERY", "signed").start();
        anna = server.newUser("anna");
        Path emoji = Files.write(folder.resolve("dunlin.png"), SamplePictures.tellingPng(SamplePictures.quarters(32, 32), 1));
        server.run("admin", "emoji", "add", "dunlin", emoji.toString());
        upload("PATCH", "/api/v1/accounts/update_credentials", "avatar", SamplePictures.tellingGif(60, 60, 3), "image/gif", Map.of("display_name", "Anna :dunlin:"));
        JsonNode media = upload("POST", "/api/v2/media", "file", OWN, "image/jpeg", Map.of("description", "A gradient"));
        anna.processed(media.get("id").asText());
        post = anna.post("/api/v1/statuses", Map.of("status", "Mine :dunlin:", "media_ids", List.of(media.get("id").asText()))).get("id").asText();
        remotePeopleShowPictures();
    }

    /** Sven lives elsewhere and writes to Anna. */
    private void remotePeopleShowPictures() {
        serve("/avatar.gif", "image/gif", SamplePictures.tellingGif(80, 80, 4));
        serve("/header.png", "image/png", SamplePictures.bytes(SamplePictures.quarters(600, 200), "png"));
        serve("/wave.png", "image/png", SamplePictures.bytes(SamplePictures.quarters(40, 40), "png"));
        serve("/picture.jpg", "image/jpeg", REMOTE);
        serve("/card.jpg", "image/jpeg", REMOTE);
        serve("/article", "text/html", "<html><head><title>Avocets return</title><meta property='og:image' content='%s/card.jpg'></head></html>"
            .formatted(elsewhere.base()).getBytes(StandardCharsets.UTF_8));
        FakeServer.Person sven = elsewhere.person("sven");
        ObjectNode person = sven.document().put("name", "Sven :wave:");
        person.putObject("icon").put("type", "Image").put("mediaType", "image/gif").put("url", elsewhere.base() + "/avatar.gif");
        person.putObject("image").put("type", "Image").put("mediaType", "image/png").put("url", elsewhere.base() + "/header.png");
        person.putArray("tag").add(wave());
        elsewhere.serve(person);
        ObjectNode note = sven.note("1", "<p>Look, :wave: <a href=\"%1$s/article\">%1$s/article</a></p>".formatted(elsewhere.base()));
        note.putArray("attachment").addObject().put("type", "Document").put("mediaType", "image/jpeg").put("url", elsewhere.base() + "/picture.jpg").put("name", "A gradient");
        note.putArray("tag").add(wave()).addObject().put("type", "Mention").put("href", server.base() + "/users/anna").put("name", "@anna@" + server.domain());
        note.withArray("cc").add(server.base() + "/users/anna");
        elsewhere.serve(note);
        assertEquals(202, sven.send(server, sven.activity("Create", note)).status());
        JsonNode mention = Await.present("the mention arrives", () -> java.util.Optional.ofNullable(anna.get("/api/v1/notifications").get(0)));
        theirs = mention.at("/status/id").asText();
        Haste.jobs(postgres, database, CardRequests.KIND);
        Await.until("the card is there", () -> anna.get("/api/v1/statuses/" + theirs).at("/card/image").asText().contains("card.jpg"));
    }

    @AfterAll
    void stop() {
        server.close();
        elsewhere.close();
        s3.close();
        vertx.close();
    }

    private JsonNode upload(String method, String path, String field, byte[] file, String type, Map<String, String> texts) {
        return Api.send(anna.request(path).header("Content-Type", "multipart/form-data; boundary=boundary")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(Visitor.multipart(texts, field, "x", type, file))).build()).ok();
    }

    private static HttpResponse<byte[]> fetch(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void serve(String path, String type, byte[] bytes) {
        elsewhere.on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    @Test
    void filesLieOnTheHostSetAsideWhichSendsReadersToTheBucket() throws Exception {
        JsonNode status = anna.get("/api/v1/statuses/" + post);
        for (String field : List.of("url", "preview_url")) {
            String url = status.at("/media_attachments/0/" + field).asText();
            assertTrue(url.startsWith("https://" + mediaHost + "/media/"), url);
            HttpResponse<byte[]> sent = fetch(url);
            assertEquals(302, sent.statusCode());
            assertEquals("public, max-age=1800", sent.headers().firstValue("Cache-Control").orElseThrow());
            HttpResponse<byte[]> stored = fetch(sent.headers().firstValue("Location").orElseThrow());
            assertEquals("image/jpeg", stored.headers().firstValue("Content-Type").orElseThrow());
            assertFalse(SamplePictures.tells(stored.body()));
        }
        assertTrue(status.at("/emojis/0/url").asText().startsWith("https://" + mediaHost + "/media/emoji/"), status.toString());
    }

    @Test
    void copiesOfOthersLieThereToo() throws Exception {
        String url = anna.get("/api/v1/statuses/" + theirs).at("/media_attachments/0/url").asText();
        assertTrue(url.contains("/proxy/media?"), url);
        HttpResponse<byte[]> sent = Await.present("the copy is in the bucket", () -> seen(url).filter(answer -> answer.statusCode() == 302));
        String location = sent.headers().firstValue("Location").orElseThrow();
        assertTrue(location.startsWith(s3.settings().get("DUNLIN_S3_ENDPOINT")), location);
        assertEquals(REMOTE.length, fetch(location).body().length);
    }

    private static Optional<HttpResponse<byte[]>> seen(String url) {
        try {
            return Optional.of(fetch(url));
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Row 22 of the hostile inputs, and a page under the name of what anybody may fill. */
    @Test
    void hostileInput22_theHostSetAsideServesNothingElse() throws Exception {
        for (String path : List.of("/", "/@anna", "/auth/sign_in", "/api/v2/instance", "/users/anna", "/.well-known/webfinger?resource=acct:anna@" + server.domain(),
                "/proxy/media", "/mediation", "/readyz")) {
            assertEquals(404, fetch("https://" + mediaHost + path).statusCode(), path);
        }
        assertEquals(200, fetch(server.base() + "/@anna").statusCode());
        assertEquals(404, fetch("https://" + mediaHost + "/media/incoming/0123456789abcdef0123456789abcdef.png").statusCode());
    }

    /** Remote avatars, headers, emoji, pictures and a card are on the pages and in the answers, and Chromium's log of the network names no other host. */
    @Test
    void aBrowserAsksNoOtherServerForWhatItShows() throws Exception {
        anna.post("/api/v1/statuses/" + theirs + "/reblog");

        var answers = Api.JSON.createArrayNode();
        for (String path : List.of("/api/v1/timelines/home", "/api/v1/notifications", "/api/v1/statuses/" + theirs, "/api/v1/custom_emojis")) {
            answers.add(anna.get(path));
        }
        Path file = Files.writeString(folder.resolve("answers.json"), answers.toString());
        JsonNode told = NodeScript.run("pictures.mjs", server.base(), file.toString(), "/", "/@anna", "/@anna/" + post, "/@sven@" + elsewhere.domain());
        Set<String> hosts = new TreeSet<>();
        told.get("hosts").forEach(host -> hosts.add(host.asText()));
        String bucket = URI.create(s3.settings().get("DUNLIN_S3_ENDPOINT")).getAuthority();
        assertEquals(new TreeSet<>(Set.of(server.domain(), mediaHost, bucket)), hosts);
        assertEquals(0, told.get("broken").size(), told.toString());
        for (String shown : List.of("avatar.gif", "header.png", "wave.png", "picture.jpg", "card.jpg", "/media/picture/", "/media/preview/", "/media/moving/", "/media/emoji/")) {
            assertTrue(told.get("shown").toString().contains(shown), shown + " is shown: " + told);
        }
    }

    @Test
    void anEmojiOfOthersIsMadeOurs() throws Exception {
        assertEquals(":hello: is there.", server.run("admin", "emoji", "copy", ":wave:@" + elsewhere.domain(), "--as", "hello", "--category", "hands").strip());
        JsonNode ours = Await.present("the picker has it", () -> anna.get("/api/v1/custom_emojis").valueStream().filter(emoji -> emoji.get("shortcode").asText().equals("hello")).findFirst());
        assertEquals("hands", ours.get("category").asText());
        assertTrue(ours.get("url").asText().startsWith("https://" + mediaHost + "/media/emoji/"), ours.toString());
        Server.Finished unknown = server.tryRun("admin", "emoji", "copy", "never@" + elsewhere.domain());
        assertTrue(unknown.exitCode() != 0 && unknown.output().contains("is not known here"), unknown.output());
    }

    private ObjectNode wave() {
        ObjectNode emoji = Api.JSON.createObjectNode().put("id", elsewhere.base() + "/emoji/wave").put("type", "Emoji").put("name", ":wave:");
        emoji.putObject("icon").put("type", "Image").put("mediaType", "image/png").put("url", elsewhere.base() + "/wave.png");
        return emoji;
    }
}
