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
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.AccountStore;
import social.dunlin.collection.CollectionService;
import social.dunlin.collection.CollectionServices;
import social.dunlin.database.Database;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.filter.Filter;
import social.dunlin.filter.FilterAction;
import social.dunlin.filter.FilterChange;
import social.dunlin.filter.FilterChange.KeywordChange;
import social.dunlin.filter.FilterContext;
import social.dunlin.moderation.NewReport;
import social.dunlin.moderation.ReportCategory;
import social.dunlin.moderation.ReportServices;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationGroup;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusChange;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.EntityContract;
import social.dunlin.testing.GoldenFile;
import social.dunlin.testing.Village;
import social.dunlin.timeline.Marker;
import social.dunlin.visibility.Viewer;

/** The exact JSON of posts and notifications, and what rendering them costs. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StatusEntitiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POST = 5001;
    private static final long REMOTE = 5002;
    private static final long BOOST = 5003;

    private StatusWorld world;
    private Database database;
    private Renderers renderers;
    private StatusRenderer renderer;
    private StatusHistoryRenderer history;
    private NotificationRenderer notifications;
    private NotificationGroupRenderer groups;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new StatusWorld(database, vertx, options);
        Village village = world.village;
        CustomEmojiStore emojis = new CustomEmojiStore(database);
        renderers = new Renderers(world, village.domains()::defaultDomain, JSON);
        AccountRenderer accounts = renderers.accounts;
        renderer = renderers.entities;
        history = new StatusHistoryRenderer(world.details, world.media, world.polls, new AccountStore(database), emojis, renderers.emojis, accounts,
            renderers.media, JSON);
        notifications = renderers.notifications;
        groups = renderers.groups;
        write();
    }

    private void write() {
        database.execute("insert into conversation (id) values ($1)", POST);
        database.execute("insert into oauth_application (client_id, client_secret_hash, name, website, redirect_uris, scopes) values ('c', '', 'Quill', 'https://quill.example', '{}', '{}')");
        status(POST, ALICE, "https://village.example/users/alice/statuses/5001", "public", "Careful", "<p>Look :wave:</p>", null);
        database.execute("""
            update status set local = true, url = 'https://village.example/@alice/5001', text_source = 'Look :wave:', emojis = '{wave}',
              application_id = (select id from oauth_application) where id = $1""", POST);
        status(REMOTE, FRIDA, "https://far.example/notes/1", "unlisted", "", "<p>From afar</p>", null);
        database.execute("update status set url = 'https://far.example/@frida/1', in_reply_to_id = $2, in_reply_to_account_id = $3, edited_at = '2026-02-03T05:00:00Z' where id = $1",
            REMOTE, POST, ALICE);
        status(BOOST, BOB, "https://village.example/users/bob/statuses/5003/activity", "public", "", "", POST);
        database.execute("update status set local = true where id = $1", BOOST);
        database.execute("insert into custom_emoji (host, shortcode, url, static_url) values ('', 'wave', 'https://village.example/e/wave.gif', 'https://village.example/e/wave.png')");
        database.execute("insert into mention (status_id, account_id) values ($1, $2), ($1, $3), ($1, $4)", POST, BOB, ERIN, GUSTAV);
        database.execute("insert into mention (status_id, account_id, silent) values ($1, $2, true)", POST, DORA);
        database.execute("insert into tag (name, display_name) values ('straße', 'Straße')");
        database.execute("insert into status_tag (status_id, tag_id) select $1, id from tag", POST);
        database.execute("""
            insert into media_attachment (id, account_id, status_id, type, blob, preview_blob, content_type, description, blurhash, focus_x, focus_y, meta)
            values (6001, $1, $2, 'image', 'ab/cd.png', 'ab/cd-small.png', 'image/png', 'A duck', 'UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH', 0.5, -0.25,
              '{"original":{"width":640,"height":480,"size":"640x480","aspect":1.3333333}}')""", ALICE, POST);
        database.execute("""
            insert into media_attachment (id, account_id, status_id, type, remote_url) values (6002, $1, $2, 'video', 'https://far.example/m.mp4')""", FRIDA, REMOTE);
        database.execute("""
            insert into poll (id, status_id, account_id, options, tallies, multiple, hide_totals, votes_count, voters_count, expires_at)
            values (7001, $1, $2, '{"Yes :wave:",No}', '{2,1}', true, false, 3, 2, '2126-01-01T00:00:00Z')""", POST, ALICE);
        database.execute("insert into poll_vote (poll_id, account_id, choice) values (7001, $1, 0)", BOB);
        database.execute("insert into quote (status_id, quoted_status_id, state) values ($1, $2, 'accepted'), ($2, $1, 'accepted')", POST, REMOTE);
        database.execute("update status_counter set replies_count = 1, reblogs_count = 1, favourites_count = 2, quotes_count = 1 where status_id = $1", POST);
        database.execute("insert into favourite (account_id, status_id) values ($1, $2)", BOB, POST);
        database.execute("insert into bookmark (account_id, status_id) values ($1, $2)", BOB, POST);
        database.execute("insert into status_pin (account_id, status_id) values ($1, $2)", ALICE, POST);
    }

    private void status(long id, long author, String uri, String visibility, String spoiler, String content, Long reblogOf) {
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, spoiler_text, content, language, sensitive, conversation_id, reblog_of_id, created_at)
            values ($1, $2, $3, false, $4, $5, $6, 'en', $5 <> '', $7, $8, '2026-02-03T04:05:06.007Z')""",
            id, author, uri, visibility, spoiler, content, POST, reblogOf);
        database.execute("insert into status_counter (status_id) values ($1)", id);
    }

    private Status stored(long id) {
        return world.statuses.byId(id).orElseThrow();
    }

    /** Written anew, and asserted to be the same as what is put together, twice: first it may be written, then it is kept. */
    private StatusEntity rendered(Status status, Viewer viewer) {
        StatusEntity entity = renderer.render(stored(status.id()), viewer);
        try {
            String expected = new String(JSON.writeValueAsBytes(entity), StandardCharsets.UTF_8);
            for (int time = 0; time < 2; time++) {
                assertEquals(expected, new String(renderers.posts.render(status, viewer).utf8(), StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return entity;
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
    void notificationsOneByOneAndGrouped() {
        Notification favourite = new Notification(31, ALICE, NotificationType.FAVOURITE, BOB, POST, null, "favourite-5001-493000", false, Instant.parse("2026-02-03T04:05:06.007Z"));
        Notification follow = new Notification(32, ALICE, NotificationType.FOLLOW, FRIDA, null, null, "ungrouped-32", false, Instant.parse("2026-02-03T04:05:07Z"));
        JsonNode json = check("notifications", notifications.render(List.of(follow, favourite), NotificationFallbacks.kinds()));
        assertComplete("Notification", json.get(1), Set.of("report", "event", "moderation_warning", "fallback", "collection", "filtered"));
        assertTrue(json.get(0).path("status").isMissingNode());
        NotificationGroup group = new NotificationGroup("favourite-5001-493000", NotificationType.FAVOURITE, 2, 33, 31,
            Instant.parse("2026-02-03T04:05:06.007Z"), List.of(BOB), POST, null);
        JsonNode grouped = check("notifications-grouped", groups.render(List.of(group), ALICE, true));
        assertComplete("NotificationGroup", grouped.at("/notification_groups/0"),
            Set.of("report", "event", "moderation_warning", "fallback", "annual_report", "collection"));
        assertTrue(grouped.at("/notification_groups/0/most_recent_notification_id").isNumber());
    }

    /** Nothing but what the kind is about stands beside the account. */
    @Test
    void notificationsOfOtherThingsThanPosts() {
        long report = ReportServices.of(world, null).file(world.village.account(CAROL), new NewReport(DORA, List.of(), List.of(), "Rude", ReportCategory.OTHER, List.of(), false)).id();
        long collection = CollectionServices.of(world).create(CAROL, new CollectionService.Change("Birders", null, null, null, null, null), List.of()).id();
        database.execute("insert into account_warning (id, account_id, text) overriding system value values (71, $1, 'Be kind')", ALICE);
        database.execute("""
            insert into relationship_severance (id, account_id, type, target_name, followers_count, following_count)
            overriding system value values (81, $1, 'user_domain_block', 'far.example', 1, 2)""", ALICE);
        world.notifications.notifyAbout(NotificationType.ADMIN_REPORT, List.of(ALICE), CAROL, report);
        world.notifications.notifyAbout(NotificationType.ADDED_TO_COLLECTION, List.of(ALICE), CAROL, collection);
        world.notifications.notifyAbout(NotificationType.COLLECTION_UPDATE, List.of(ALICE), CAROL, collection);
        world.notifications.notifyAbout(NotificationType.MODERATION_WARNING, List.of(ALICE), ALICE, 71);
        world.notifications.notifyAbout(NotificationType.SEVERED_RELATIONSHIPS, List.of(ALICE), ALICE, 81);
        List<NotificationType> types = List.of(NotificationType.ADMIN_REPORT, NotificationType.ADDED_TO_COLLECTION, NotificationType.COLLECTION_UPDATE,
            NotificationType.MODERATION_WARNING, NotificationType.SEVERED_RELATIONSHIPS);
        JsonNode list = JSON.valueToTree(notifications.render(world.notifications.list(ALICE, Page.first(40), types, List.of(), null), Set.of()));
        JsonNode grouped = JSON.valueToTree(groups.render(world.notifications.groups(ALICE, Page.first(40), types, List.of(), null, List.of()), ALICE, true));
        for (JsonNode page : List.of(list, grouped.get("notification_groups"))) {
            assertEquals(List.of("severed_relationships event", "moderation_warning moderation_warning", "collection_update collection",
                "added_to_collection collection", "admin.report report"), StreamSupport.stream(page.spliterator(), false)
                .map(each -> each.get("type").asText() + " " + Stream.of("status", "report", "event", "moderation_warning", "collection").filter(each::has)
                    .collect(Collectors.joining(" "))).toList());
        }
        list.forEach(each -> assertEquals(List.of(), EntityContract.problems("Notification", each)));
        assertEquals(List.of(), EntityContract.problems("GroupedNotificationsResults", grouped));
        assertEquals("far.example 1 2", list.at("/0/event/target_name").asText() + " " + list.at("/0/event/followers_count") + " " + list.at("/0/event/following_count"));
        assertEquals("Be kind", list.at("/1/moderation_warning/text").asText());
        assertEquals("Birders", list.at("/2/collection/name").asText());
        assertEquals(Long.toString(DORA), list.at("/4/report/target_account/id").asText());
        clientsThatDoNotKnowAKindGetItInWords(types);
        String one = world.notifications.list(ALICE, Page.first(1), types, List.of(), null).getFirst().groupKey();
        assertEquals("far.example", JSON.valueToTree(groups.render(List.of(world.notifications.group(ALICE, one).orElseThrow()), ALICE, false))
            .at("/notification_groups/0/event/target_name").asText());
        database.execute("delete from notification where type = any($1)", (Object) types.stream().map(NotificationType::apiName).toArray(String[]::new));
    }

    private void clientsThatDoNotKnowAKindGetItInWords(List<NotificationType> types) {
        database.execute("update collection set name = 'Birds <b>'");
        Set<NotificationType> unknown = NotificationFallbacks.kinds();
        unknown.remove(NotificationType.MODERATION_WARNING);
        List<Notification> page = world.notifications.list(ALICE, Page.first(40), types, List.of(), null);
        String carol = "<span class=\"h-card\" translate=\"no\"><a href=\"https://village.example/@carol\" class=\"u-url mention\">@<span>carol</span></a></span>";
        JsonNode list = JSON.valueToTree(notifications.render(page, unknown));
        JsonNode grouped = JSON.valueToTree(groups.render(world.notifications.groups(ALICE, Page.first(40), types, List.of(), null, List.of()), ALICE, true,
            false, unknown));
        for (JsonNode shown : List.of(list, grouped.get("notification_groups"))) {
            assertEquals(List.of("You have lost connections | far.example", "-", carol + " changed a collection with you in it | Birds &lt;b&gt;",
                carol + " put you into a collection | Birds &lt;b&gt;", carol + " reported somebody | " + carol.replace("carol", "dora")),
                StreamSupport.stream(shown.spliterator(), false).map(each -> !each.has("fallback") ? "-"
                    : each.at("/fallback/title").asText() + " | " + each.at("/fallback/summary").asText()).toList());
        }
        assertEquals(List.of(), EntityContract.problems("Notification", list.get(0)));
        assertEquals(List.of(), EntityContract.problems("GroupedNotificationsResults", grouped));
        database.execute("update dunlin_user set locale = 'de-AT' where id = (select user_id from account where id = $1)", ALICE);
        assertEquals("Du hast Verbindungen verloren", notifications.render(page, unknown).getFirst().fallback().title());
        NotificationGroup signUps = new NotificationGroup("admin.sign_up-1", NotificationType.ADMIN_SIGN_UP, 3, 99, 91, Instant.EPOCH, List.of(CAROL, BOB), null, null);
        assertEquals(carol + " und 2 weitere haben sich angemeldet",
            groups.render(List.of(signUps), ALICE, true, false, unknown).notificationGroups().getFirst().fallback().title());
        database.execute("update dunlin_user set locale = 'en'");
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
    void marker() {
        assertComplete("Marker", check("marker", MarkerEntity.of(new Marker("home", 5001, 3, Instant.parse("2026-02-03T04:05:06Z")))), Set.of());
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
        // Bob's filters are read once and known from then on.
        rendered(posts.getFirst(), Viewer.of(BOB));
        Map<Integer, Long> cost = new LinkedHashMap<>();
        for (int size : new int[] {2, 20}) {
            long before = database.statementCount();
            List<Status> page = world.timelines.home(BOB, Page.first(size)).statuses();
            assertEquals(size, renderer.render(page, Viewer.of(BOB)).size());
            cost.put(size, database.statementCount() - before);
        }
        assertEquals(cost.get(2), cost.get(20));
        assertFalse(cost.get(20) > 17, () -> "statements: " + cost);
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
        rendered(post, Viewer.of(ERIN));
        long before = database.statementCount();
        rendered(post, Viewer.of(ERIN));
        long without = database.statementCount() - before;
        Filter filter = world.filterService.create(ERIN, new FilterChange("Words", List.of(FilterContext.HOME), null, null,
            List.of(new KeywordChange(null, "more", true, false))));
        assertEquals(1, rendered(post, Viewer.of(ERIN)).filtered().size());
        before = database.statementCount();
        rendered(post, Viewer.of(ERIN));
        assertEquals(without, database.statementCount() - before);
        world.filterService.remove(ERIN, filter.id());
    }

    private static JsonNode check(String name, Object entity) {
        try {
            GoldenFile.check(Path.of("entity", name + ".json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entity) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return JSON.valueToTree(entity);
    }
}
