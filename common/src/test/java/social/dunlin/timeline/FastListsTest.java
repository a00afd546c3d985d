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
import static social.dunlin.testing.Village.JUDY;
import static social.dunlin.testing.Village.MALLORY;
import static social.dunlin.testing.Village.VILLAGE;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusGlance;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusGlances.Listed;
import social.dunlin.status.StatusGlances;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.timeline.Timelines.AccountFilter;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.timeline.Timelines.Tags;
import social.dunlin.visibility.ListVisibility;
import social.dunlin.visibility.Viewer;

/** The fast way to a list gives what the rule gives, to everybody, or says that it cannot tell. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class FastListsTest {
    private static final List<Long> PEOPLE = List.of(ALICE, BOB, CAROL, DORA, MALLORY, HAMLET_ALICE, ERIN, FRIDA, GUSTAV, HEDY, IVAN, JUDY);
    private static final List<Long> OURS = List.of(ALICE, BOB, CAROL, DORA, MALLORY, HAMLET_ALICE, ERIN);

    private StatusWorld world;
    private int remembrances;

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
        }
        database.execute("delete from status");
        database.execute("delete from mute");
        database.execute("delete from block where not (account_id = $1 and target_account_id = $2)", CAROL, MALLORY);
        database.execute("delete from account_domain_block where account_id <> $1", CAROL);
    }

    /** One post of each kind by people near and far, and boosts of all that can be boosted. */
    private Status write() {
        for (long author : new long[] {CAROL, ALICE, ERIN}) {
            for (Visibility visibility : Visibility.values()) {
                Status post = world.post(author, "For @erin@hamlet.example and @gustav@far.example #birds", visibility);
                if (visibility == Visibility.PUBLIC || visibility == Visibility.LOCAL && author != ERIN) {
                    world.actions.reblog(world.village.account(BOB), post.id(), null);
                }
                if (visibility == Visibility.PRIVATE && author == ERIN) {
                    world.actions.reblog(world.village.account(author), post.id(), null);
                }
            }
        }
        Status far = world.remotePost(GUSTAV, "far", Visibility.PUBLIC);
        world.remotePost(FRIDA, "quiet", Visibility.UNLISTED);
        world.remotePost(JUDY, "judy", Visibility.PUBLIC);
        world.actions.reblog(world.village.account(ALICE), far.id(), null);
        world.actions.reblog(world.village.account(DORA), far.id(), null);
        return far;
    }

    /** Every post stands in every list that could hold it, so that the rule alone decides. */
    private void offerEverythingToAll() {
        for (String table : List.of("home_entry", "favourite", "bookmark")) {
            world.database.execute("insert into %s (account_id, status_id) select account.id, status.id from account cross join status on conflict do nothing".formatted(table));
        }
    }

    private Map<String, Listing> lists(Viewer viewer) {
        Page page = Page.first(40);
        Map<String, Listing> lists = new LinkedHashMap<>();
        for (Reach reach : Reach.values()) {
            lists.put("public " + reach, world.timelines.publicPosts(viewer, reach, domain(VILLAGE), false, page));
            lists.put("tagged " + reach, world.timelines.tagged(viewer, Tags.of("birds"), reach, domain(VILLAGE), false, page));
        }
        lists.put("public of the other domain", world.timelines.publicPosts(viewer, Reach.LOCAL, domain(HAMLET), false, page));
        lists.put("bubble", world.timelines.bubble(viewer, List.of("far.example"), false, page));
        for (long author : PEOPLE) {
            lists.put("posts of " + author, world.timelines.byAccount(viewer, author, AccountFilter.ALL, page));
        }
        lists.put("own words of Carol", world.timelines.byAccount(viewer, CAROL, new AccountFilter(false, true, true, null), page));
        if (!viewer.isAnonymous()) {
            long id = viewer.idOrNull();
            lists.put("home", world.timelines.home(id, page));
            lists.put("short home", world.timelines.home(id, Page.first(3)));
            lists.put("favourites", world.timelines.favourites(id, page));
            lists.put("bookmarks", world.timelines.bookmarks(id, page));
        }
        return lists;
    }

    private long domain(String name) {
        return world.village.domains().byName(name).orElseThrow().id();
    }

    /** @return how many of all lists the fast way told */
    private int compare() {
        remembrances = 0;
        int told = compare(Viewer.anonymous());
        for (long person : PEOPLE) {
            told += compare(Viewer.of(person));
        }
        assertTrue(remembrances > 250, "what is remembered hardly ever tells");
        return told;
    }

    private int compare(Viewer viewer) {
        int told = 0;
        compareByIds(viewer);
        for (Map.Entry<String, Listing> list : lists(viewer).entrySet()) {
            String what = viewer + " reads " + list.getKey();
            Glanced expected = list.getValue().byRule();
            Optional<Glanced> fast = list.getValue().fast();
            if (fast.isPresent()) {
                told++;
                assertEquals(expected.listed(), fast.get().listed(), what);
                assertEquals(expected.byId(), fast.get().byId(), what);
            }
            // Twice: what was read for the first is what the second one remembers.
            for (Optional<Glanced> remembered : List.of(list.getValue().remembered(), list.getValue().remembered())) {
                remembered.ifPresent(page -> {
                    assertEquals(expected.listed(), page.listed(), () -> what + ", remembered");
                    assertEquals(expected.byId(), page.byId(), () -> what + ", remembered");
                    remembrances++;
                });
            }
            assertEquals(list.getValue().statuses().stream().map(Status::id).toList(), list.getValue().glances().ids(), what);
        }
        return told;
    }

    /** Every post there is, asked for by its id; the rule is asked about all at once. */
    private void compareByIds(Viewer viewer) {
        List<Long> all = world.database.list("select id from status order by id", row -> row.getLong("id"));
        Glanced visible = world.glances.visible(viewer, all);
        Glanced shown = world.glances.shown(viewer, all);
        Glanced decided = world.glances.of(viewer, all);
        for (long id : all) {
            List<Long> ids = List.of(id);
            assertEquals(only(id, visible), world.recall.visible(viewer, ids, () -> world.glances.visible(viewer, ids)), () -> viewer + " looks at " + id);
            assertEquals(only(id, shown), world.recall.shown(viewer, ids, () -> world.glances.shown(viewer, ids)), () -> viewer + " wants " + id);
            assertEquals(only(id, decided).listed(), world.recall.decided(viewer, ids, () -> world.glances.of(viewer, ids)).listed(), () -> viewer + " is shown " + id);
        }
    }

    /** The post, and what it boosts, out of a page of many. */
    private static Glanced only(long id, Glanced page) {
        List<Listed> listed = page.listed().stream().filter(post -> post.statusId() == id).toList();
        Map<Long, StatusGlance> byId = new HashMap<>();
        listed.forEach(post -> {
            StatusGlance glance = page.byId().get(id);
            byId.put(id, glance);
            glance.reblogOfId().ifPresent(boosted -> byId.put(boosted, page.byId().get(boosted)));
        });
        return new Glanced(listed, byId);
    }

    private boolean tells(long reader, Function<Timelines, Listing> list) {
        return list.apply(world.timelines).fast().isPresent();
    }

    @Test
    void everybodyGetsFromEveryListWhatTheRuleGives() {
        write();
        Status quiet = world.post(CAROL, "For followers", Visibility.PRIVATE);
        Status again = world.actions.reblog(world.village.account(CAROL), quiet.id(), null);
        offerEverythingToAll();
        assertTrue(compare() > 150, "the fast way hardly ever tells");
        for (long reader : OURS) {
            for (Reach reach : Reach.values()) {
                assertTrue(tells(reader, lists -> lists.publicPosts(Viewer.of(reader), reach, domain(VILLAGE), false, Page.first(20))));
            }
            assertTrue(tells(reader, lists -> lists.byAccount(Viewer.of(reader), ALICE, AccountFilter.ALL, Page.first(20))));
        }
        assertFalse(tells(BOB, lists -> lists.home(BOB, Page.first(40))), "a private post, boosted by its author, is for the rule");
        world.database.execute("delete from status where id = $1", again.id());
        assertTrue(tells(BOB, lists -> lists.home(BOB, Page.first(40))), "a home with posts of all kinds");
        assertTrue(tells(0, lists -> lists.publicPosts(Viewer.anonymous(), Reach.ALL, 0, false, Page.first(20))));
    }

    @Test
    void whoHidesPeopleOrHostsGetsWhatTheRuleGives() {
        Status far = write();
        offerEverythingToAll();
        world.village.mute(DORA, ALICE);
        world.village.mute(DORA, GUSTAV);
        world.village.block(BOB, ERIN);
        world.village.block(ALICE, CAROL);
        world.village.block(GUSTAV, ALICE);
        world.database.execute("insert into mute (account_id, target_account_id, expires_at) values ($1, $2, now() - interval '1 second'), ($1, $3, now() + interval '1 day')",
            ERIN, ALICE, CAROL);
        world.database.execute("insert into account_domain_block (account_id, host) values ($1, 'far.example'), ($2, 'far.example')", BOB, HAMLET_ALICE);
        assertTrue(compare() > 150, "the fast way hardly ever tells");
        assertTrue(tells(HAMLET_ALICE, lists -> lists.publicPosts(Viewer.of(HAMLET_ALICE), Reach.ALL, 0, false, Page.first(20))));
        // Dora boosted Gustav before she muted him: her boost stays in her home, and the rule has to say so.
        assertFalse(tells(DORA, lists -> lists.home(DORA, Page.first(40))));
        assertTrue(world.timelines.home(DORA, Page.first(40)).glances().byId().containsKey(far.id()));
        // Alice boosted Gustav before he blocked her: neither is left to her.
        assertFalse(world.timelines.home(ALICE, Page.first(40)).glances().byId().containsKey(far.id()));
    }

    @Test
    void storiesThatEndedAndAuthorsWhoAreGoneOrLimitedAreLeftOut() {
        write();
        Status story = world.post(BOB, "Today only #birds", Visibility.PUBLIC);
        Status boosted = world.post(BOB, "Until tonight #birds", Visibility.PUBLIC);
        Status boost = world.actions.reblog(world.village.account(ERIN), boosted.id(), null);
        offerEverythingToAll();
        world.database.execute("update status set expires_at = now() - interval '1 second' where id = any($1)", (Object) new Long[] {story.id(), boosted.id()});
        world.suspend(GUSTAV);
        world.database.execute("update account set silenced_at = now() where id = any($1)", (Object) new Long[] {CAROL, JUDY});
        try {
            assertTrue(compare() > 150, "the fast way hardly ever tells");
            List<Long> home = world.timelines.home(ERIN, Page.first(40)).fast().orElseThrow().ids();
            assertFalse(home.contains(story.id()) || home.contains(boosted.id()) || home.contains(boost.id()));
            assertTrue(isPublicFor(BOB, CAROL), "Bob follows her");
            assertFalse(isPublicFor(DORA, CAROL), "Dora does not");
        } finally {
            world.reinstate(GUSTAV);
            world.database.execute("update account set silenced_at = null");
        }
    }

    private boolean isPublicFor(long reader, long author) {
        return world.timelines.publicPosts(Viewer.of(reader), Reach.ALL, 0, false, Page.first(40)).fast().orElseThrow().byId().values().stream()
            .anyMatch(glance -> glance.accountId() == author);
    }

    @Test
    void marksAndStandingsAreTheSame() {
        Status far = write();
        world.database.execute("insert into favourite (account_id, status_id) values ($1, $2)", BOB, far.id());
        world.database.execute("insert into bookmark (account_id, status_id) values ($1, $2)", ALICE, far.id());
        Status pinned = world.post(BOB, "Pinned", Visibility.PUBLIC);
        world.database.execute("insert into status_pin (account_id, status_id) values ($1, $2)", BOB, pinned.id());
        world.database.execute("insert into conversation_mute (account_id, conversation_id) select $1, conversation_id from status where id = $2", ALICE, far.id());
        world.database.execute("update status set quote_policy = 'followers' where account_id = any($1)", (Object) new Long[] {CAROL, GUSTAV});
        world.village.block(ERIN, GUSTAV);
        assertTrue(compare() > 150, "the fast way hardly ever tells");
        assertTrue(world.timelines.byAccount(Viewer.of(ERIN), GUSTAV, AccountFilter.ALL, Page.first(20)).fast().orElseThrow().byId().get(far.id()).standing().blocks());
        assertTrue(world.timelines.byAccount(Viewer.of(BOB), BOB, AccountFilter.ALL, Page.first(20)).fast().orElseThrow().byId().get(pinned.id()).flags().pinned());
    }

    @Test
    void whoHidesMoreThanIsReadAtOnceIsServedByTheRule() {
        Status far = write();
        offerEverythingToAll();
        world.database.execute("insert into account_domain_block (account_id, host) select $1, 'h' || number || '.example' from generate_series(1, 400) as number", DORA);
        world.database.execute("insert into account_domain_block (account_id, host) values ($1, 'far.example')", DORA);
        compare();
        assertFalse(tells(DORA, lists -> lists.publicPosts(Viewer.of(DORA), Reach.ALL, 0, false, Page.first(20))));
        assertFalse(world.timelines.publicPosts(Viewer.of(DORA), Reach.ALL, 0, false, Page.first(20)).glances().ids().contains(far.id()));
    }

    @Test
    void readersOfOtherServersAreForTheRuleItself() {
        write();
        offerEverythingToAll();
        // Carol blocks Judy's whole host, which the fast way does not look at.
        assertFalse(tells(JUDY, lists -> lists.byAccount(Viewer.of(JUDY), CAROL, AccountFilter.ALL, Page.first(20))));
        assertEquals(List.of(), world.timelines.byAccount(Viewer.of(JUDY), CAROL, AccountFilter.ALL, Page.first(20)).glances().ids());
    }

    @Test
    void pagesOfBothDirectionsAreTheSame() {
        Status first = world.post(ALICE, "One", Visibility.PUBLIC);
        for (int number = 0; number < 5; number++) {
            world.service.publish(world.village.account(ALICE), NewStatus.text("More " + number).withVisibility(Visibility.PUBLIC));
        }
        for (Page page : List.of(new Page(null, null, first.id(), 2), new Page(null, first.id(), null, 2), new Page(Long.MAX_VALUE, null, null, 3))) {
            Listing listing = world.timelines.publicPosts(Viewer.of(BOB), Reach.ALL, 0, false, page);
            assertEquals(listing.byRule(), listing.fast().orElseThrow());
            assertEquals(page.limit(), listing.fast().orElseThrow().listed().size());
        }
    }

    @Test
    void fastListsReadNoTableAsAWhole() {
        Page page = Page.first(20);
        ListVisibility home = new ListVisibility(true, true, false, true, false);
        ListVisibility open = new ListVisibility(true, true, true, false, true);
        ListVisibility stranger = new ListVisibility(false, true, true, false, true);
        ListVisibility visible = new ListVisibility(true, false, false, true, false);
        world.database.transaction(() -> {
            world.database.execute("set local enable_seqscan = off");
            world.database.execute("set local enable_sort = off");
            world.database.execute("set local enable_bitmapscan = off");
            world.database.execute("drop index home_entry_of_status");
            assertReads("home_entry_pkey", home, Timelines.homeSql(form("status.id", home), page), ALICE, Long.MAX_VALUE, 0L, 20);
            assertReads("status_public_top", open, Timelines.publicSql(form("status.id", open), Reach.ALL, 0, false, page), BOB, Long.MAX_VALUE, 0L, 20);
            assertReads("status_public_top", stranger, Timelines.publicSql(form("status.id", stranger), Reach.ALL, 0, false, page), null, Long.MAX_VALUE, 0L, 20);
            assertReads("status_by_account", visible, Timelines.byAccountSql(form("status.id", visible), AccountFilter.ALL, page), BOB, Long.MAX_VALUE, 0L, 20, ALICE, null);
            assertReads("favourite_by_account", visible, Timelines.keptSql(form("relation.id", visible), "favourite", page), BOB, Long.MAX_VALUE, 0L, 20);
        });
    }

    private static Form form(String cursor, ListVisibility rule) {
        return new Form(StatusGlances.fastKeys(cursor, rule), rule);
    }

    private void assertReads(String index, ListVisibility rule, String query, Object... parameters) {
        String plan = String.join("\n", world.database.list("explain " + StatusGlances.fastSql(query.replace("limit $4", "limit 20"), rule, parameters.length),
            row -> row.getString(0), parameters));
        assertFalse(plan.contains("Seq Scan") || plan.contains("Sort"), plan);
        for (String each : List.of(index, "status_counter_pkey", "account_counter_pkey", "account_pkey")) {
            assertTrue(plan.contains("using " + each + " "), () -> each + " is not read:\n" + plan);
        }
    }
}
