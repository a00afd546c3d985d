package social.dunlin.api.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.EntityContract.assertComplete;
import static social.dunlin.testing.EntityContract.assertEntity;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import social.dunlin.account.AccountStore;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.filter.Filter;
import social.dunlin.filter.FilterAction;
import social.dunlin.filter.FilterChange;
import social.dunlin.filter.FilterChange.KeywordChange;
import social.dunlin.filter.FilterContext;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusChange;
import social.dunlin.status.Visibility;
import social.dunlin.visibility.Viewer;

/** The exact JSON of posts, and what rendering them costs. */
class StatusEntitiesTest extends EntityStage {
    private StatusRenderer renderer;
    private StatusHistoryRenderer history;

    @BeforeAll
    void choose() {
        renderer = renderers.entities;
        history = new StatusHistoryRenderer(world.details, world.media, world.polls, new AccountStore(database), new CustomEmojiStore(database), renderers.emojis,
            renderers.accounts, renderers.media, JSON);
    }

    @Test
    void aPostForSomebodyElse() {
        JsonNode json = check("status", rendered(stored(POST), Viewer.of(BOB)));
        assertComplete("Status", json, Set.of("application", "application[name]", "application[website]", "text", "pinned"));
        assertEquals(List.of("bob", "erin@hamlet.example", "gustav@far.example"), json.get("mentions").valueStream().map(each -> each.get("acct").asText()).toList());
        assertTrue(json.path("application").isMissingNode(), "for the author alone");
    }

    @Test
    void aPostForItsAuthor() {
        JsonNode json = JSON.valueToTree(rendered(stored(POST), Viewer.of(ALICE)));
        assertTrue(json.get("pinned").asBoolean());
        assertEquals("Quill", json.at("/application/name").asText());
        assertTrue(json.at("/poll/voted").asBoolean(), "the author counts as having voted");
        assertComplete("Status", json, Set.of("text"));
    }

    @Test
    void anonymousReadersGetNoFlags() {
        JsonNode json = check("status-anonymous", rendered(stored(POST), Viewer.anonymous()));
        for (String flag : List.of("favourited", "reblogged", "muted", "bookmarked", "pinned", "filtered")) {
            assertTrue(json.path(flag).isMissingNode(), flag);
        }
        assertTrue(json.at("/poll/voted").isMissingNode() && json.at("/poll/own_votes").isMissingNode());
    }

    @Test
    void aRemoteReplyWithAVideo() {
        check("status-remote", rendered(stored(REMOTE), Viewer.of(ALICE)));
    }

    @Test
    void aBoostHasThePostInside() {
        JsonNode json = check("status-boost", rendered(stored(BOOST), Viewer.of(BOB)));
        assertEquals("5001", json.at("/reblog/id").asText());
        assertTrue(json.get("reblogged").asBoolean() && json.at("/reblog/reblogged").asBoolean());
        assertEquals("", json.get("content").asText());
    }

    @Test
    void aDeletedPostAnswersItsSource() {
        JsonNode json = JSON.valueToTree(rendered(stored(POST), Viewer.of(ALICE)).asSource("Look :wave:"));
        assertTrue(json.path("content").isMissingNode());
        assertEquals("Look :wave:", json.get("text").asText());
    }

    @Test
    void aQuotedPostTheReaderMayNotSeeIsNotShown() {
        database.execute("update status set visibility = 'private' where id = $1", REMOTE);
        try {
            JsonNode json = JSON.valueToTree(rendered(stored(POST), Viewer.of(DORA)));
            assertEquals("unauthorized", json.at("/quote/state").asText());
            assertTrue(json.at("/quote/quoted_status").isNull());
            JsonNode follower = JSON.valueToTree(rendered(stored(POST), Viewer.of(ALICE)));
            assertEquals("5002", follower.at("/quote/quoted_status/id").asText());
            assertEquals("5001", follower.at("/quote/quoted_status/quote/quoted_status_id").asText(), "nesting ends");
        } finally {
            database.execute("update status set visibility = 'unlisted' where id = $1", REMOTE);
        }
    }

    @Test
    void aQuotedPostOfSomebodyTheReaderHasHiddenIsGivenWithTheReason() {
        Status quoted = world.post(DORA, "Quoted", Visibility.PUBLIC);
        Status quoting = world.service.publish(world.village.account(CAROL), new NewStatus("Look", null, null, Visibility.PUBLIC, null, null, null,
            quoted.id(), null, List.of(), null, null, null, null));
        assertEquals("accepted", quote(quoting, BOB).get("state").asText());
        database.execute("insert into mute (account_id, target_account_id) values ($1, $2)", BOB, DORA);
        assertEquals("muted_account", quote(quoting, BOB).get("state").asText());
        database.execute("insert into block (account_id, target_account_id) values ($1, $2)", BOB, DORA);
        assertEquals("blocked_account", quote(quoting, BOB).get("state").asText());
        assertEquals(Long.toString(quoted.id()), quote(quoting, BOB).at("/quoted_status/id").asText());
        database.execute("delete from block where account_id = $1 and target_account_id = $2", BOB, DORA);
        database.execute("delete from mute where account_id = $1", BOB);
    }

