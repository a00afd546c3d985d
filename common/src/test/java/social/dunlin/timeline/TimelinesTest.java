package social.dunlin.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.HAMLET;
import static social.dunlin.testing.Village.HAMLET_ALICE;
import static social.dunlin.testing.Village.HEDY;
import static social.dunlin.testing.Village.IVAN;
import static social.dunlin.testing.Village.MALLORY;
import static social.dunlin.testing.Village.VILLAGE;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusGlances;
import social.dunlin.status.StatusStore;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.timeline.Timelines.AccountFilter;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.timeline.Timelines.Tags;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class TimelinesTest {
    private static final Form WHOLE = Form.of(StatusStore.COLUMNS);

    private StatusWorld world;

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
        }
        database.execute("delete from status");
    }

    private long domain(String name) {
        return world.village.domains().byName(name).orElseThrow().id();
    }

    private Status reply(long author, Status parent) {
        return world.service.publish(world.village.account(author), NewStatus.text("Answer").inReplyTo(parent.id()).withVisibility(Visibility.PUBLIC));
    }

    private List<Long> home(long account) {
        return ids(world.timelines.home(account, Page.first(40)));
    }

    private List<Long> open(Viewer viewer, Reach reach) {
        return ids(world.timelines.publicPosts(viewer, reach, domain(VILLAGE), false, Page.first(40)));
    }

    private static List<Long> ids(Listing listing) {
        List<Long> ids = listing.statuses().stream().map(Status::id).toList();
        assertEquals(ids, listing.glances().ids());
        return ids;
    }

    // ---------------------------------------------------------------- direct, bubble

    @Test
    void directPostsAreThoseToAndByOneself() {
        Status sent = world.post(ALICE, "Psst @bob", Visibility.DIRECT);
        Status received = world.post(BOB, "Yes @alice?", Visibility.DIRECT);
        world.post(BOB, "Open @alice", Visibility.PUBLIC);
        Status others = world.post(BOB, "Psst @dora", Visibility.DIRECT);
        List<Long> direct = ids(world.timelines.direct(ALICE, Page.first(40)));
        assertEquals(List.of(received.id(), sent.id()), direct.stream().filter(id -> id >= sent.id()).toList());
        assertFalse(direct.contains(others.id()));
        assertEquals(List.of(sent.id()), ids(world.timelines.direct(ALICE, new Page(received.id(), null, null, 1))));
    }

    @Test
    void theBubbleHoldsOursAndThoseOfTheHostsNamed() {
        Status ours = world.post(ALICE, "Ours", Visibility.PUBLIC);
        Status near = world.remotePost(FRIDA, "bubble-near", Visibility.PUBLIC);
        Status other = world.remotePost(HEDY, "bubble-other", Visibility.PUBLIC);
        Status quiet = world.remotePost(FRIDA, "bubble-quiet", Visibility.UNLISTED);
        List<Long> bubble = ids(world.timelines.bubble(Viewer.anonymous(), List.of("far.example"), false, Page.first(40)));
        assertTrue(bubble.containsAll(List.of(ours.id(), near.id())));
        assertFalse(bubble.contains(other.id()) || bubble.contains(quiet.id()));
    }

    // ---------------------------------------------------------------- home

    @Test
    void aPostGoesToItsAuthorAndToFollowers() {
        Status post = world.post(ALICE, "Hello", Visibility.PUBLIC);
        assertEquals(List.of(post.id()), home(ALICE));
        assertEquals(List.of(post.id()), home(BOB));
        assertEquals(List.of(post.id()), home(ERIN), "a follower on another domain of ours");
        assertEquals(List.of(), home(DORA));
    }

    /** Feeds have no foreign keys. */
    @Test
    void whatIsDeletedLeavesNoEntryBehindNorDoesAReader() {
        Status post = world.post(ALICE, "Soon gone", Visibility.PUBLIC);
        world.actions.reblog(world.village.account(BOB), post.id(), null);
        Status kept = world.post(ALICE, "Stays", Visibility.PUBLIC);
        world.database.execute("delete from status where id = $1", post.id());
        assertEquals(Set.of(kept.id()), Set.copyOf(world.database.list("select status_id from home_entry", row -> row.getLong("status_id"))));
        world.database.execute("insert into account (id, username, host, uri) values (77, 'reader', 'gone.example', 'https://gone.example/reader')");
        world.database.execute("insert into home_entry (account_id, status_id) values (77, $1)", kept.id());
        world.database.execute("delete from account where id = 77");
        assertFalse(world.database.exists("select from home_entry where account_id = 77"));
        assertTrue(home(BOB).contains(kept.id()));
    }

    @Test
    void hostileInput86_aPendingFollowerGetsNothingHome() {
        Status post = world.post(CAROL, "For followers", Visibility.PRIVATE);
        assertEquals(List.of(post.id()), home(BOB));
        assertFalse(world.database.exists("select from home_entry where account_id = $1", DORA), "not even written");
    }

    @Test
    void aDirectPostGoesOnlyToMentionedFollowers() {
        Status toBob = world.post(ALICE, "Psst @bob", Visibility.DIRECT);
        assertEquals(List.of(toBob.id()), home(BOB));
        assertEquals(List.of(), home(ERIN));
    }

    @Test
    void aLocalPostDoesNotGoToFollowersOnAnotherDomain() {
        Status post = world.post(ALICE, "Among us", Visibility.LOCAL);
        assertEquals(List.of(post.id()), home(BOB));
        assertFalse(world.database.exists("select from home_entry where account_id = $1", ERIN), "not even written");
    }

    @Test
    void anAnswerToSomebodyOneDoesNotFollowStaysAway() {
        Status doras = world.post(DORA, "Hi", Visibility.PUBLIC);
        Status answer = reply(BOB, doras);
        assertEquals(List.of(), home(ALICE), "Alice follows Bob, not Dora");
        world.village.follow(ALICE, DORA);
        try {
            Status second = reply(BOB, doras);
            assertEquals(List.of(second.id()), home(ALICE));
            assertEquals(List.of(second.id(), answer.id()), home(BOB), "one's own answers are always there");
        } finally {
            world.database.execute("delete from follow where account_id = $1 and target_account_id = $2", ALICE, DORA);
        }
    }

    @Test
    void anAnswerToOneselfOrToTheReaderComes() {
        Status alices = world.post(ALICE, "Hi", Visibility.PUBLIC);
        Status own = reply(ALICE, alices);
        Status bobs = reply(BOB, alices);
        assertEquals(List.of(bobs.id(), own.id(), alices.id()), home(ALICE));
        assertTrue(home(ERIN).contains(own.id()));
    }

    @Test
    void aBoostComesOnceADayAndNotToThoseWhoWantNone() {
        Status post = world.post(DORA, "Boosted", Visibility.PUBLIC);
        Status boost = world.actions.reblog(world.village.account(BOB), post.id(), null);
        world.interactions.announce(FRIDA, post.id(), "https://far.example/boosts/1", Visibility.PUBLIC, null);
        assertEquals(List.of(boost.id()), home(ALICE), "Alice follows Bob and Frida");
        world.database.execute("update follow set reblogs = false where account_id = $1 and target_account_id = $2", ALICE, BOB);
        try {
            Status other = world.post(DORA, "Another", Visibility.PUBLIC);
            world.actions.reblog(world.village.account(BOB), other.id(), null);
            assertEquals(List.of(boost.id()), home(ALICE));
        } finally {
            world.database.execute("update follow set reblogs = true where account_id = $1 and target_account_id = $2", ALICE, BOB);
        }
    }

    @Test
    void blocksAndMutesKeepBoostsAndMentionsAway() {
        world.village.mute(ALICE, DORA);
        try {
            Status muted = world.post(DORA, "Muted", Visibility.PUBLIC);
            world.actions.reblog(world.village.account(BOB), muted.id(), null);
            world.post(BOB, "With @dora", Visibility.PUBLIC);
            assertEquals(List.of(), home(ALICE));
        } finally {
            world.database.execute("delete from mute");
        }
    }

    @Test
    void aMuteAlsoHidesWhatIsAlreadyThere() {
        Status post = world.post(BOB, "Hello", Visibility.PUBLIC);
        assertEquals(List.of(post.id()), home(ALICE));
        world.village.mute(ALICE, BOB);
        try {
            assertEquals(List.of(), home(ALICE));
        } finally {
            world.database.execute("delete from mute");
        }
    }

    @Test
    void languagesOfAFollowAreRespected() {
        world.database.execute("update follow set languages = '{de}' where account_id = $1 and target_account_id = $2", ALICE, BOB);
        try {
            NewStatus text = NewStatus.text("Hello").withVisibility(Visibility.PUBLIC);
            world.service.publish(world.village.account(BOB), new NewStatus("Hello", null, null, Visibility.PUBLIC, null, "en", null, null, null, List.of(), null, null, null, null));
            Status german = world.service.publish(world.village.account(BOB), new NewStatus("Hallo", null, null, Visibility.PUBLIC, null, "de", null, null, null, List.of(), null, null, null, null));
            Status unknown = world.service.publish(world.village.account(BOB), text);
            assertEquals(List.of(unknown.id(), german.id()), home(ALICE));
        } finally {
            world.database.execute("update follow set languages = null");
        }
    }

    @Test
    void aRemotePostComesToItsFollowers() {
        Status post = world.remotePost(FRIDA, "far-away", Visibility.PRIVATE);
        assertEquals(List.of(post.id()), home(ALICE));
        assertEquals(List.of(), home(BOB));
        world.suspend(FRIDA);
        try {
            assertEquals(List.of(), home(ALICE));
        } finally {
            world.reinstate(FRIDA);
        }
    }

    @Test
    void trimmingKeepsTheNewest() {
        List<Long> posts = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            posts.addFirst(world.post(DORA, "Post " + number, Visibility.PUBLIC).id());
        }
        assertEquals(2, world.home.trim(3));
        assertEquals(posts.subList(0, 3), home(DORA));
    }

    // ---------------------------------------------------------------- paging

    @Test
    void pagesTouchWhatTheyAreAskedToTouch() {
        List<Long> all = new ArrayList<>();
        for (int number = 0; number < 9; number++) {
            all.addFirst(world.post(ALICE, "Post " + number, Visibility.PUBLIC).id());
        }
        assertEquals(all.subList(0, 3), ids(world.timelines.home(ALICE, Page.first(3))));
        assertEquals(all.subList(3, 6), ids(world.timelines.home(ALICE, new Page(all.get(2), null, null, 3))), "max_id: strictly older");
        assertEquals(all.subList(0, 3), ids(world.timelines.home(ALICE, new Page(null, all.get(6), null, 3))), "since_id: the newest page");
        assertEquals(all.subList(3, 6), ids(world.timelines.home(ALICE, new Page(null, null, all.get(6), 3))), "min_id: the page touching the id");
        assertEquals(all.subList(3, 6), ids(world.timelines.home(ALICE, new Page(null, all.get(1), all.get(6), 3))), "min_id wins over since_id");
        assertEquals(all.subList(5, 6), ids(world.timelines.home(ALICE, new Page(all.get(4), null, all.get(6), 3))), "min_id and max_id combine");
    }

    // ---------------------------------------------------------------- public

    @Test
    void thePublicTimelineHoldsPublicOriginalsOnly() {
        Status post = world.post(ALICE, "Public", Visibility.PUBLIC);
        world.post(ALICE, "Unlisted", Visibility.UNLISTED);
        world.post(ALICE, "Private", Visibility.PRIVATE);
        reply(BOB, post);
        Status own = reply(ALICE, post);
        world.actions.reblog(world.village.account(BOB), post.id(), null);
        Status remote = world.remotePost(GUSTAV, "remote", Visibility.PUBLIC);
        assertEquals(List.of(remote.id(), own.id(), post.id()), open(Viewer.anonymous(), Reach.ALL));
        assertEquals(List.of(own.id(), post.id()), open(Viewer.anonymous(), Reach.LOCAL));
        assertEquals(List.of(remote.id()), open(Viewer.anonymous(), Reach.REMOTE));
    }

    @Test
    void theLocalTimelineIsOfOneDomainAndShowsLocalPostsToItsPeople() {
        Status local = world.post(ALICE, "Among us", Visibility.LOCAL);
        world.post(ALICE, "Quietly among us", Visibility.LOCAL_UNLISTED);
        Status hamlets = world.post(HAMLET_ALICE, "Hamlet", Visibility.PUBLIC);
        assertEquals(List.of(local.id()), open(Viewer.of(BOB), Reach.LOCAL));
        assertEquals(List.of(), open(Viewer.anonymous(), Reach.LOCAL));
        assertEquals(List.of(), open(Viewer.of(ERIN), Reach.LOCAL));
        assertEquals(List.of(hamlets.id()), ids(world.timelines.publicPosts(Viewer.of(ERIN), Reach.LOCAL, domain(HAMLET), false, Page.first(40))));
        assertEquals(List.of(hamlets.id()), open(Viewer.of(BOB), Reach.ALL), "local posts are for the local timeline");
    }

    @Test
    void limitedAuthorsAreShownToTheirFollowersOnly() {
        Status post = world.remotePost(FRIDA, "limited", Visibility.PUBLIC);
        world.database.execute("update account set silenced_at = now() where id = $1", FRIDA);
        try {
            assertEquals(List.of(), open(Viewer.anonymous(), Reach.ALL));
            assertEquals(List.of(), open(Viewer.of(BOB), Reach.ALL));
            assertEquals(List.of(post.id()), open(Viewer.of(ALICE), Reach.ALL));
        } finally {
            world.database.execute("update account set silenced_at = null");
        }
    }

    @Test
    void onlyMediaLeavesTheOthersOut() {
        world.post(ALICE, "Words", Visibility.PUBLIC);
        Status picture = world.post(ALICE, "Picture", Visibility.PUBLIC);
        world.database.execute("insert into media_attachment (id, account_id, status_id, type) values (1, $1, $2, 'image')", ALICE, picture.id());
        assertEquals(List.of(picture.id()), ids(world.timelines.publicPosts(Viewer.anonymous(), Reach.ALL, 0, true, Page.first(40))));
        assertEquals(List.of(picture.id()), ids(world.timelines.byAccount(Viewer.anonymous(), ALICE, new AccountFilter(true, false, false, null), Page.first(40))));
        world.database.execute("delete from media_attachment");
    }

    @Test
    void tagsCombine() {
        Status birds = world.post(ALICE, "#birds", Visibility.PUBLIC);
        Status both = world.post(BOB, "#birds #spring", Visibility.PUBLIC);
        Status spring = world.post(BOB, "#spring", Visibility.PUBLIC);
        world.post(ALICE, "#birds for you", Visibility.UNLISTED);
        Viewer nobody = Viewer.anonymous();
        assertEquals(List.of(both.id(), birds.id()), ids(world.timelines.tagged(nobody, Tags.of("birds"), Reach.ALL, domain(VILLAGE), false, Page.first(40))));
        assertEquals(List.of(spring.id(), both.id(), birds.id()),
            ids(world.timelines.tagged(nobody, new Tags(List.of("birds", "spring"), List.of(), List.of()), Reach.ALL, domain(VILLAGE), false, Page.first(40))));
        assertEquals(List.of(both.id()), ids(world.timelines.tagged(nobody, new Tags(List.of("birds"), List.of("spring"), List.of()), Reach.ALL, domain(VILLAGE), false, Page.first(40))));
        assertEquals(List.of(birds.id()), ids(world.timelines.tagged(nobody, new Tags(List.of("birds"), List.of(), List.of("spring")), Reach.LOCAL, domain(VILLAGE), false, Page.first(40))));
        assertEquals(List.of(), ids(world.timelines.tagged(nobody, Tags.of("birds"), Reach.REMOTE, domain(VILLAGE), false, Page.first(40))));
        assertEquals(List.of(), ids(world.timelines.tagged(nobody, Tags.of("birds"), Reach.LOCAL, domain(HAMLET), false, Page.first(40))));
    }

    // ---------------------------------------------------------------- one account

    @Test
    void anAccountsPostsAreFilteredByKindAndReader() {
        Status post = world.post(CAROL, "Public #tagged", Visibility.PUBLIC);
        Status hidden = world.post(CAROL, "Private", Visibility.PRIVATE);
        Status toIvan = world.post(CAROL, "Psst @ivan@other.example", Visibility.DIRECT);
        Status answer = reply(CAROL, world.post(ALICE, "Hi", Visibility.PUBLIC));
        Status own = reply(CAROL, post);
        Status boost = world.actions.reblog(world.village.account(CAROL), post.id(), null);
        Viewer bob = Viewer.of(BOB);
        assertEquals(List.of(boost.id(), own.id(), answer.id(), hidden.id(), post.id()), of(bob, AccountFilter.ALL));
        assertEquals(List.of(boost.id(), own.id(), answer.id(), post.id()), of(Viewer.of(DORA), AccountFilter.ALL));
        assertEquals(List.of(boost.id(), own.id(), answer.id(), toIvan.id(), post.id()), of(Viewer.of(IVAN), AccountFilter.ALL));
        assertEquals(List.of(boost.id(), own.id(), hidden.id(), post.id()), of(bob, new AccountFilter(false, true, false, null)));
        assertEquals(List.of(own.id(), answer.id(), hidden.id(), post.id()), of(bob, new AccountFilter(false, false, true, null)));
        assertEquals(List.of(post.id()), of(bob, new AccountFilter(false, false, false, "tagged")));
        assertEquals(List.of(), of(Viewer.of(MALLORY), AccountFilter.ALL), "blocked");
    }

    private List<Long> of(Viewer viewer, AccountFilter filter) {
        return ids(world.timelines.byAccount(viewer, CAROL, filter, Page.first(40)));
    }

    // ---------------------------------------------------------------- indexes

    @Test
    void everyTimelineReadsTheIndexItNames() {
        Page page = Page.first(20);
        world.database.transaction(() -> {
            // The village is so small that a scan would be cheaper; what matters is that the index can carry the order.
            world.database.execute("set local enable_seqscan = off");
            world.database.execute("set local enable_sort = off");
            world.database.execute("set local enable_bitmapscan = off");
            // With one row both indexes cost the same, and chance decides.
            world.database.execute("drop index home_entry_of_status");
            assertReads("home_entry_pkey", Timelines.homeSql(WHOLE, page), ALICE, Long.MAX_VALUE, 0L, 20);
            assertReads("status_public_top", Timelines.publicSql(WHOLE, Reach.ALL, 0, false, page), BOB, Long.MAX_VALUE, 0L, 20);
            assertReads("status_local_top", Timelines.publicSql(WHOLE, Reach.LOCAL, 1, false, page), BOB, Long.MAX_VALUE, 0L, 20);
            String[] none = {};
            assertReads("status_tag_pkey", Timelines.taggedSql(WHOLE, true, Reach.ALL, 0, false, page), BOB, Long.MAX_VALUE, 0L, 20, new String[] {"birds"}, none, none);
            assertReads("status_by_account", Timelines.byAccountSql(WHOLE, AccountFilter.ALL, page), BOB, Long.MAX_VALUE, 0L, 20, ALICE, null);
            assertReads("favourite_by_account", Timelines.keptSql(WHOLE, "favourite", page), BOB, Long.MAX_VALUE, 0L, 20);
            assertReads("bookmark_by_account", Timelines.keptSql(WHOLE, "bookmark", page), BOB, Long.MAX_VALUE, 0L, 20);
        });
    }

    /** What a glance adds to a list is found by indexes too. */
    @Test
    void glancesReadNoTableAsAWhole() {
        Page page = Page.first(20);
        Form keys = Form.of(StatusGlances.keys("status.id"));
        world.database.transaction(() -> {
            world.database.execute("set local enable_seqscan = off");
            assertReadsNoWhole(Timelines.homeSql(keys, page), ALICE, Long.MAX_VALUE, 0L, 20);
            assertReadsNoWhole(Timelines.publicSql(keys, Reach.ALL, 0, false, page), BOB, Long.MAX_VALUE, 0L, 20);
            assertReadsNoWhole(Timelines.publicSql(keys, Reach.ALL, 0, false, page), null, Long.MAX_VALUE, 0L, 20);
            assertReadsNoWhole(Timelines.byAccountSql(keys, AccountFilter.ALL, page), BOB, Long.MAX_VALUE, 0L, 20, ALICE, null);
            assertReadsNoWhole(Timelines.keptSql(Form.of(StatusGlances.keys("relation.id")), "favourite", page), BOB, Long.MAX_VALUE, 0L, 20);
        });
    }

    private void assertReadsNoWhole(String query, Object... parameters) {
        String plan = String.join("\n", world.database.list("explain " + StatusGlances.sql(query, parameters[0] != null, parameters.length), row -> row.getString(0), parameters));
        assertFalse(plan.contains("Seq Scan"), plan);
        for (String index : List.of("status_pkey", "account_pkey", "status_counter_pkey", "account_counter_pkey")) {
            assertTrue(plan.contains("using " + index + " "), () -> index + " is not read:\n" + plan);
        }
    }

    private void assertReads(String index, String sql, Object... parameters) {
        String plan = String.join("\n", world.database.list("explain " + sql, row -> row.getString(0), parameters));
        String scan = plan.lines().filter(line -> line.contains("Index") && line.contains("using " + index + " ")).findFirst().orElse("");
        assertFalse(scan.isEmpty(), () -> index + " is not read:\n" + plan);
        assertFalse(plan.lines().anyMatch(line -> line.strip().startsWith("Sort") || line.contains("->  Sort")), () -> "sorted:\n" + plan);
    }
}
