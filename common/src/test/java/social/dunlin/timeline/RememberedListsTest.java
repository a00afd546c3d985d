package social.dunlin.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.GUSTAV;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.status.Status;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.timeline.Timelines.AccountFilter;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.visibility.Viewer;

/** What is remembered is never older than the question. {@code FastListsTest} holds it equal to the rule for everybody and every list. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RememberedListsTest {
    private StatusWorld world;

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
        }
        for (String table : List.of("status", "mute", "account_domain_block", "block where account_id = " + ALICE)) {
            database.execute("delete from " + table);
        }
    }

    private Listing home(long reader) {
        return world.timelines.home(reader, Page.first(20));
    }

    private Listing open(long reader) {
        return world.timelines.publicPosts(Viewer.of(reader), Reach.ALL, 0, false, Page.first(20));
    }

    /** Whatever changes in the database, by whomever, the next page has it; each change alone, by the statement behind it. */
    @Test
    void everyChangeIsInTheNextPage() {
        Status bobs = world.post(BOB, "Here", Visibility.PUBLIC);
        Status far = world.remotePost(GUSTAV, "far", Visibility.PUBLIC);
        world.actions.reblog(world.village.account(BOB), far.id(), null);
        Status own = world.post(ALICE, "Mine", Visibility.PUBLIC);
        Map<String, Object[]> changes = new LinkedHashMap<>();
        changes.put("insert into favourite (account_id, status_id) values ($1, $2)", new Object[] {ALICE, bobs.id()});
        changes.put("delete from favourite where account_id = $1 and status_id = $2", new Object[] {ALICE, bobs.id()});
        changes.put("insert into bookmark (account_id, status_id) values ($1, $2)", new Object[] {ALICE, far.id()});
        changes.put("delete from bookmark where account_id = $1 and status_id = $2", new Object[] {ALICE, far.id()});
        changes.put("insert into status_pin (account_id, status_id) values ($1, $2)", new Object[] {ALICE, own.id()});
        changes.put("delete from status_pin where account_id = $1 and status_id = $2", new Object[] {ALICE, own.id()});
        changes.put("insert into conversation_mute (account_id, conversation_id) select $1, conversation_id from status where id = $2", new Object[] {ALICE, bobs.id()});
        changes.put("delete from conversation_mute where account_id = $1", new Object[] {ALICE});
        changes.put("insert into status_counter (status_id, favourites_count) values ($1, 1)", new Object[] {bobs.id()});
        changes.put("update status_counter set replies_count = replies_count + 1 where status_id = $1", new Object[] {bobs.id()});
        changes.put("update status_counter set origin_favourites_count = 7 where status_id = $1", new Object[] {far.id()});
        changes.put("update account_counter set followers_count = followers_count + 1 where account_id = $1", new Object[] {BOB});
        changes.put("delete from account_counter where account_id = $1", new Object[] {BOB});
        changes.put("insert into account_counter (account_id, statuses_count) values ($1, 3)", new Object[] {BOB});
        changes.put("update account set display_name = 'Robert' where id = $1", new Object[] {BOB});
        changes.put("update status set content = content || '!' where id = $1", new Object[] {bobs.id()});
        changes.put("update status set quote_policy = 'followers' where id = $1", new Object[] {bobs.id()});
        changes.put("delete from follow where account_id = $1 and target_account_id = $2", new Object[] {ALICE, BOB});
        changes.put("insert into follow (account_id, target_account_id) values ($1, $2)", new Object[] {ALICE, BOB});
        changes.put("insert into mute (account_id, target_account_id) values ($1, $2)", new Object[] {ALICE, GUSTAV});
        changes.put("update mute set expires_at = now() - interval '1 second' where account_id = $1", new Object[] {ALICE});
        changes.put("update mute set expires_at = now() + interval '1 hour' where account_id = $1", new Object[] {ALICE});
        changes.put("delete from mute where account_id = $1", new Object[] {ALICE});
        changes.put("insert into block (account_id, target_account_id) values ($1, $2)", new Object[] {BOB, ALICE});
        changes.put("delete from block where account_id = $1 and target_account_id = $2", new Object[] {BOB, ALICE});
        changes.put("insert into block (account_id, target_account_id) values ($2, $1)", new Object[] {BOB, ALICE});
        changes.put("delete from block where account_id = $2 and target_account_id = $1", new Object[] {BOB, ALICE});
        changes.put("insert into account_domain_block (account_id, host) values ($1, 'far.example')", new Object[] {ALICE});
        changes.put("delete from account_domain_block where account_id = $1", new Object[] {ALICE});
        changes.put("update account set suspended_at = now() where id = $1", new Object[] {GUSTAV});
        changes.put("update account set suspended_at = null where id = $1", new Object[] {GUSTAV});
        changes.put("update status set expires_at = now() - interval '1 second' where id = $1", new Object[] {far.id()});
        changes.put("update status set expires_at = null where id = $1", new Object[] {far.id()});
        changes.put("update status set visibility = 'private' where id = $1", new Object[] {bobs.id()});
        changes.put("update status set visibility = 'direct' where id = $1", new Object[] {bobs.id()});
        changes.put("insert into mention (status_id, account_id) values ($2, $1)", new Object[] {ALICE, bobs.id()});
        changes.put("delete from mention where account_id = $1 and status_id = $2", new Object[] {ALICE, bobs.id()});
        changes.put("update status set visibility = 'public' where id = $1", new Object[] {bobs.id()});
        changes.put("delete from status where id = $1", new Object[] {bobs.id()});
        Glanced before = same(home(ALICE));
        for (Map.Entry<String, Object[]> change : changes.entrySet()) {
            assertEquals(1, world.database.execute(change.getKey(), change.getValue()), change.getKey());
            Glanced after = same(home(ALICE));
            assertNotEquals(before, after, () -> change.getKey() + " shows nowhere");
            before = after;
        }
    }

    /** @return the page as remembered, which the rule gives as well */
    private Glanced same(Listing listing) {
        Glanced remembered = listing.remembered().orElseThrow();
        assertEquals(listing.byRule(), remembered);
        return remembered;
    }

    @Test
    void aBoostOfOnesOwnIsMarkedAtOnceAndItsEndToo() {
        Status far = world.remotePost(GUSTAV, "boosted", Visibility.PUBLIC);
        assertFalse(same(open(ALICE)).byId().get(far.id()).flags().reblogged());
        world.actions.reblog(world.village.account(ALICE), far.id(), null);
        assertTrue(same(open(ALICE)).byId().get(far.id()).flags().reblogged());
        world.actions.unreblog(world.village.account(ALICE), far.id());
        assertFalse(same(open(ALICE)).byId().get(far.id()).flags().reblogged());
    }

    @Test
    void aPageOfWhatIsRememberedIsOneStatementAndSoIsOneWithANewPost() {
        for (int number = 0; number < 5; number++) {
            world.post(BOB, "Number " + number, Visibility.PUBLIC);
        }
        home(ALICE).glances();
        assertEquals(1, statements(() -> home(ALICE).glances()));
        Status added = world.post(BOB, "One more", Visibility.PUBLIC);
        assertEquals(3, statements(() -> assertEquals(added.id(), home(ALICE).glances().ids().getFirst())), "the new post, and its author's counters");
        home(CAROL).glances();
        home(DORA).glances();
        assertEquals(1, statements(() -> open(CAROL).glances()), "what one has read everybody need not read again");
        assertEquals(1, statements(() -> open(DORA).glances()));
    }

    private long statements(Runnable reading) {
        long before = world.database.statementCount();
        reading.run();
        return world.database.statementCount() - before;
    }

    /** Of old posts nobody remembers who marked them: the rule is asked, once. */
    @Test
    void marksOfPostsOlderThanTheLastFourHundredAreAskedForOnce() {
        Status old = world.remotePost(GUSTAV, "old", Visibility.PUBLIC);
        world.database.execute("insert into favourite (account_id, status_id) values ($1, $2)", ALICE, old.id());
        List<Long> newer = new ArrayList<>();
        for (int number = 0; number < 401; number++) {
            newer.add(old.id() + 1 + number);
        }
        world.database.execute("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at)
            select number, account_id, 'https://far.example/notes/copy' || number, false, 'unlisted', conversation_id, created_at
            from status cross join unnest($2::bigint[]) as number where status.id = $1""", old.id(), newer.toArray(Long[]::new));
        world.database.execute("insert into favourite (account_id, status_id) select $1, unnest($2::bigint[])", ALICE, newer.toArray(Long[]::new));
        assertTrue(open(ALICE).remembered().isEmpty());
        assertTrue(open(ALICE).glances().byId().get(old.id()).flags().favourited());
        assertTrue(same(open(ALICE)).byId().get(old.id()).flags().favourited());
        world.database.execute("delete from favourite where account_id = $1 and status_id = any($2)", ALICE, new Long[] {old.id(), newer.getFirst()});
        assertFalse(same(open(ALICE)).byId().get(old.id()).flags().favourited(), "four hundred are left, all of them remembered");
    }

    @Test
    void aPostThatWasAskedForTooEarlyIsThereOnceItIs() {
        Status copied = world.remotePost(GUSTAV, "copied", Visibility.PUBLIC);
        List<Long> next = List.of(copied.id() + 1);
        assertEquals(List.of(), visible(next));
        world.database.execute("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at)
            select id + 1, account_id, uri || '-next', false, visibility, conversation_id, created_at from status where id = $1""", copied.id());
        assertEquals(next, visible(next));
    }

    private List<Long> visible(List<Long> ids) {
        return world.recall.visible(Viewer.of(ALICE), ids, () -> world.glances.visible(Viewer.of(ALICE), ids)).ids();
    }

    @Test
    void aPageIsFullThoughSomebodyBusyIsHidden() {
        Status first = world.post(BOB, "Not lost", Visibility.PUBLIC);
        for (int number = 0; number < 10; number++) {
            world.remotePost(GUSTAV, "busy" + number, Visibility.PUBLIC);
        }
        world.village.mute(ALICE, GUSTAV);
        Listing one = world.timelines.publicPosts(Viewer.of(ALICE), Reach.ALL, 0, false, Page.first(1));
        assertEquals(List.of(first.id()), same(one).ids());
        for (int number = 10; number < 12; number++) {
            world.remotePost(GUSTAV, "busy" + number, Visibility.PUBLIC);
        }
        assertTrue(one.remembered().isEmpty(), "more than are looked at");
        assertEquals(List.of(first.id()), one.glances().ids());
    }

    @Test
    void whoIsInATransactionSeesWhatTheyWrote() {
        Status post = world.post(BOB, "Here", Visibility.PUBLIC);
        same(home(ALICE));
        world.database.transaction(() -> {
            world.database.execute("insert into favourite (account_id, status_id) values ($1, $2)", ALICE, post.id());
            assertTrue(home(ALICE).glances().byId().get(post.id()).flags().favourited());
        });
        assertTrue(same(home(ALICE)).byId().get(post.id()).flags().favourited());
        assertTrue(world.timelines.byAccount(Viewer.of(ALICE), BOB, AccountFilter.ALL, Page.first(20)).remembered().orElseThrow().byId().get(post.id()).flags().favourited());
    }
}