    private JsonNode quote(Status status, long reader) {
        return JSON.valueToTree(rendered(stored(status.id()), Viewer.of(reader))).get("quote");
    }

    @Test
    void aQuoteThatDoesNotHoldIsShownAsItsStateAndOneOfTheOldKindNotAtAll() {
        Status post = world.post(CAROL, "Quoting", Visibility.PUBLIC);
        database.execute("insert into quote (status_id, quoted_status_id, state) values ($1, $2, 'pending')", post.id(), REMOTE);
        for (String state : List.of("pending", "rejected", "revoked", "deleted", "unauthorized")) {
            database.execute("update quote set state = $2 where status_id = $1", post.id(), state);
            assertEquals(state, quote(post, ALICE).get("state").asText());
            assertTrue(quote(post, ALICE).get("quoted_status").isNull());
        }
        database.execute("update quote set legacy = true where status_id = $1", post.id());
        assertTrue(quote(post, ALICE).isNull());
        database.execute("update quote set state = 'accepted' where status_id = $1", post.id());
        assertEquals("5002", quote(post, ALICE).at("/quoted_status/id").asText());
        database.execute("update quote set quoted_status_id = null where status_id = $1", post.id());
        assertEquals("deleted", quote(post, ALICE).get("state").asText());
    }

    @Test
    void whoMayQuoteIsToldToEachReader() {
        Status post = world.post(CAROL, "Followers may", Visibility.PUBLIC);
        database.execute("update status set quote_policy = 'followers' where id = $1", post.id());
        assertEquals("automatic", approval(post, BOB).get("current_user").asText());
        assertEquals("denied", approval(post, DORA).get("current_user").asText());
        assertEquals("[\"followers\"]", approval(post, DORA).get("automatic").toString());
        database.execute("update status set quote_policy = 'manual' where id = $1", post.id());
        assertEquals("manual", approval(post, DORA).get("current_user").asText());
        assertEquals("[\"public\"]", approval(post, DORA).get("manual").toString());
        database.execute("update status set quote_policy = 'unknown' where id = $1", post.id());
        assertEquals("unknown", approval(post, DORA).get("current_user").asText());
    }

    private JsonNode approval(Status status, long reader) {
        return JSON.valueToTree(rendered(stored(status.id()), Viewer.of(reader))).get("quote_approval");
    }

    @Test
    void hiddenTotalsStayHiddenWhileThePollRuns() {
        database.execute("update poll set hide_totals = true");
        assertTrue(JSON.valueToTree(rendered(stored(POST), Viewer.of(BOB))).at("/poll/options/0/votes_count").isNull());
        database.execute("update poll set hide_totals = false");
    }

    @Test
    void historyIsOldestFirst() {
        assertEquals(1, history.render(stored(POST)).size());
        assertComplete("StatusEdit", JSON.valueToTree(history.render(stored(POST)).getFirst()),
            Set.of("poll.options[]", "poll.options[].title", "quote"));
        Status post = world.post(CAROL, "First", Visibility.PUBLIC);
        world.service.edit(world.village.account(CAROL), post.id(), StatusChange.text("Second"));
        world.service.edit(world.village.account(CAROL), post.id(), StatusChange.text("Third"));
        assertEquals(List.of("<p>First</p>", "<p>Second</p>", "<p>Third</p>"), history.render(stored(post.id())).stream().map(StatusEditEntity::content).toList());
    }

    @Test
    void aCardOfALinkedPage() {
        database.execute("""
            insert into preview_card (id, url, state, type, title, description, language, provider_name, provider_url, author_account_id, embed_url, width,
              height, image_url, image_description, published_at)
            overriding system value
            values (8001, 'https://news.example:8443/duck?a=1', 'ready', 'video', 'Ducks & <geese>', 'About birds', 'de', 'News', 'https://news.example', $1,
              'https://news.example/embed?a="1"&b', 640, 360, 'https://news.example/duck.png', 'A duck', '2026-01-02T03:04:05Z')""", BOB);
        Status post = stored(POST);
        database.execute("insert into status_preview_card values ($1, 8001)", POST);
        database.execute("update account set attribution_domains = '{news.example}' where id = $1", BOB);
        JsonNode json = check("preview-card", rendered(post, Viewer.of(DORA)).card());
        assertComplete("PreviewCard", json, Set.of());
        assertComplete("PreviewCardAuthor", json.at("/authors/0"), Set.of());
        database.execute("update account set attribution_domains = '{}' where id = $1", BOB);
        assertTrue(rendered(post, Viewer.of(BOB)).card().missingAttribution(), "said to the author alone");
        assertNull(rendered(post, Viewer.of(DORA)).card().missingAttribution());
        assertEquals(List.of(), rendered(post, Viewer.of(DORA)).card().authors());
        database.execute("delete from preview_card where id = 8001");
    }

