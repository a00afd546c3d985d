package social.dunlin.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.FRIDA;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.http.FakeFediverse;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.status.Status;
import social.dunlin.status.StatusChange;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class CardFetcherTest {
    private final FakeFediverse web = new FakeFediverse();
    private StatusWorld world;
    private PreviewCardStore store;
    private CardFetcher fetcher;
    private int number;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        store = new PreviewCardStore(database);
        RemoteResolver resolver = new RemoteResolver() {
            @Override
            public Optional<Account> account(String username, String host) {
                return world.accounts.byHandle(username, host);
            }

            @Override
            public Resolved url(String url) {
                return new Resolved.Nothing();
            }
        };
        fetcher = new CardFetcher(world.statuses, world.accounts, store, resolver, world.village.domains(),
            web.client(vertx, host -> world.village.domains().isOwnHost(host.value())), new ObjectMapper());
    }

    @AfterAll
    void close() {
        web.close();
    }

    @BeforeEach
    void forget() {
        web.forgetRequests();
    }

    private static Answer html(String head) {
        return new Answer(200, "text/html; charset=utf-8", "<!DOCTYPE html><html lang=\"de\"><head>" + head + "</head><body>Text</body></html>", Map.of());
    }

    /** An address of its own for each test, with what is answered there. */
    private String page(Answer answer) {
        String url = web.url("far", "/page/" + ++number);
        web.answer(url, request -> answer);
        return url;
    }

    private Status post(String text) {
        return world.post(ALICE, text, Visibility.PUBLIC);
    }

    private PreviewCard card(Status post) {
        fetcher.look(post.id());
        return store.ofStatuses(List.of(post.id())).get(post.id());
    }

    private PreviewCard cardOf(String head) {
        return card(post("See " + page(html(head))));
    }

    @Test
    void openGraphIsReadBeforeTheRest() {
        String url = page(html("""
            <title>Plain</title><meta property="og:title" content="Ducks &amp; <b>geese</b>"><meta name="twitter:title" content="Twitter">
            <meta property="og:description" content="About birds"><meta property="og:site_name" content="The Pond">
            <meta property="og:image" content="https://pictures.example/duck.png"><meta property="og:image:alt" content="A duck">
            <meta property="article:published_time" content="2026-01-02T03:04:05Z"><meta name="author" content="Donald">"""));
        PreviewCard card = card(post("See " + url + "#part and https://second.example/"));
        assertEquals(new PreviewCard(card.id(), url, "link", "Ducks & geese", "About birds", "de", "The Pond", url.replaceFirst("/page.*", ""), "Donald", "",
            null, null, "", 0, 0, "https://pictures.example/duck.png", "A duck", Instant.parse("2026-01-02T03:04:05Z")), card);
    }

    @Test
    void aPlainPageHasItsTitle() {
        PreviewCard card = cardOf("<title> Only\n a title </title>");
        assertEquals("Only a title", card.title());
        assertNull(card.imageUrl());
    }

    @Test
    void aPageIsFetchedOnceHoweverManyLinkToIt() {
        String url = page(html("<title>Popular</title>"));
        assertEquals("Popular", card(post("One " + url)).title());
        assertEquals("Popular", card(post("Two " + url)).title());
        Status remote = world.remotePost(FRIDA, "links", Visibility.PUBLIC);
        world.database.execute("update status set content = $2 where id = $1", remote.id(), "<p><a href=\"" + url + "#x\">here</a></p>");
        assertEquals("Popular", card(remote).title());
        assertEquals(1, web.count(url));
    }

    @Test
    void aPageWhoseFirstReaderWasKilledIsComeBackTo() {
        String url = page(html("<title>Worth a second look</title>"));
        Status post = post("See " + url);
        world.database.execute("insert into preview_card (url, leased_until) values ($1, now() + interval '1 minute')", url);
        assertFalse(fetcher.look(post.id()));
        world.database.execute("update preview_card set leased_until = now() - interval '1 second' where url = $1", url);
        assertTrue(fetcher.look(post.id()));
        assertTrue(fetcher.look(post.id()), "it is there");
        assertEquals("Worth a second look", card(post).title());
        assertEquals(1, web.count(url));
    }

    @Test
    void itIsFetchedAnewAfterTwoWeeksAndKeptWhenThatFails() {
        String url = page(html("<title>Old</title>"));
        card(post("One " + url));
        world.database.execute("update preview_card set fetched_at = now() - interval '15 days' where url = $1", url);
        web.answer(url, request -> html("<title>New</title>"));
        assertEquals("New", card(post("Two " + url)).title());
        world.database.execute("update preview_card set fetched_at = now() - interval '15 days' where url = $1", url);
        web.answer(url, request -> Answer.status(500));
        assertEquals("New", card(post("Three " + url)).title());
    }

    @Test
    void aPageThatBringsNothingIsNotAskedAgainAtOnce() {
        for (Answer answer : List.of(Answer.status(404), new Answer(200, "image/png", "x", Map.of()), html(""), new Answer(200, "text/html", "\0\uFFFF<", Map.of()))) {
            String url = page(answer);
            assertNull(card(post("See " + url)));
            assertNull(card(post("See again " + url)));
            assertEquals(1, web.count(url));
        }
    }

    @Test
    void anEditTakesTheLinkAway() {
        Status post = post("See " + page(html("<title>Gone soon</title>")));
        assertEquals("Gone soon", card(post).title());
        world.service.edit(world.village.account(ALICE), post.id(), StatusChange.text("Nothing to see"));
        assertNull(card(post));
    }

    @Test
    void peopleHashtagsAndQuotedPostsAreNoLinks() {
        assertEquals(Optional.empty(), PreviewLinks.first("""
            <p class="quote-inline">RE: <a href="https://a.example/1">x</a></p><p><span class="h-card"><a href="https://a.example/@b" class="u-url mention">@b</a></span>
            <a href="https://a.example/tags/c" rel="tag">#c</a> <a href="https://a.example/@known">@known</a> <a href="mailto:x@a.example">m</a></p>""",
            List.of("https://a.example/@known")));
        assertTrue(world.database.exists("select from job where kind = $1 and payload = $2", CardRequests.KIND, Long.toString(post("https://a.example/x").id())));
        assertFalse(world.database.exists("select from job where kind = $1 and payload = $2", CardRequests.KIND, Long.toString(post("Hi @bob #tag").id())));
    }

    @Test
    void ourOwnPagesAreNotAsked() {
        assertNull(card(post("See https://village.example/@bob")));
        assertEquals(List.of(), web.requests());
    }

    @Test
    void anAuthorCountsWhenBothNameEachOther() {
        String head = "<title>By Bob</title><meta name=\"fediverse:creator\" content=\"@bob@village.example\">";
        PreviewCard claimed = cardOf(head);
        assertNull(claimed.authorId());
        assertEquals(BOB, claimed.claimedId());
        world.database.execute("update account set attribution_domains = '{Example}' where id = $1", BOB);
        assertEquals(BOB, cardOf(head).authorId(), "a domain above the page's host");
        world.database.execute("update account set attribution_domains = '{r.example,ample,far.example.org}' where id = $1", BOB);
        assertNull(cardOf(head).authorId(), "the end of a name is no domain");
        world.database.execute("update account set attribution_domains = '{far.example}' where id = $1", BOB);
        assertEquals(BOB, cardOf(head).authorId());
        assertNull(cardOf("<title>x</title><meta name=\"fediverse:creator\" content=\"<script>@nobody@\">").claimedId());
    }

    @Test
    void oembedIsReadWhereThePageNamesIt() {
        String oembed = web.url("far", "/oembed");
        web.answer(oembed, request -> new Answer(200, "application/json", """
            {"type": "video", "title": "A film", "provider_name": "Films", "author_name": "Ann", "author_url": "https://films.example/ann", "width": 640, "height": "360",
             "thumbnail_url": "https://films.example/t.jpg", "html": "<iframe src='https://films.example/embed/1' onload='x' srcdoc='<script>'></iframe><script>x</script>"}""", Map.of()));
        PreviewCard card = cardOf("<title>Page</title><link rel=\"alternate\" type=\"application/json+oembed\" href=\"/oembed\">");
        assertEquals(List.of("video", "A film", "Films", "Ann", "https://films.example/ann", "https://films.example/embed/1", "https://films.example/t.jpg"),
            List.of(card.type(), card.title(), card.providerName(), card.authorName(), card.authorUrl(), card.embedUrl(), card.imageUrl()));
        assertEquals(640, card.width());
        assertEquals(360, card.height());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "<iframe srcdoc='<script>'></iframe>", "<iframe src='javascript:alert(1)'></iframe>",
        "<svg onload=x>", "<iframe src='http://films.example/'></iframe>", "<iframe src='https://10.0.0.1/'></iframe>", "<iframe src='data:text/html,x'></iframe>"})
    void hostileInput65_noForeignHtmlComesThrough(String hostile) throws Exception {
        String oembed = web.url("far", "/oembed" + ++number);
        String body = new ObjectMapper().createObjectNode().put("type", "video").put("title", "x").put("html", hostile).toString();
        web.answer(oembed, request -> new Answer(200, "application/json", body, Map.of()));
        PreviewCard card = cardOf("<title>Page</title><link rel=\"alternate\" type=\"application/json+oembed\" href=\"" + oembed + "\">");
        assertEquals("link", card.type());
        assertEquals("", card.embedUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1/a.png", "https://127.0.0.1/a.png", "https://[::1]/a.png", "https://169.254.169.254/a", "https://localhost/a.png",
        "https://2130706433/a.png", "https://printer.local/a.png", "javascript:alert(1)", "data:image/png;base64,AA", "file:///etc/passwd"})
    void hostileInput14_aPictureWithinSomebodysNetworkIsLeftOut(String image) {
        PreviewCard card = cardOf("<title>Page</title><meta property=\"og:image\" content=\"" + image + "\">");
        assertEquals("Page", card.title());
        assertNull(card.imageUrl());
    }

    @Test
    void hostileInput1_nothingWithinANetworkIsFetched() {
        for (String url : List.of("https://10.1.2.3/", "https://[fc00::1]/", "https://169.254.169.254/latest", "http://far.example/plain")) {
            assertNull(card(post("See " + url)), url);
        }
        String away = page(Answer.redirect("https://10.1.2.3/"));
        assertNull(card(post("See " + away)));
    }

    @Test
    void aHugePageIsReadToItsFirstMegabyte() {
        assertEquals("Long", card(post("See " + page(html("<title>Long</title>" + "<!-- x -->".repeat(300_000))))).title());
        assertEquals(500, cardOf("<title>" + "t".repeat(100_000) + "</title>").title().length());
        assertEquals("Deep", cardOf("<title>Deep</title>" + "<div>".repeat(50_000)).title());
    }
}
