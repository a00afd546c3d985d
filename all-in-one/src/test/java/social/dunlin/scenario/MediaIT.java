package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.SamplePictures.bytes;
import static social.dunlin.testing.SamplePictures.gradient;
import static social.dunlin.testing.SamplePictures.quarters;
import static social.dunlin.testing.SamplePictures.tellingGif;
import static social.dunlin.testing.SamplePictures.tellingJpeg;
import static social.dunlin.testing.SamplePictures.tells;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.testing.SamplePictures;
import social.dunlin.testing.TestPostgres;

/** Pictures through the packaged server: sent, processed by its media worker, posted, served, deleted. */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaIT {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(TestAuthority.get().clientContext()).build();

    private static final String JOBS = "job where kind = 'media-processing'";
    private static final int BROKEN_PICTURES = 160;
    private static final int BROKEN_FILMS = 20;

    @TempDir
    static Path folder;
    private final TestPostgres postgres = TestPostgres.start();
    private final String database = postgres.freshDatabase();
    private Server server;
    private Api anna;
    private Api ben;

    @BeforeAll
    void start() {
        server = Server.overHttps("alpha.test", postgres.uriOf(database)).with("DUNLIN_DATA_DIR", folder.resolve("data").toString())
            .with("DUNLIN_MEDIA_UPLOAD_MEGABYTES", "2").with("DUNLIN_MEDIA_PICTURE_MEGAPIXELS", "4")
            // Executables bring decoders along, which nobody asks where libvips is.
            .with("DUNLIN_MEDIA_ENGINE", Artifact.underTest() == Artifact.NATIVE ? "wasm" : "automatic").start();
        anna = server.newUser("anna");
        ben = server.newUser("ben");
        Await.until("the media worker has said what it takes", () -> ben.get("/api/v2/instance").at("/configuration/media_attachments/supported_mime_types").size() >= 4);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Api.Answer upload(Api who, String method, String path, String field, byte[] file, String claimed, Map<String, String> texts) {
        return Api.send(who.request(path).header("Content-Type", "multipart/form-data; boundary=boundary")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(Visitor.multipart(texts, field, "../../x", claimed, file))).build());
    }

    /** Processed; where that takes longer than the server lets a client wait, asked for again, as clients do. */
    private static JsonNode picture(Api who, byte[] file, Map<String, String> texts) {
        JsonNode media = upload(who, "POST", "/api/v2/media", "file", file, "image/jpeg", texts).ok();
        return media.get("url").isNull() ? who.processed(media.get("id").asText()) : media;
    }

    private static HttpResponse<byte[]> fetch(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, String> texts(String... pairs) {
        Map<String, String> texts = new TreeMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            texts.put(pairs[index], pairs[index + 1]);
        }
        return texts;
    }

    @Test
    void aPictureIsSentPostedShownAndDeleted() throws Exception {
        JsonNode media = picture(anna, tellingJpeg(gradient(1200, 800), 6), texts("description", "A \"dunlin\" <at> rest", "focus", "0.5,-0.5"));
        assertEquals("image", media.get("type").asText());
        assertEquals(0.5, media.at("/meta/focus/x").asDouble());
        assertEquals("800x1200", media.at("/meta/original/size").asText());
        String mediaPath = "/api/v1/media/" + media.get("id").asText();
        assertEquals(200, anna.send("GET", mediaPath, null).status());
        assertEquals(404, ben.send("GET", mediaPath, null).status());
        assertEquals("At rest", anna.put(mediaPath, Map.of("description", "At rest", "focus", "0,0")).get("description").asText());
        assertEquals(422, ben.send("POST", "/api/v1/statuses", Map.of("status", "Mine", "media_ids", List.of(media.get("id").asText()))).status());
        JsonNode post = anna.post("/api/v1/statuses", Map.of("status", "Look", "media_ids", List.of(media.get("id").asText()), "sensitive", true));
        assertEquals(1, post.get("media_attachments").size());
        assertEquals(404, anna.send("GET", mediaPath, null).status());
        assertEquals(422, anna.send("DELETE", mediaPath, null).status());

        String url = post.at("/media_attachments/0/url").asText();
        String preview = post.at("/media_attachments/0/preview_url").asText();
        for (String each : List.of(url, preview)) {
            HttpResponse<byte[]> answer = fetch(each);
            assertEquals(200, answer.statusCode());
            assertEquals("image/jpeg", answer.headers().firstValue("Content-Type").orElseThrow());
            assertFalse(tells(answer.body()));
        }
        JsonNode note = Api.JSON.readTree(fetch(post.get("uri").asText(), "Accept", "application/activity+json").body());
        JsonNode attached = note.at("/attachment/0");
        assertEquals(url, attached.get("url").asText());
        assertEquals(List.of(800, 1200), List.of(attached.get("width").asInt(), attached.get("height").asInt()));
        assertEquals("At rest", attached.get("name").asText());
        assertEquals(media.get("blurhash").asText(), attached.get("blurhash").asText());
        String page = new String(fetch(post.get("url").asText(), "Accept", "text/html").body(), StandardCharsets.UTF_8);
        assertTrue(page.contains("<details class=\"covered\">") && page.contains("alt=\"At rest\"") && page.contains(preview), page);

        JsonNode edited = anna.put("/api/v1/statuses/" + post.get("id").asText(), Map.of("status", "Look", "media_ids", List.of(media.get("id").asText()),
            "media_attributes", List.of(Map.of("id", media.get("id").asText(), "description", "Asleep"))));
        assertEquals("Asleep", edited.at("/media_attachments/0/description").asText());

        assertEquals(200, anna.send("DELETE", "/api/v1/statuses/" + post.get("id").asText() + "?delete_media=true", null).status());
        server.run("admin", "media", "prune");
        assertEquals(404, fetch(url).statusCode());
        assertEquals(404, fetch(preview).statusCode());
    }

    /** Rows 22 and 23 of the hostile inputs: what is served is a picture, whatever is asked for. */
    @Test
    void hostileInput22And23_filesAreServedAsWhatTheyAre() throws Exception {
        byte[] plain = bytes(gradient(300, 200), "png");
        JsonNode media = upload(anna, "POST", "/api/v1/media", "file", plain, "image/png", texts()).ok();
        String url = media.get("url").asText();
        HttpResponse<byte[]> whole = fetch(url, "Accept", "application/activity+json");
        assertArrayEquals(plain, whole.body());
        assertEquals("image/png", whole.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("nosniff", whole.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertTrue(whole.headers().firstValue("Content-Security-Policy").orElseThrow().contains("sandbox"));
        assertTrue(whole.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"));
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, fetch(url, "If-None-Match", tag).statusCode());
        HttpResponse<byte[]> part = fetch(url, "Range", "bytes=10-19");
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(plain, 10, 20), part.body());
        assertEquals("bytes 10-19/" + plain.length, part.headers().firstValue("Content-Range").orElseThrow());
        assertEquals(416, fetch(url, "Range", "bytes=99999999-").statusCode());
        assertEquals(200, fetch(url, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode());
        HttpResponse<byte[]> head = HTTP.send(HttpRequest.newBuilder(URI.create(url)).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(Long.toString(plain.length), head.headers().firstValue("Content-Length").orElseThrow());
        String base = url.substring(0, url.indexOf("/media/"));
        for (String path : List.of("/media/picture/0000000000000000000000000000000000000000.png", "/media/incoming/0000000000000000000000000000000000000000.png",
                "/media/..%2f..%2fsecrets/x", "/media/picture/%2e%2e", "/media/picture/x.png%00", "/media/")) {
            assertEquals(404, fetch(base + path).statusCode(), path);
        }
        for (Map.Entry<String, String> bad : Map.of("{\"type\":\"Note\"}", "application/activity+json", "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml",
                "<html>", "image/png").entrySet()) {
            assertEquals(422, upload(anna, "POST", "/api/v2/media", "file", bad.getKey().getBytes(StandardCharsets.UTF_8), bad.getValue(), texts()).status());
        }
        assertEquals(422, anna.send("POST", "/api/v2/media", Map.of("file", "text")).status());
    }

    @Test
    void whatIsTooLargeIsRefused() {
        assertEquals(413, upload(anna, "POST", "/api/v2/media", "file", new byte[4 << 20], "image/png", texts()).status());
        assertEquals(422, upload(anna, "POST", "/api/v2/media", "file", new byte[(2 << 20) + 1], "image/png", texts()).status());
        assertEquals(422, upload(anna, "POST", "/api/v2/media", "file", SamplePictures.pngOfSize(60_000, 60_000), "image/png", texts()).status());
        assertEquals(422, upload(anna, "POST", "/api/v2/media", "file", bytes(quarters(9, 9), "png"), "image/png", texts("description", "x".repeat(1_501))).status());
        assertEquals(200, anna.send("GET", "/api/v1/accounts/verify_credentials", null).status());
    }

    @Test
    void profilePicturesAreSetAndTakenAway() throws Exception {
        JsonNode still = upload(ben, "PATCH", "/api/v1/accounts/update_credentials", "avatar", tellingJpeg(quarters(600, 300), 1), "image/jpeg", texts("display_name", "Ben")).ok();
        assertEquals("Ben", still.get("display_name").asText());
        assertEquals(still.get("avatar").asText(), still.get("avatar_static").asText());
        assertFalse(tells(fetch(still.get("avatar").asText()).body()));
        JsonNode moving = upload(ben, "PATCH", "/api/v1/accounts/update_credentials", "avatar", tellingGif(40, 40, 3), "image/gif", texts()).ok();
        assertTrue(moving.get("avatar").asText().contains("/moving/"));
        assertEquals("image/gif", fetch(moving.get("avatar_static").asText()).headers().firstValue("Content-Type").orElseThrow());
        JsonNode actor = Api.JSON.readTree(fetch(moving.get("uri").asText(), "Accept", "application/activity+json").body());
        assertEquals(moving.get("avatar").asText(), actor.at("/icon/url").asText());
        assertEquals("image/gif", actor.at("/icon/mediaType").asText());
        assertEquals(422, upload(ben, "PATCH", "/api/v1/accounts/update_credentials", "header", "<svg/>".getBytes(), "image/svg+xml", texts()).status());
        assertTrue(ben.delete("/api/v1/profile/avatar").get("avatar").asText().endsWith("/avatars/original/missing.png"));
    }

    /** The page for the picture of somebody who wants to know first what it tells. */
    @Test
    void aPageSaysWhatAPictureTellsAndPostsItWithoutOrWithThat() throws Exception {
        Visitor visitor = new Visitor(server.base()).signIn("ben", "correct horse ben");
        for (boolean keep : List.of(false, true)) {
            String token = visitor.formToken("/settings/pictures");
            Api.Answer page = visitor.upload("/settings/pictures/new", Map.of("form_token", token), "file", "a.jpg", "image/jpeg", tellingJpeg(quarters(90, 60), 1));
            assertEquals(200, page.status());
            assertTrue(page.body().contains("54.5283N") && page.body().contains(SamplePictures.SECRET), page.body());
            String path = page.body().replaceFirst("(?s).*action=\"(/settings/pictures/\\d+)\".*", "$1");
            assertEquals(422, visitor.post(path, Map.of("form_token", token, "description", "x".repeat(1_501))).status());
            Api.Answer posted = visitor.post(path, Map.of("form_token", token, "keep_metadata", Boolean.toString(keep), "description", "Four colours", "status", "Seen", "visibility", "unlisted"));
            assertEquals(303, posted.status(), posted.body());
            String id = Visitor.location(posted).replaceFirst(".*/", "");
            JsonNode media = ben.get("/api/v1/statuses/" + id).at("/media_attachments/0");
            assertEquals("Four colours", media.get("description").asText());
            assertEquals(keep, tells(fetch(media.get("url").asText()).body()));
        }
        String token = visitor.formToken("/settings/pictures");
        assertEquals(303, visitor.upload("/settings/pictures/profile", Map.of("form_token", token), "header", "h.png", "image/png", bytes(quarters(300, 100), "png")).status());
        assertTrue(ben.get("/api/v1/accounts/verify_credentials").get("header").asText().contains("/profile/"));
        assertEquals(303, visitor.post("/settings/pictures/profile/remove", Map.of("form_token", token, "which", "header")).status());
        assertEquals(422, visitor.upload("/settings/pictures/new", Map.of("form_token", token), "file", "a.svg", "image/svg+xml", "<svg/>".getBytes(StandardCharsets.UTF_8)).status());
        Visitor other = new Visitor(server.base()).signIn("anna", "correct horse anna");
        assertEquals(404, other.post("/settings/pictures/1", Map.of("form_token", other.formToken("/settings/pictures"))).status());
    }

    @Test
    void aFilmIsProcessedWhileItsSenderWaits() throws Exception {
        List<String> types = Api.JSON.convertValue(anna.get("/api/v2/instance").at("/configuration/media_attachments/supported_mime_types"), new TypeReference<>() { });
        if (!types.contains("video/mp4")) {
            assertEquals(422, upload(anna, "POST", "/api/v2/media", "file", new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0}, "video/mp4", texts()).status());
            Assumptions.abort("ffmpeg is not installed: 'apt-get install ffmpeg', as ./dunlin test does");
        }
        Path film = folder.resolve("film.mp4");
        new ProcessBuilder("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=640x360:rate=25:duration=4", "-metadata", "title=" + SamplePictures.SECRET,
            "-c:v", "mpeg4", film.toString()).inheritIO().start().waitFor();
        Api.Answer sent = upload(anna, "POST", "/api/v2/media", "file", Files.readAllBytes(film), "video/mp4", texts());
        assertEquals(sent.json().get("url").isNull() ? 202 : 200, sent.status());
        String path = "/api/v1/media/" + sent.json().get("id").asText();
        assertTrue(List.of(200, 206).contains(anna.send("GET", path, null).status()));
        JsonNode ready = anna.processed(sent.json().get("id").asText());
        assertEquals("video", ready.get("type").asText());
        assertEquals("640x360", ready.at("/meta/original/size").asText());
        HttpResponse<byte[]> served = fetch(ready.get("url").asText());
        assertEquals("video/mp4", served.headers().firstValue("Content-Type").orElseThrow());
        assertFalse(tells(served.body()));
        assertEquals("{}", anna.delete(path).toString());
        assertEquals(404, anna.send("GET", path, null).status());
        Visitor visitor = new Visitor(server.base()).signIn("anna", "correct horse anna");
        String page = visitor.upload("/settings/pictures/new", Map.of("form_token", visitor.formToken("/settings/pictures")), "file", "a.mp4", "video/mp4", Files.readAllBytes(film)).body();
        assertTrue(page.contains("taken out") && !page.contains("keep_metadata"), page);
    }

    @Test
    void theCommandLinePostsFilesAndAddsEmoji() throws Exception {
        Path file = Files.write(folder.resolve("a.jpg"), tellingJpeg(quarters(80, 60), 1));
        Path text = Files.writeString(folder.resolve("post.txt"), "From a script");
        String url = server.run("post", "--as", "ben", "--media", file.toString(), text.toString()).strip();
        String id = url.substring(url.lastIndexOf('/') + 1);
        assertEquals(1, ben.get("/api/v1/statuses/" + id).get("media_attachments").size());
        Path emoji = Files.write(folder.resolve("dunlin.png"), bytes(quarters(32, 32), "png"));
        assertTrue(server.run("admin", "emoji", "add", "dunlin", emoji.toString(), "--category", "birds").contains(":dunlin:"));
        JsonNode listed = ben.get("/api/v1/custom_emojis").get(0);
        assertEquals("birds", listed.get("category").asText());
        assertEquals(200, fetch(listed.get("url").asText()).statusCode());
        assertTrue(server.run("admin", "media", "prune-orphans", "--dry-run").startsWith("0 files"));
        assertTrue(server.run("admin", "media", "prune-files", "--dry-run").startsWith("0 records"));
    }

    /**
     * Rows 77 and 80 of the hostile inputs: real files, cut off, with bytes changed or put together with others, always the
     * same ones. Each is taken or refused, and the next sound one is processed as ever.
     */
    @Test
    void hostileInput77_hundredsOfBrokenFilesHarmNobody() throws Exception {
        List<byte[]> sound = new ArrayList<>(List.of(tellingJpeg(gradient(120, 90), 6), SamplePictures.tellingPng(gradient(120, 90), 1), tellingGif(30, 20, 3),
            SamplePictures.tellingWebp(1), SamplePictures.movingWebp()));
        List<byte[]> corpus = broken(sound, BROKEN_PICTURES, 6);
        if (anna.get("/api/v2/instance").at("/configuration/media_attachments/supported_mime_types").toString().contains("video/mp4")) {
            corpus.addAll(broken(List.of(film("small.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p"), film("small.webm", "-c:v", "libvpx")), BROKEN_FILMS, 7));
        }
        Set<Integer> statuses = new TreeSet<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(3)) {
            for (Future<Integer> sent : senders.invokeAll(corpus.stream().<Callable<Integer>>map(file ->
                    () -> upload(ben, "POST", "/api/v2/media", "file", file, "application/octet-stream", texts()).status()).toList())) {
                statuses.add(sent.get());
            }
        }
        assertTrue(Set.of(200, 202, 422).containsAll(statuses), statuses.toString());
        Await.until("nothing waits any more", Duration.ofMinutes(8), () -> count(JOBS) == 0);
        assertEquals(0, count("media_attachment where state = 'processing'"));
        assertEquals(200, anna.send("GET", "/readyz", null).status());
        assertFalse(picture(anna, tellingJpeg(gradient(300, 200), 1), texts()).get("blurhash").isNull());
        server.run("admin", "media", "prune");
        assertEquals(0, count("unused_blob"));
        assertFalse(server.output().contains("OutOfMemoryError"));
    }

    private static List<byte[]> broken(List<byte[]> sound, int number, long seed) {
        Random random = new Random(seed);
        List<byte[]> broken = new ArrayList<>();
        for (int index = 0; index < number; index++) {
            byte[] file = sound.get(index % sound.size()).clone();
            switch (random.nextInt(4)) {
                case 0 -> file = Arrays.copyOf(file, 20 + random.nextInt(file.length - 20));
                case 1 -> file[12 + random.nextInt(file.length - 12)] = (byte) random.nextInt(256);
                case 2 -> {
                    for (int change = 0; change < 20; change++) {
                        file[12 + random.nextInt(file.length - 12)] ^= (byte) (1 << random.nextInt(8));
                    }
                }
                default -> file = SamplePictures.join(Arrays.copyOf(file, file.length / 2), sound.get(random.nextInt(sound.size())));
            }
            broken.add(file);
        }
        return broken;
    }

    private static byte[] film(String name, String... options) throws Exception {
        Path film = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=160x90:rate=10:duration=1"));
        command.addAll(List.of(options));
        command.add(film.toString());
        new ProcessBuilder(command).inheritIO().start().waitFor();
        return Files.readAllBytes(film);
    }

    private long count(String fromWhere) {
        return postgres.query(database, "select count(*) from " + fromWhere).iterator().next().getLong(0);
    }

    /** Killed with uploads on their way, it finishes each once. */
    @Test
    void killedAmidProcessingLosesAndDoublesNothing() throws Exception {
        byte[] large = bytes(gradient(1_900, 1_900), "jpg");
        List<Thread> senders = java.util.stream.IntStream.range(0, 4).mapToObj(number -> Thread.ofVirtual().start(() -> {
            try {
                picture(ben, large, texts("description", "number " + number));
            } catch (RuntimeException | AssertionError killed) {
                Thread.currentThread().interrupt();
            }
        })).toList();
        Await.until("uploads wait", () -> count(JOBS) >= 2);
        server.kill();
        for (Thread sender : senders) {
            sender.join();
        }
        // PostgreSQL may still be committing what the server had sent.
        Await.until("its connections are gone", () -> count("pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()") == 0);
        long taken = count("media_attachment where description like 'number %'");
        server.start();
        Await.until("all that were taken are ready", () -> count("media_attachment where description like 'number %' and state = 'ready'") == taken);
        Await.until("nothing waits any more", () -> count(JOBS) == 0);
        assertEquals(taken, count("(select distinct blob from media_attachment where description like 'number %') as blobs"));
        server.run("admin", "media", "prune");
        assertEquals(0, count("unused_blob"));
        assertTrue(server.run("admin", "media", "prune-files", "--dry-run").startsWith("0 records"));
        for (String kind : List.of("picture", "preview")) {
            String column = kind.equals("picture") ? "blob" : "preview_blob";
            assertEquals(count("(select distinct %1$s from media_attachment where %1$s like '%2$s/%%') as named".formatted(column, kind)), files(folder.resolve("data/media/" + kind)),
                "each file once: " + kind);
        }
    }

    private static long files(Path folder) {
        if (Files.notExists(folder)) {
            return 0;
        }
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).count();
        } catch (IOException moved) {
            return -1;
        } catch (java.io.UncheckedIOException moved) {
            return -1;
        }
    }
}
