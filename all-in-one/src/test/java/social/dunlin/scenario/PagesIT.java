package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.testing.EntityContract;
import social.dunlin.testing.TestPostgres;

/** The public pages, as visitors, search engines and other servers meet them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
    private static final String SCRIPT = "\"><script>alert(1)</script>";
    private static final int LOG_ENTRIES = 25;

    /** One pixel. */
    private static final byte[] PICTURE = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private final FakeServer elsewhere = FakeServer.start();
    @TempDir
    static Path data;
    private Server server;
    private String tide;
    private String warned;
    private String quoting;
    private String deleted;
    private String secret;

    @BeforeAll
    void peopleTalk() {
        TestPostgres postgres = TestPostgres.start();
        String database = postgres.freshDatabase();
        List.of("/sven.png", "/wave.png", "/header.png", "/dike.jpg").forEach(path -> elsewhere.on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, PICTURE.length);
            exchange.getResponseBody().write(PICTURE);
        }));
        server = Server.tryOut(data).with("DUNLIN_DATABASE_URL", postgres.uriOf(database)).start();
        Api mira = server.newUser("mira");
        Api tobias = server.newUser("tobias");
        for (int entry = 1; entry <= LOG_ENTRIES; entry++) {
            say(mira, Map.of("status", "Log entry no. %d.".formatted(entry)));
        }
        tide = say(mira, Map.of("status", "Low tide at six, a hundred and forty dunlins on the sandbar. #birds"));
        String answer = say(tobias, Map.of("status", "@mira From up here they were only glitter.", "in_reply_to_id", tide));
        say(mira, Map.of("status", "@tobias Glitter with opinions.", "in_reply_to_id", answer));
        secret = say(mira, Map.of("status", "SECRET for followers", "visibility", "private", "in_reply_to_id", tide));
        say(mira, Map.of("status", "SECRET for neighbours", "visibility", "local"));
        say(mira, Map.of("status", "@tobias SECRET for one", "visibility", "direct"));
        warned = say(mira, Map.of("status", "Storm tonight.", "spoiler_text", "Weather, gloomy", "visibility", "unlisted"));
        String poll = say(mira, Map.of("status", "Which bird for the sign?", "poll", Map.of("options", List.of("Dunlin", "Curlew"), "expires_in", 86400)));
        mira.post("/api/v1/statuses/" + poll + "/pin");
        mira.post("/api/v1/statuses/" + answer + "/reblog");
        quoting = say(tobias, Map.of("status", "This is why I moved here:"));
        deleted = say(tobias, Map.of("status", "Never mind."));
        tobias.delete("/api/v1/statuses/" + deleted);
        server.newUser("eve");
        server.newUser("banned");
        postgres.execute(database, """
            insert into quote (status_id, quoted_status_id, state) values (%s, %s, 'accepted');
            insert into media_attachment (id, account_id, status_id, type, remote_url, description)
            select 1, account_id, id, 'image', '%s/dike.jpg', 'A long dike under a pink sky.' from status where id = %s;
            update account set indexable = true where username = 'mira';
            update account set display_name = '%s', note = '<p>%s</p>' where username = 'eve';
            update account set suspended_at = now() where username = 'banned';
            insert into account (id, username, host, uri, url, display_name) values
              (1, 'sven', 'far.example', 'https://far.example/users/sven', 'https://far.example/@sven', 'Sven :wave:'),
              (2, 'trick', 'evil.example', 'https://evil.example/users/trick', 'javascript:alert(1)', 'Trick');
            update account set avatar_remote_url = '%s/sven.png', emojis = '{wave}' where id = 1;
            update account set header_remote_url = '%s/header.png' where username = 'tobias';
            insert into custom_emoji (host, shortcode, url, static_url) values ('far.example', 'wave', '%s/wave.png', '%s/wave.png')
            """.formatted(quoting, tide, elsewhere.base(), warned, SCRIPT, "&lt;/title&gt;&lt;script&gt;", elsewhere.base(), elsewhere.base(), elsewhere.base(),
            elsewhere.base()));
    }

    private static String say(Api author, Map<String, ?> post) {
        return author.post("/api/v1/statuses", post).get("id").asText();
    }

    @AfterAll
    void stop() {
        elsewhere.close();
        server.close();
    }

    @Test
    void everyPageIsWholeAndAccessibleOnPhoneAndDesktopByDayAndByNight() {
        JsonNode told = NodeScript.run("pages.mjs", server.base(), Path.of("target", "screenshots").toAbsolutePath().toString(),
            "landing=/", "about=/about", "profile=/@mira", "hostile-name=/@eve", "post=/@mira/" + tide, "warned=/@mira/" + warned,
            "quote=/@tobias/" + quoting, "tag=/tags/birds", "leaving=/@sven@far.example", "sign-in=/auth/sign_in");
        assertEquals(4, told.get("views").asInt());
        assertEquals(0, told.get("elsewhere").size(), told.toString());
        assertTrue(told.get("proxied").asInt() >= 2, told.toString());
    }

    @Test
    void picturesOfOtherServersComeFromHere() {
        Document leaving = page("/@sven@far.example");
        assertTrue(leaving.select("img").size() >= 3, leaving.html());
        for (String path : List.of("/@sven@far.example", "/@tobias", "/@mira/" + warned, "/")) {
            page(path).select("img, video, audio, source, meta[property=og:image]").forEach(source -> {
                String address = source.hasAttr("content") ? source.attr("content") : source.absUrl("src");
                assertTrue(address.startsWith(server.base() + "/"), path + ": " + source);
            });
        }
        Api.Answer header = get(URI.create(page("/@tobias").selectFirst(".banner img").absUrl("src")).toString().substring(server.base().length()), "image/*");
        assertEquals(200, header.status());
        assertEquals("image/png", header.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void pagesReadWellAsText() throws Exception {
        String profile = lynx("/@mira");
        assertInOrder(profile, "mira", "@mira@" + server.domain(), "Followers", "Pinned post", "Which bird for the sign?", "Dunlin", "Curlew", "Older");
        assertInOrder(lynx("/@mira/" + tide), "a hundred and forty dunlins", "1 reply", "Replies", "only glitter", "Glitter with opinions");
        assertInOrder(lynx("/@mira/" + warned), "Content warning", "Weather, gloomy", "Storm tonight.", "Picture", "A long dike", "Unlisted");
        assertInOrder(lynx("/@tobias/" + quoting), "This is why I moved here", "dunlins on the sandbar", "Quoted post");
        assertInOrder(lynx("/"), "Sign in with an app", server.domain(), "Newest posts", "About this server");
    }

    @Test
    void everyPageIsOpenToEverybodyAndTellsOnlyWhatEverybodyMayKnow_hostileInput76() {
        for (String path : List.of("/", "/@mira", "/@mira/" + tide, "/tags/birds", "/@tobias")) {
            assertFalse(page(path).html().contains("SECRET"), path);
        }
        String head = page("/@mira/" + warned).head().html();
        assertTrue(head.contains("Weather, gloomy"), head);
        assertFalse(head.contains("Storm tonight"), head);
    }

    @Test
    void feedsTellOnlyWhatEverybodyMayKnow_hostileInput76() {
        Api.Answer answer = get("/@mira.rss", "*/*");
        assertEquals("application/rss+xml; charset=utf-8", answer.headers().firstValue("Content-Type").orElse("").replace(";charset=UTF-8", "; charset=utf-8"));
        Document feed = Jsoup.parse(answer.body(), "", Parser.xmlParser());
        assertEquals(20, feed.select("item").size(), answer.body());
        assertFalse(answer.body().contains("SECRET") || answer.body().contains("only glitter") || answer.body().contains("Glitter with opinions"), answer.body());
        assertEquals("<p>Weather, gloomy</p>", feed.select("item:has(guid:contains(/@mira/" + warned + ")) > description").text());
        assertFalse(answer.body().contains("Storm tonight"), "behind a content warning");
        assertTrue(answer.headers().firstValue("X-Robots-Tag").isEmpty());
        assertEquals("noindex", get("/@tobias.rss", "*/*").headers().firstValue("X-Robots-Tag").orElse(""));
        assertEquals(server.base() + "/@mira.rss", page("/@mira").select("link[type=application/rss+xml]").attr("href"));
        assertTrue(get("/tags/birds.rss", "*/*").body().contains("Low tide at six"));
        assertEquals(List.of(403, 404, 404, 404), Stream.of("/@banned.rss", "/@nobody.rss", "/@sven@far.example.rss", "/tags/%20.rss")
            .map(path -> get(path, "*/*").status()).toList());
        assertEquals(SCRIPT + " (@eve@" + server.domain() + ")", Jsoup.parse(get("/@eve.rss", "*/*").body(), "", Parser.xmlParser()).selectFirst("channel > title").text());
    }

    @Test
    void whoHasTheNewestOfAFeedGetsNoMore() {
        String tag = get("/@mira.rss", "*/*").headers().firstValue("ETag").orElseThrow();
        Api.Answer again = Api.send(HttpRequest.newBuilder(URI.create(server.base() + "/@mira.rss")).header("If-None-Match", tag).build());
        assertEquals("304 ", again.status() + " " + again.body());
        assertEquals(200, Api.send(HttpRequest.newBuilder(URI.create(server.base() + "/@mira.rss")).header("If-None-Match", "\"else\"").build()).status());
    }

    @Test
    void postsAreShownElsewhereAsQuotationsThatLoadNothing_hostileInput76() {
        String address = page("/@mira/" + tide).select("link[type=application/json+oembed]").attr("href");
        JsonNode embed = get(address.substring(server.base().length()) + "&maxwidth=300", "*/*").ok();
        assertEquals(List.of(), EntityContract.problems("OEmbed", embed));
        Document quotation = Jsoup.parse(embed.get("html").asText());
        assertTrue(quotation.text().contains("Low tide at six") && quotation.select("script, iframe, img, link").isEmpty(), quotation.html());
        assertEquals("mira 300", embed.get("author_name").asText() + " " + embed.get("width"));
        String behind = get("/api/oembed?url=" + Visitor.encoded(server.base() + "/@mira/" + warned), "*/*").ok().get("html").asText();
        assertTrue(behind.contains("Weather, gloomy") && !behind.contains("Storm tonight"), behind);
        for (String hidden : List.of("/@mira/" + secret, "/@tobias/" + deleted, "/@mira")) {
            assertEquals(404, get("/api/oembed?url=" + Visitor.encoded(server.base() + hidden), "*/*").status(), hidden);
        }
        assertEquals(404, get("/api/oembed?url=https%3A%2F%2Ffar.example%2F%40sven%2F" + tide, "*/*").status());
        assertEquals(400, get("/api/oembed", "*/*").status());
        assertEquals(501, get("/api/oembed?format=xml&url=" + Visitor.encoded(server.base() + "/@mira/" + tide), "*/*").status());
    }

    @Test
    void searchEnginesAreLetInOnlyWhereThePersonSaysSo_hostileInput76() {
        assertTrue(page("/@mira").select("meta[name=robots]").isEmpty());
        assertEquals("noindex, noarchive", page("/@tobias").select("meta[name=robots]").attr("content"));
        assertEquals("noindex, noarchive", page("/@tobias/" + quoting).select("meta[name=robots]").attr("content"));
    }

    @Test
    void namesAndTextsAreEscapedByContext_hostileInput73() {
        Document page = page("/@eve");
        assertTrue(page.select("script").isEmpty());
        assertEquals(SCRIPT, page.selectFirst("h1").text());
        assertTrue(page.select("meta[property=og:title]").attr("content").startsWith(SCRIPT), page.head().html());
        assertEquals("</title><script>", page.select("meta[property=og:description]").attr("content"));
    }

    @Test
    void profilesElsewhereAreReachedOverAPageThatSaysSo_hostileInput74() {
        Document page = page("/@sven@far.example");
        assertTrue(page.selectFirst("h1").text().startsWith("You are leaving"));
        assertEquals("nofollow noopener noreferrer", page.selectFirst("a.button[href=https://far.example/@sven]").attr("rel"));
        for (String path : List.of("/@trick@evil.example", "/@nobody@evil.example", "/@//evil.example", "/@mira/%2f%2fevil.example", "/redirect?to=//evil.example")) {
            Api.Answer answer = get(path, "text/html");
            assertEquals(404, answer.status(), path);
            assertTrue(answer.headers().firstValue("Location").isEmpty(), path);
        }
    }

    @Test
    void whatIsGoneSuspendedOrUnknownIsToldApart() {
        assertEquals(410, get("/@tobias/" + deleted, "text/html").status());
        assertEquals(403, get("/@banned", "text/html").status());
        assertEquals(404, get("/@nobody", "text/html").status());
        assertEquals(404, get("/@tobias/" + tide, "text/html").status());
        assertEquals(404, get("/@mira/99999999999999999999", "text/html").status());
        assertEquals(404, get("/tags/%20", "text/html").status());
    }

    @Test
    void olderAndNewerLinksMeetWithoutGapOrRepetition() {
        List<String> seen = new ArrayList<>();
        String path = "/@mira";
        String second = null;
        while (path != null) {
            Document page = page(path);
            page.select("article").stream().filter(post -> !post.text().startsWith("Pinned post")).forEach(post -> seen.add(post.id()));
            path = page.select("nav.paging a[rel=next]").stream().map(link -> link.attr("href")).findFirst().orElse(null);
            second = second == null ? path : second;
        }
        assertEquals(seen.size(), new HashSet<>(seen).size(), seen.toString());
        assertTrue(seen.size() > LOG_ENTRIES, seen.toString());
        String newer = page(second).select("nav.paging a[rel=prev]").attr("href");
        List<String> first = page("/@mira").select("article").eachAttr("id");
        List<String> back = page(newer).select("article").eachAttr("id");
        assertEquals(first.getLast(), back.getLast());
    }

    @Test
    void pagesAnswerActivityPubWhenAskedForIt() {
        JsonNode person = get("/@mira", "application/activity+json").ok();
        assertEquals("Person", person.get("type").asText());
        assertEquals(server.base() + "/users/mira", person.get("id").asText());
        JsonNode note = get("/@mira/" + tide, "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"").ok();
        assertEquals(server.base() + "/users/mira/statuses/" + tide, note.get("id").asText());
        Api.Answer page = get("/@mira", "text/html");
        assertTrue(page.headers().firstValue("Link").orElse("").contains("application/activity+json"));
        assertTrue(String.join(",", page.headers().allValues("Vary")).contains("Accept"));
    }

    @Test
    void pagesSpeakTheReadersLanguageAndCarryAStrictPolicy() {
        Api.Answer german = Api.send(HttpRequest.newBuilder(URI.create(server.base() + "/@mira"))
            .header("Accept", "text/html").header("Accept-Language", "de-AT,de;q=0.9").build());
        assertTrue(german.body().contains("lang=\"de\"") && german.body().contains("Beiträge"), german.body());
        String policy = german.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.startsWith("default-src 'none'") && !policy.contains("unsafe"), policy);
        assertTrue(policy.contains("img-src 'self' data: " + server.base() + ";") && !policy.contains("https:"), policy);
    }

    @Test
    void faviconManifestAndRobotsAreThere() {
        assertTrue(get("/favicon.svg", "*/*").body().contains("<svg"));
        assertEquals(200, get("/favicon.ico", "*/*").status());
        assertEquals("/", get("/manifest.webmanifest", "*/*").ok().get("start_url").asText());
        assertTrue(get("/robots.txt", "*/*").body().startsWith("User-agent: *"));
    }

    private Document page(String path) {
        Api.Answer answer = get(path, "text/html");
        assertEquals(200, answer.status(), path + ": " + answer.body());
        return Jsoup.parse(answer.body(), server.base());
    }

    private Api.Answer get(String path, String accept) {
        return Api.send(HttpRequest.newBuilder(URI.create(server.base() + path)).header("Accept", accept).build());
    }

    private String lynx(String path) throws IOException, InterruptedException {
        Process lynx = new ProcessBuilder("lynx", "-dump", "-nolist", "-width=120", "-display_charset=utf-8", server.base() + path).redirectErrorStream(true).start();
        String text = new String(lynx.getInputStream().readAllBytes());
        assertTrue(lynx.waitFor(120, TimeUnit.SECONDS) && lynx.exitValue() == 0, text);
        return text;
    }

    private static void assertInOrder(String text, String... parts) {
        int position = 0;
        for (String part : parts) {
            int found = text.indexOf(part, position);
            assertTrue(found >= 0, "“%s” is missing, or not where it belongs, in:%n%s".formatted(part, text));
            position = found + part.length();
        }
    }
}
