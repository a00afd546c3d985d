package social.dunlin.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.list.ListService.Change;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.timeline.Listing;

/** Alice, who follows Bob and Frida, and her lists. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ListServiceTest {
    private StatusWorld world;
    private ListService lists;

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
            lists = world.lists;
        }
        database.execute("delete from list");
        database.execute("delete from status");
    }

    private PeopleList list(RepliesPolicy policy, boolean exclusive, Long... members) {
        PeopleList list = lists.create(ALICE, new Change("Friends", policy, exclusive));
        lists.add(ALICE, list.id(), List.of(members));
        return list;
    }

    private List<Long> shown(PeopleList list) {
        return ids(lists.timeline(ALICE, list.id(), Page.first(20)));
    }

    private List<Long> home() {
        return ids(world.timelines.home(ALICE, Page.first(20)));
    }

    private static List<Long> ids(Listing listing) {
        return listing.statuses().stream().map(Status::id).toList();
    }

    private Status answer(long author, Status parent) {
        return world.service.publish(world.village.account(author), NewStatus.text("Answer").inReplyTo(parent.id()).withVisibility(Visibility.PUBLIC));
    }

    @Test
    void aListShowsWhatItsMembersPostAndBoost() {
        PeopleList list = list(RepliesPolicy.LIST, false, BOB);
        Status first = world.post(BOB, "First", Visibility.PUBLIC);
        world.remotePost(FRIDA, "not-in-it", Visibility.PUBLIC);
        Status dora = world.post(DORA, "Boosted", Visibility.PUBLIC);
        Status boost = world.actions.reblog(world.village.account(BOB), dora.id(), null);
        world.post(BOB, "Psst @alice", Visibility.DIRECT);
        assertEquals(List.of(boost.id(), first.id()), shown(list));
        assertEquals(List.of(first.id()), ids(lists.timeline(ALICE, list.id(), new Page(boost.id(), null, null, 20))));
        assertEquals(List.of(boost.id()), ids(lists.timeline(ALICE, list.id(), new Page(null, null, first.id(), 1))));
    }

    @Test
    void whoseAnswersAreShownIsTheListsPolicy() {
        PeopleList list = list(RepliesPolicy.LIST, false, BOB);
        Status fridas = world.remotePost(FRIDA, "question", Visibility.PUBLIC);
        Status doras = world.post(DORA, "Question", Visibility.PUBLIC);
        Status toFrida = answer(BOB, fridas);
        answer(BOB, doras);
        Status own = world.post(BOB, "Own", Visibility.PUBLIC);
        Status toSelf = answer(BOB, own);
        assertEquals(List.of(toSelf.id(), own.id()), shown(list), "Frida is not in the list");
        lists.update(ALICE, list.id(), new Change(null, RepliesPolicy.FOLLOWED, null));
        assertEquals(List.of(toSelf.id(), own.id(), toFrida.id()), shown(list), "Alice follows Frida, not Dora");
        lists.update(ALICE, list.id(), new Change(null, RepliesPolicy.NONE, null));
        assertEquals(List.of(toSelf.id(), own.id()), shown(list));
        lists.update(ALICE, list.id(), new Change(null, RepliesPolicy.LIST, null));
        lists.add(ALICE, list.id(), List.of(FRIDA));
        assertTrue(shown(list).contains(toFrida.id()));
    }

    @Test
    void whatIsHiddenOrNotForTheReaderStaysOut() {
        PeopleList list = list(RepliesPolicy.LIST, false, BOB);
        Status post = world.post(BOB, "Hello", Visibility.PUBLIC);
        world.database.execute("insert into mute (account_id, target_account_id) values ($1, $2)", ALICE, BOB);
        assertEquals(List.of(), shown(list));
        world.database.execute("delete from mute");
        world.database.execute("update follow set languages = '{de}' where account_id = $1 and target_account_id = $2", ALICE, BOB);
        world.database.execute("update status set language = 'en'");
        assertEquals(List.of(), shown(list));
        world.database.execute("update follow set languages = null");
        assertEquals(List.of(post.id()), shown(list));
    }

    @Test
    void onlyFollowedPeopleCanBeMembersAndLeaveWithTheFollow() {
        PeopleList list = list(RepliesPolicy.LIST, false, BOB, ALICE);
        assertEquals(422, assertThrows(Refusal.class, () -> lists.add(ALICE, list.id(), List.of(BOB, MALLORY))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> lists.add(ALICE, list.id(), List.of(BOB, 999L))).status());
        Status post = world.post(BOB, "Hello", Visibility.PUBLIC);
        Status mine = world.post(ALICE, "Mine", Visibility.PUBLIC);
        assertEquals(List.of(mine.id(), post.id()), shown(list));
        RelationshipServices.of(world.database, world.outbox).unfollow(ALICE, BOB);
        try {
            assertEquals(List.of(mine.id()), shown(list));
            assertEquals(List.of(ALICE), lists.members(ALICE, list.id(), Page.first(10)).stream().map(each -> each.account().id()).toList());
            assertEquals(List.of(), lists.containing(ALICE, BOB));
        } finally {
            world.village.follow(ALICE, BOB);
        }
    }

    @Test
    void anExclusiveListKeepsItsMembersOutOfHomeWhileItIsOne() {
        Status before = world.post(BOB, "Before", Visibility.PUBLIC);
        assertEquals(List.of(before.id()), home());
        PeopleList list = list(RepliesPolicy.LIST, true, BOB);
        assertEquals(List.of(), home(), "at once");
        Status during = world.post(BOB, "During", Visibility.PUBLIC);
        Status frida = world.remotePost(FRIDA, "frida", Visibility.PUBLIC);
        assertEquals(List.of(frida.id()), home());
        assertEquals(List.of(during.id(), before.id()), shown(list));
        PeopleList other = list(RepliesPolicy.LIST, true, BOB);
        lists.update(ALICE, list.id(), new Change(null, null, false));
        assertEquals(List.of(frida.id()), home(), "the second list still keeps him away");
        lists.remove(ALICE, other.id());
        assertTrue(home().containsAll(List.of(frida.id(), during.id(), before.id())));
        lists.update(ALICE, list.id(), new Change(null, null, true));
        assertEquals(List.of(frida.id()), home());
        lists.removeMembers(ALICE, list.id(), List.of(BOB));
        assertEquals(3, home().size());
    }

    @Test
    void somebodyElsesListIsNotThere() {
        PeopleList list = list(RepliesPolicy.LIST, false, BOB);
        assertEquals(404, assertThrows(Refusal.class, () -> lists.get(CAROL, list.id())).status());
        assertEquals(404, assertThrows(Refusal.class, () -> lists.timeline(CAROL, list.id(), Page.first(1))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> lists.members(CAROL, list.id(), Page.first(1))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> lists.add(CAROL, list.id(), List.of(CAROL))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> lists.removeMembers(CAROL, list.id(), List.of(BOB))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> lists.update(CAROL, list.id(), new Change("Mine", null, null))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> lists.remove(CAROL, list.id())).status());
        assertEquals(List.of(list), lists.list(ALICE));
    }

    @Test
    void hostileInput52_titlesAndNumbersAreBounded() {
        assertEquals(422, assertThrows(Refusal.class, () -> lists.create(ALICE, new Change(null, null, null))).status());
        assertEquals(422, assertThrows(Refusal.class, () -> lists.create(ALICE, new Change("x".repeat(100_000), null, null))).status());
        world.database.execute("insert into list (account_id, title) select $1, 'List' from generate_series(1, 100)", ALICE);
        assertEquals(422, assertThrows(Refusal.class, () -> lists.create(ALICE, new Change("One more", null, null))).status());
    }

    @Test
    void aTimelineCostsTheSameStatementsWhateverItsSize() {
        PeopleList list = list(RepliesPolicy.LIST, false, BOB, FRIDA);
        List<Status> posts = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            posts.add(world.post(BOB, "Post " + number, Visibility.PUBLIC));
        }
        long before = world.database.statementCount();
        assertEquals(2, lists.timeline(ALICE, list.id(), Page.first(2)).statuses().size());
        long small = world.database.statementCount() - before;
        assertEquals(posts.size(), lists.timeline(ALICE, list.id(), Page.first(40)).statuses().size());
        assertEquals(small, world.database.statementCount() - before - small);
        assertEquals(2, small);
    }
}
