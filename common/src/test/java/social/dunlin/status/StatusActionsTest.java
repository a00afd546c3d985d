package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.GUSTAV;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StatusActionsTest {
    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
    }

    @BeforeEach
    void forget() {
        world.outbox.taken();
    }

    private Account account(long id) {
        return world.village.account(id);
    }

    private StatusDetails.Flags flags(long account, Status status) {
        return world.details.flags(account, List.of(status.id())).get(status.id());
    }

    @Test
    void aFavouriteCountsOnceAndCanBeTakenBack() {
        Status post = world.remotePost(GUSTAV, "liked", Visibility.PUBLIC);
        assertEquals(1, world.actions.favourite(account(ALICE), post.id()).favouritesCount());
        assertEquals(1, world.actions.favourite(account(ALICE), post.id()).favouritesCount());
        assertTrue(flags(ALICE, post).favourited());
        assertEquals(0, world.actions.unfavourite(account(ALICE), post.id()).favouritesCount());
        assertEquals(0, world.actions.unfavourite(account(ALICE), post.id()).favouritesCount());
        assertEquals(List.of("favourited %d %d".formatted(ALICE, post.id()), "favouriteUndone %d %d".formatted(ALICE, post.id())), world.outbox.taken());
    }

    @Test
    void aBoostIsARowOfItsOwnAndComesOnce() {
        Status post = world.post(ALICE, "Boost me", Visibility.PUBLIC);
        world.outbox.taken();
        Status boost = world.actions.reblog(account(BOB), post.id(), null);
        assertEquals(boost.id(), world.actions.reblog(account(BOB), post.id(), null).id());
        assertEquals(boost.id(), world.actions.reblog(account(BOB), boost.id(), null).id(), "boosting the boost means the post");
        assertEquals(post.id(), boost.reblogOfId().getAsLong());
        assertEquals(1, world.statuses.byId(post.id()).orElseThrow().reblogsCount());
        assertTrue(flags(BOB, post).reblogged());
        assertEquals(post.id(), world.actions.unreblog(account(BOB), post.id()).id());
        assertEquals(0, world.statuses.byId(post.id()).orElseThrow().reblogsCount());
        world.actions.unreblog(account(BOB), post.id());
        assertEquals(List.of("statusCreated " + boost.id(), "reblogUndone " + boost.id()), world.outbox.taken());
    }

    @Test
    void aPrivatePostIsBoostedByItsAuthorOnly() {
        Status post = world.post(CAROL, "For followers", Visibility.PRIVATE);
        Refusal refusal = assertThrows(Refusal.class, () -> world.actions.reblog(account(BOB), post.id(), null));
        assertEquals(403, refusal.status());
        assertEquals(Visibility.PRIVATE, world.actions.reblog(account(CAROL), post.id(), Visibility.PUBLIC).visibility());
    }

    @Test
    void hostileInput101_noActionTouchesOrShowsAnUnseenPost() {
        List<Function<Status, Status>> actions = List.of(
            post -> world.actions.favourite(account(DORA), post.id()),
            post -> world.actions.unfavourite(account(DORA), post.id()),
            post -> world.actions.reblog(account(DORA), post.id(), null),
            post -> world.actions.unreblog(account(DORA), post.id()),
            post -> world.actions.bookmark(account(DORA), post.id()),
            post -> world.actions.unbookmark(account(DORA), post.id()),
            post -> world.actions.pin(account(DORA), post.id()),
            post -> world.actions.unpin(account(DORA), post.id()),
            post -> world.actions.mute(account(DORA), post.id()),
            post -> world.actions.unmute(account(DORA), post.id()),
            post -> world.reader.get(Viewer.of(DORA), post.id()));
        for (Visibility visibility : List.of(Visibility.PRIVATE, Visibility.DIRECT)) {
            Status hidden = world.post(CAROL, "Not for Dora", visibility);
            world.outbox.taken();
            for (Function<Status, Status> action : actions) {
                Refusal refusal = assertThrows(Refusal.class, () -> action.apply(hidden));
                assertEquals(404, refusal.status());
                assertEquals("Record not found", refusal.getMessage());
            }
            assertEquals(List.of(), world.outbox.taken());
            assertEquals(StatusDetails.Flags.NONE, flags(DORA, hidden));
        }
    }

    @Test
    void aFavouriteCanBeTakenBackAlsoWhenThePostHasBecomeInvisible() {
        Status post = world.post(CAROL, "For followers", Visibility.PRIVATE);
        world.actions.favourite(account(BOB), post.id());
        world.database.execute("delete from follow where account_id = $1 and target_account_id = $2", BOB, CAROL);
        try {
            assertEquals(404, assertThrows(Refusal.class, () -> world.actions.unfavourite(account(BOB), post.id())).status());
            assertEquals(0, world.statuses.byId(post.id()).orElseThrow().favouritesCount());
        } finally {
            world.village.follow(BOB, CAROL);
        }
    }

    @Test
    void fivePostsCanBePinned() {
        List<Status> posts = IntStream.range(0, 6).mapToObj(number -> world.post(DORA, "Pin " + number, Visibility.PUBLIC)).toList();
        posts.subList(0, 5).forEach(post -> world.actions.pin(account(DORA), post.id()));
        assertEquals(422, assertThrows(Refusal.class, () -> world.actions.pin(account(DORA), posts.get(5).id())).status());
        world.actions.unpin(account(DORA), posts.getFirst().id());
        assertEquals(422, assertThrows(Refusal.class, () -> world.actions.pin(account(DORA), posts.get(1).id())).status(), "twice");
        world.actions.pin(account(DORA), posts.get(5).id());
        assertEquals(List.of(5L, 4L, 3L, 2L, 1L).stream().map(number -> posts.get(number.intValue()).id()).toList(),
            world.timelines.pinned(Viewer.anonymous(), DORA).statuses().stream().map(Status::id).toList());
        Status foreign = world.post(ALICE, "Hers", Visibility.PUBLIC);
        assertEquals(422, assertThrows(Refusal.class, () -> world.actions.pin(account(DORA), foreign.id())).status());
        Status direct = world.post(DORA, "Psst", Visibility.DIRECT);
        assertEquals(422, assertThrows(Refusal.class, () -> world.actions.pin(account(DORA), direct.id())).status());
    }

    @Test
    void bookmarksArePagedByWhenTheyWereSet() {
        Status older = world.post(ALICE, "Older", Visibility.PUBLIC);
        Status newer = world.post(ALICE, "Newer", Visibility.PUBLIC);
        world.actions.bookmark(account(BOB), newer.id());
        world.actions.bookmark(account(BOB), older.id());
        var all = world.timelines.bookmarks(BOB, Page.first(20)).listed();
        assertEquals(List.of(older.id(), newer.id()), all.stream().map(listed -> listed.status().id()).toList());
        var next = world.timelines.bookmarks(BOB, new Page(all.getFirst().cursor(), null, null, 20)).listed();
        assertEquals(List.of(newer.id()), next.stream().map(listed -> listed.status().id()).toList());
        world.actions.unbookmark(account(BOB), older.id());
        assertEquals(1, world.timelines.bookmarks(BOB, Page.first(20)).listed().size());
    }

    @Test
    void whoFavouritedAndBoostedIsListedToWhoSeesThePost() {
        Status post = world.post(ALICE, "Popular", Visibility.PUBLIC);
        world.actions.favourite(account(BOB), post.id());
        world.interactions.favourite(GUSTAV, post.id(), "https://far.example/likes/1");
        world.actions.reblog(account(DORA), post.id(), null);
        assertEquals(List.of(GUSTAV, BOB), world.reader.favouritedBy(Viewer.anonymous(), post.id(), Page.first(40)).stream()
            .map(InteractionLists.Listed::accountId).toList());
        assertEquals(List.of(DORA), world.reader.rebloggedBy(Viewer.of(BOB), post.id(), Page.first(40)).stream()
            .map(InteractionLists.Listed::accountId).toList());
        Status hidden = world.post(CAROL, "Hidden", Visibility.PRIVATE);
        assertThrows(Refusal.class, () -> world.reader.favouritedBy(Viewer.of(ALICE), hidden.id(), Page.first(40)));
    }
}
