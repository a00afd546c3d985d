package social.dunlin.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.filter.FilterChange.Expiry;
import social.dunlin.filter.FilterChange.KeywordChange;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class FilterServiceTest {
    private StatusWorld world;
    private FilterService service;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        service = world.filterService;
    }

    private static FilterChange wanted(String title, KeywordChange... keywords) {
        return new FilterChange(title, List.of(FilterContext.HOME), null, null, List.of(keywords));
    }

    private static KeywordChange word(String keyword, boolean wholeWord) {
        return new KeywordChange(null, keyword, wholeWord, false);
    }

    private static KeywordChange word(String keyword) {
        return word(keyword, true);
    }

    private static boolean matches(String keyword, boolean wholeWord, String html) {
        return FilterableText.of(html, List.of()).has(FilterableText.fold(keyword), wholeWord);
    }

    @Test
    void wholeWordsStandAloneAndPartsDoNot() {
        assertTrue(matches("tide", true, "<p>The Tide, it is out</p>"));
        assertFalse(matches("tide", true, "<p>Tidelands</p>"));
        assertTrue(matches("tide", false, "<p>Tidelands</p>"));
        assertTrue(matches("tide", true, "<p>Tidelands at low tide</p>"), "the second place is looked at too");
        assertFalse(matches("tide", true, "<p>low_tide</p>"), "an underscore belongs to the word");
        assertTrue(matches("b-c d", true, "<p>ab-c b-c d</p>"));
        assertFalse(matches("a".repeat(500), true, "<p>%s</p>".formatted("a".repeat(5_000))));
        assertFalse(matches("eb", true, "<p>Ebbe und Ebenen</p>"));
        assertTrue(matches("straße", true, "<p>STRASSE</p>"));
        assertTrue(matches("潮", true, "<p>潮</p>"));
        assertFalse(matches("cafe", true, "<p>cafe\u0301s</p>"), "an accent of its own belongs to the word");
    }

    @Test
    void boundariesAreAskedForOnlyWhereTheKeywordHasAWord() {
        assertTrue(matches("#tide", true, "<p>so#tide</p>"));
        assertTrue(matches(":)", true, "<p>well:)then</p>"));
        assertFalse(matches("#tide", true, "<p>#tides</p>"));
    }

    @Test
    void keywordsAreLiteralsWhateverSignsTheyHold() {
        assertTrue(matches("(a+)+$", false, "<p>what (a+)+$ means</p>"));
        assertFalse(matches("(a+)+$", false, "<p>%s!</p>".formatted("a".repeat(10_000))));
        assertFalse(matches(".*", true, "<p>anything</p>"));
    }

    @Test
    void tagsAreNoTextAndOtherTextsAreSearchedToo() {
        assertFalse(matches("href", false, "<p><a href=\"https://x.example\">link</a></p>"));
        assertTrue(matches("one two", true, "<p>one<br>two</p>"));
        assertTrue(FilterableText.of("<p></p>", List.of("warning: Tide")).has("tide", true));
    }

    @Test
    void expiredFiltersAreListedAndMatchNothing() {
        Filter filter = service.create(BOB, new FilterChange("Soon over", List.of(FilterContext.HOME, FilterContext.HOME, FilterContext.THREAD), FilterAction.BLUR,
            new Expiry(Duration.ofHours(1)), List.of(word("tide"))));
        assertEquals(List.of(FilterContext.HOME, FilterContext.THREAD), filter.contexts());
        assertEquals(1, match(BOB, "tide").size());
        world.database.execute("update filter set expires_at = now() - interval '1 second' where id = $1", filter.id());
        world.filters.forget(BOB);
        assertEquals(List.of(), match(BOB, "tide"));
        assertEquals(List.of(filter.id()), service.list(BOB).stream().map(Filter::id).toList());
        assertEquals(null, service.update(BOB, filter.id(), new FilterChange(null, null, null, new Expiry(null), List.of())).expiresAt());
        assertEquals(FilterAction.BLUR, match(BOB, "tide").getFirst().filter().action());
        service.remove(BOB, filter.id());
    }

    private List<FilterMatch> match(long reader, String text) {
        return world.filters.of(reader).matches(Set.of(1L), () -> FilterableText.of(text, List.of()));
    }

    @Test
    void keywordsAreAddedChangedAndRemovedTogether() {
        Filter filter = service.create(ALICE, wanted("Words", word("one"), word("two", false)));
        long one = filter.keywords().getFirst().id();
        long two = filter.keywords().getLast().id();
        Filter after = service.update(ALICE, filter.id(), wanted("Other words", new KeywordChange(one, null, null, true),
            new KeywordChange(two, "zwei", null, false), word("three")));
        assertEquals("Other words", after.title());
        assertEquals(List.of("zwei", "three"), after.keywords().stream().map(Filter.Keyword::keyword).toList());
        assertFalse(after.keywords().getFirst().wholeWord(), "left as it was");
        assertThrows(Refusal.class, () -> service.keyword(ALICE, one));
        service.remove(ALICE, filter.id());
    }

    @Test
    void somebodyElsesFiltersAreNotThere() {
        Filter filter = service.create(ALICE, wanted("Mine", word("mine")));
        long keyword = filter.keywords().getFirst().id();
        Status post = world.post(ALICE, "Mine", Visibility.PUBLIC);
        long single = service.addStatus(ALICE, filter.id(), post.id()).id();
        assertEquals(404, assertThrows(Refusal.class, () -> service.get(BOB, filter.id())).status());
        assertEquals(404, assertThrows(Refusal.class, () -> service.remove(BOB, filter.id())).status());
        assertEquals(404, assertThrows(Refusal.class, () -> service.update(BOB, filter.id(), wanted("Yours"))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> service.updateKeyword(BOB, keyword, word("yours"))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> service.removeKeyword(BOB, keyword)).status());
        assertEquals(404, assertThrows(Refusal.class, () -> service.removeStatus(BOB, single)).status());
        service.update(ALICE, service.create(ALICE, wanted("Second")).id(), wanted("Second", new KeywordChange(keyword, "moved", true, false)));
        assertEquals("mine", service.keyword(ALICE, keyword).keyword(), "a keyword of another filter is not touched");
        assertEquals(single, service.addStatus(ALICE, filter.id(), post.id()).id(), "twice is once");
        service.list(ALICE).forEach(each -> service.remove(ALICE, each.id()));
    }

    @Test
    void aPostOneMayNotSeeCannotBeFiltered() {
        Filter filter = service.create(DORA, wanted("Posts"));
        Status post = world.post(CAROL, "For followers", Visibility.PRIVATE);
        assertEquals(404, assertThrows(Refusal.class, () -> service.addStatus(DORA, filter.id(), post.id())).status());
        service.remove(DORA, filter.id());
    }

    @Test
    void hostileInput52_whatIsEmptyTooLongOrTooMuchIsRefused() {
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, wanted(" "))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, wanted("x".repeat(257)))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, wanted("Words", word("x".repeat(100_000))))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, wanted("Words", word("")))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, wanted("Words", word("x".repeat(513))))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, new FilterChange("No context", List.of(), null, null, List.of()))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, wanted("Words",
            IntStream.range(0, 501).mapToObj(number -> word("w" + number)).toArray(KeywordChange[]::new)))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> service.create(CAROL, wanted("Words",
            IntStream.range(0, 41).mapToObj(number -> word("x".repeat(500))).toArray(KeywordChange[]::new)))).status());
        assertEquals(List.of(), service.list(CAROL), "nothing of it is left");
    }
}