    @Test
    void poll() {
        assertComplete("Poll", JSON.valueToTree(rendered(stored(POST), Viewer.of(BOB)).poll()), Set.of());
    }

    @Test
    void attachment() {
        JsonNode json = JSON.valueToTree(rendered(stored(POST), Viewer.of(BOB)).mediaAttachments().getFirst());
        List<String> missing = List.of("id", "type", "url", "preview_url", "remote_url", "preview_remote_url", "text_url", "meta", "description", "blurhash")
            .stream().filter(field -> json.path(field).isMissingNode()).toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void aPageOfAnySizeCostsTheSameStatements() {
        List<Status> posts = new ArrayList<>(IntStream.range(0, 20).mapToObj(number ->
            world.post(number % 2 == 0 ? ALICE : CAROL, "Post %d for @bob #tag%d :wave:".formatted(number, number), Visibility.PUBLIC)).toList());
        world.actions.reblog(world.village.account(BOB), posts.getFirst().id(), null);
        world.actions.reblog(world.village.account(BOB), posts.get(1).id(), null);
        Map<Integer, Long> cost = new LinkedHashMap<>();
        for (int size : new int[] {2, 20}) {
            cost.put(size, cost(() -> {
                List<Status> page = world.timelines.home(BOB, Page.first(size)).statuses();
                assertEquals(size, renderer.render(page, Viewer.of(BOB)).size());
            }));
        }
        assertEquals(cost.get(2), cost.get(20));
        assertFalse(cost.get(20) > 17, () -> "statements: " + cost);
    }

    /** In statements, when it is the same twice: filters are read once more when news of a change comes late, be it of another reader's. */
    private long cost(Runnable rendering) {
        long last = -1;
        while (true) {
            long before = database.statementCount();
            rendering.run();
            long cost = database.statementCount() - before;
            if (cost == last) {
                return cost;
            }
            last = cost;
        }
    }

    @Test
    void aPostSaysWhichFiltersOfItsReaderItMatches() {
        Status post = world.post(CAROL, "The tide is out, said the dunlin", Visibility.PUBLIC);
        Status boost = world.actions.reblog(world.village.account(ERIN), post.id(), null);
        Filter words = world.filterService.create(DORA, new FilterChange("Weather", List.of(FilterContext.PUBLIC), FilterAction.HIDE, null,
            List.of(new KeywordChange(null, "rain", true, false), new KeywordChange(null, "TIDE", true, false))));
        Filter single = world.filterService.create(DORA, new FilterChange("This one", List.of(FilterContext.HOME), null, null, List.of()));
        world.filterService.addStatus(DORA, single.id(), post.id());
        JsonNode json = JSON.valueToTree(rendered(post, Viewer.of(DORA)));
        assertEntity("Status", json);
        assertEquals("[\"TIDE\"]", json.at("/filtered/0/keyword_matches").toString());
        assertTrue(json.at("/filtered/0/status_matches").isNull() && json.at("/filtered/0/filter/keywords").isMissingNode());
        assertEquals("[\"%d\"]".formatted(post.id()), json.at("/filtered/1/status_matches").toString());
        JsonNode wrapper = JSON.valueToTree(rendered(boost, Viewer.of(DORA)));
        assertEquals(2, wrapper.get("filtered").size());
        assertEquals(wrapper.get("filtered"), wrapper.at("/reblog/filtered"));
        assertEquals(0, JSON.valueToTree(rendered(post, Viewer.of(ERIN))).get("filtered").size(), "somebody else's filters");
        assertEntity("Filter", JSON.valueToTree(FilterEntity.of(world.filterService.get(DORA, words.id()))));
        world.filterService.remove(DORA, words.id());
        world.filterService.remove(DORA, single.id());
        assertEquals(0, JSON.valueToTree(rendered(post, Viewer.of(DORA))).get("filtered").size(), "at once");
    }

    @Test
    void filtersCostNoStatementOnceTheyAreKnown() {
        Status post = world.post(CAROL, "Once more", Visibility.PUBLIC);
        long without = cost(() -> rendered(post, Viewer.of(ERIN)));
        Filter filter = world.filterService.create(ERIN, new FilterChange("Words", List.of(FilterContext.HOME), null, null,
            List.of(new KeywordChange(null, "more", true, false))));
        assertEquals(1, rendered(post, Viewer.of(ERIN)).filtered().size());
        assertEquals(without, cost(() -> rendered(post, Viewer.of(ERIN))));
        world.filterService.remove(ERIN, filter.id());
    }
}
