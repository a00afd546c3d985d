package social.dunlin.api.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.api.access.ClientAddress;
import social.dunlin.api.access.RateLimits;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.event.EventBus;
import social.dunlin.federation.http.FakeFediverse;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.FakeFediverse.Request;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.id.Host;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.MediaProxy;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.media.proxy.ProxiedMedia;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;

/** The proxy as a browser and as an attacker meet it: over a socket, with other servers that are real ones. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaProxyTest {
    private static final String PICTURE = "\u0089PNG and so on, for a hundred letters or more ".repeat(3);
    private static final int LENGTH = PICTURE.getBytes(StandardCharsets.UTF_8).length;

    private final FakeFediverse fediverse = new FakeFediverse();
    private final HttpClient browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Database database;
    private MediaAddresses addresses;
    private MediaRejections rejections;
    private Domain domain;
    private GuardedHttpClient client;
    private HttpServer server;
    private int pictures;

    @BeforeAll
    void serve(Database given, Vertx vertx, PgConnectOptions options) throws Exception {
        database = given;
        Village village = Village.settle(database);
        domain = village.domains().defaultDomain();
        EventBus events = EventBus.of(database, vertx, options, true);
        rejections = new MediaRejections(database, events);
        addresses = ProxiedMedia.addresses(database, rejections, village.domains());
        client = fediverse.client(vertx, host -> village.domains().isOwnHost(host.value()));
        Router router = Router.router(vertx);
        new MediaProxyRoute(ProxiedMedia.proxy(database, events, addresses, client), new RateLimits(TestConfiguration.defaults()),
            new ClientAddress(TestConfiguration.defaults())).register(router);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @AfterAll
    void close() {
        client.close();
        fediverse.close();
    }

    @BeforeEach
    void forget() {
        fediverse.forgetRequests();
    }

    @Test
    void aPictureIsHandedOnWithOurHeadersAndWithoutTheReaders() throws Exception {
        String url = picture(request -> new Answer(200, "image/PNG; charset=utf-8", PICTURE,
            Map.of("Set-Cookie", "who=you", "ETag", "\"per-reader-1\"", "X-Secret", "1", "Content-Security-Policy", "none")));
        HttpResponse<String> answer = get(address(url), "Cookie", "session=1", "Authorization", "Bearer token", "Referer", "https://village.example/@alice",
            "User-Agent", "Firefox", "Accept-Language", "de", "X-Forwarded-For", "192.0.2.7", "If-None-Match", "\"per-reader-1\"", "DNT", "1");
        assertEquals(200, answer.statusCode());
        assertEquals(PICTURE, answer.body());
        assertEquals("image/png", header(answer, "Content-Type"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertTrue(header(answer, "Content-Security-Policy").endsWith("; sandbox"));
        assertTrue(header(answer, "Cache-Control").startsWith("public, max-age="));
        assertEquals("", header(answer, "Set-Cookie") + header(answer, "X-Secret"));
        Request asked = fediverse.requests().getFirst();
        String sent = asked.headers().toString().toLowerCase(Locale.ROOT);
        for (String readers : List.of("session=1", "bearer", "alice", "firefox", "language", "192.0.2.7", "per-reader", "dnt")) {
            assertFalse(sent.contains(readers), sent);
        }
        assertEquals("Dunlin/test", asked.header("User-agent"));
    }

    @Test
    void hostileInput85_onlyOurOwnSignatureOpensIt() throws Exception {
        String url = picture(request -> image());
        String other = picture(request -> image());
        String good = address(url);
        String signature = good.substring(good.indexOf("&sig=") + 5);
        String encoded = URLEncoder.encode(url, StandardCharsets.UTF_8);
        String old = "AAAA" + signature.substring(4);
        String preview = addresses.of(url, "", domain, Rendition.PREVIEW).replaceFirst(".*&sig=", "");
        for (String query : List.of("", "url=" + encoded, "url=" + encoded + "&sig=", "url=" + encoded + "&sig=" + signature.substring(1),
            "url=" + encoded + "&sig=" + signature.substring(0, signature.length() - 1), "url=" + encoded + "&sig=" + signature + "A",
            "url=" + encoded + "&sig=" + signature.toUpperCase(Locale.ROOT), "url=" + encoded + "&sig=" + signature.toLowerCase(Locale.ROOT),
            "url=" + encoded + "&sig=" + old, "url=" + URLEncoder.encode(other, StandardCharsets.UTF_8) + "&sig=" + signature,
            "url=" + URLEncoder.encode(encoded, StandardCharsets.UTF_8) + "&sig=" + signature, "url=" + encoded + "&of=evil.example&sig=" + signature,
            "url=" + encoded + "&as=preview&sig=" + signature, "url=" + encoded + "&as=other&sig=" + signature, "url=" + encoded + "&sig=" + preview,
            "url=" + encoded + "&as=still&sig=" + preview,
            "url=" + encoded.replace("far", "FAR") + "&sig=" + signature, "sig=" + signature, "url=%00&sig=" + signature)) {
            assertEquals(403, get(MediaAddresses.PATH + "?" + query).statusCode(), query);
        }
        assertEquals(404, get(MediaAddresses.PATH + "?url=preview%0A" + encoded + "&sig=" + preview).statusCode());
        assertEquals(List.of(), fediverse.requests());
        assertEquals(200, get(good).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "text/html", "application/activity+json", "application/json", "application/octet-stream", "text/plain",
        "image/svg+xml; image/png", "multipart/x-mixed-replace", "application/pdf", "image/png, text/html", "IMAGE/SVG+XML"})
    void hostileInput22And23_onlyWhatNoBrowserRunsPasses(String type) throws Exception {
        HttpResponse<String> answer = get(address(picture(request -> new Answer(200, type, "{\"type\":\"Note\"}<script>", Map.of()))));
        assertEquals(404, answer.statusCode());
        assertEquals("", answer.body());
        assertTrue(header(answer, "Content-Security-Policy").endsWith("; sandbox"));
    }

    @Test
    void packedPicturesAreNotUnpackedForAnybody() throws Exception {
        assertEquals(404, get(address(picture(request -> new Answer(200, "image/png", PICTURE, Map.of("Content-Encoding", "gzip"))))).statusCode());
    }

    @Test
    void aRangeIsAskedForAndHandedOn() throws Exception {
        String url = picture(MediaProxyTest::ranged);
        HttpResponse<String> answer = get(address(url), "Range", "bytes=5-9");
        assertEquals(206, answer.statusCode());
        assertEquals("bytes 5-9/" + LENGTH, header(answer, "Content-Range"));
        assertEquals("bytes", header(answer, "Accept-Ranges"));
        assertEquals("bytes=5-9", fediverse.requests().getFirst().header("Range"));
        HttpResponse<String> outside = get(address(url), "Range", "bytes=99999-");
        assertEquals(416, outside.statusCode());
        assertEquals("bytes */" + LENGTH, header(outside, "Content-Range"));
        for (String none : List.of("bytes=0-1,3-4", "bytes=-", "lines=1-2", "bytes=5-9\u00a0", "bytes=99999999999999999999-")) {
            assertEquals(200, get(address(url), "Range", none.strip().equals(none) ? none : "bytes=5-9 x").statusCode(), none);
        }
    }

    @Test
    void aChangedPictureIsGivenWholeInsteadOfAPart() throws Exception {
        String url = picture(MediaProxyTest::ranged);
        String tag = header(get(address(url)), "ETag");
        assertFalse(tag.contains("original"), tag);
        assertEquals(206, get(address(url), "Range", "bytes=5-9", "If-Range", tag).statusCode());
        HttpResponse<String> changed = get(address(url), "Range", "bytes=5-9", "If-Range", "\"another\"");
        assertEquals(200, changed.statusCode());
        assertEquals(PICTURE, changed.body());
        assertEquals(304, get(address(url), "If-None-Match", tag).statusCode());
        assertTrue(fediverse.requests().stream().noneMatch(request -> request.headers().containsKey("If-range") || request.headers().containsKey("If-none-match")));
    }

    @Test
    void hostileInput17_redirectsAreLookedAtLikeFirstAddresses() throws Exception {
        String real = picture(request -> image());
        assertEquals(200, get(address(picture(request -> Answer.redirect(real)))).statusCode());
        String own = "https://village.example/proxy/media?url=x&sig=y";
        for (String target : List.of(own, "https://10.0.0.1/a.png", "https://169.254.169.254/latest/meta-data", "http://far.example/a.png",
            "https://[::ffff:10.0.0.1]/a.png", "file:///etc/passwd", "data:image/png;base64,AAAA", "javascript:alert(1)", "//")) {
            assertEquals(404, get(address(picture(request -> Answer.redirect(target)))).statusCode(), target);
        }
        String loop = fediverse.url("evil", "/loop.png");
        fediverse.answer(loop, request -> Answer.redirect(loop));
        assertEquals(404, get(address(loop)).statusCode());
        assertEquals(1, fediverse.count(loop));
    }

    @Test
    void hostileInput1And2And16_addressesWithinAreNeverAsked() throws Exception {
        for (String inside : List.of("https://10.0.0.1/a.png", "https://169.254.169.254/", "https://[::1]/a.png", "https://[::a00:1]/a.png",
            "https://[64:ff9b::a00:1]/a.png", "https://0.0.0.0/a.png", "https://100.64.0.1/a.png", "http://far.example/admin")) {
            assertEquals(404, get(address(inside)).statusCode(), inside);
        }
        for (String none : List.of("javascript:alert(1)", "data:image/png,x", "//evil.example/x", "https://2130706433/", "ftp://far.example/x", "x".repeat(9000))) {
            assertNull(addresses.of(none, "", domain), none);
        }
        assertEquals("https://village.example/media/x.png", addresses.of("https://village.example/media/x.png", "", domain));
        assertEquals(List.of(), fediverse.requests());
    }

    @Test
    void hostileInput17_proxiesDoNotAskEachOtherInARing() throws Exception {
        String url = picture(request -> image());
        assertEquals(403, get(address(url), "User-Agent", "Dunlin/0.1.0 (+https://other.example/)").statusCode());
        HttpRequest.Builder ring = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + address(url))).header("Via", MediaProxy.VIA);
        assertEquals(403, browser.send(ring.build(), HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(List.of(), fediverse.requests());
    }

    @Test
    void aDeadAddressIsAskedOnce() throws Exception {
        for (int status : new int[] {404, 410, 403}) {
            String url = picture(request -> Answer.status(status));
            assertEquals(404, get(address(url)).statusCode());
            assertEquals(404, get(address(url)).statusCode());
            assertEquals(1, fediverse.count(url));
        }
        String away = picture(request -> Answer.status(503));
        HttpResponse<String> answer = get(address(away));
        assertEquals(502, answer.statusCode());
        assertEquals("no-store", header(answer, "Cache-Control"));
        get(address(away));
        assertEquals(1, fediverse.count(away));
    }

    @Test
    void whatIsTooLargeEndsWhereItIsNoticed() throws Exception {
        String announced = picture(request -> new Answer(200, "video/mp4", "x".repeat((1 << 20) + 1), Map.of()));
        assertEquals(404, get(address(announced)).statusCode());
        String endless = fediverse.url("far", "/endless.mp4");
        fediverse.endless(endless, "video/mp4");
        assertThrows(IOException.class, () -> get(address(endless)));
        assertEquals(404, get(address(endless)).statusCode());
        assertEquals(1, fediverse.count(endless));
    }

    @Test
    void readersWhoLeaveFreeTheirPlaces() throws Exception {
        for (int reader = 0; reader < 20; reader++) {
            String endless = fediverse.url("far", "/left-" + reader + ".mp4");
            fediverse.endless(endless, "video/mp4");
            HttpResponse<InputStream> begun = browser.send(request(address(endless)), HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, begun.statusCode());
            begun.body().close();
        }
        assertEquals(200, get(address(picture(request -> image()))).statusCode());
    }

    @Test
    void ofARejectedHostNothingIsShownWhereverItIsStored() throws Exception {
        String url = picture(request -> image());
        String brought = addresses.of(url, "rejected.example", domain).substring(domain.baseUrl().length());
        assertEquals(200, get(brought).statusCode());
        rejections.reject(Host.parse("rejected.example"));
        assertEquals(404, get(brought).statusCode());
        assertNull(addresses.of(url, "rejected.example", domain));
        assertNull(addresses.of("https://files.rejected.example:8443/a.png", "", domain));
        assertNull(addresses.of("https://a.b.rejected.example/a.png", "", domain));
        assertEquals(200, get(address(url)).statusCode());
        assertTrue(addresses.of("https://unrejected.example/a.png", "other.example", domain).contains("&of=other.example&"));
        rejections.accept(Host.parse("rejected.example"));
        assertEquals(200, get(brought).statusCode());
    }

    @Test
    void addressesStayTheSameAndKeepTheQueryOfTheOrigin() throws Exception {
        String url = fediverse.url("far", "/a b".replace(" ", "%20") + "?x=1&y=%2F;z=ü");
        fediverse.answer(fediverse.url("far", "/a%20b?x=1&y=%2F;z=%C3%BC"), request -> image());
        assertEquals(addresses.of(url, "", domain), addresses.of(url, "far.example", domain).replace("&of=far.example", "").replaceAll("&sig=.*", "")
            + address(url).substring(address(url).indexOf("&sig=")));
        assertEquals(200, get(address(url)).statusCode());
    }

    private static Answer image() {
        return new Answer(200, "image/png", PICTURE, Map.of());
    }

    private static Answer ranged(Request request) {
        return switch (request.header("Range")) {
            case "bytes=5-9" -> new Answer(206, "image/png", PICTURE.substring(4, 9), Map.of("Content-Range", "bytes 5-9/" + LENGTH, "ETag", "\"original\""));
            case "bytes=99999-" -> new Answer(416, "text/plain", "", Map.of("Content-Range", "bytes */" + LENGTH));
            default -> new Answer(200, "image/png", PICTURE, Map.of("ETag", "\"original\""));
        };
    }

    /** A new address that answers so. */
    private String picture(java.util.function.Function<Request, Answer> answer) {
        String url = fediverse.url("far", "/picture-" + pictures++ + ".png");
        fediverse.answer(url, answer);
        return url;
    }

    /** Path and query. */
    private String address(String url) {
        return addresses.of(url, "", domain).substring(domain.baseUrl().length());
    }

    private HttpResponse<String> get(String address, String... headers) throws IOException, InterruptedException {
        return browser.send(request(address, headers), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + address));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
