package social.dunlin.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.IVAN;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.event.Event.NotificationCreated;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class NotificationServiceTest {
    private StatusWorld world;

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
        }
        database.execute("delete from notification");
        database.execute("delete from status");
        database.execute("delete from mute");
        database.execute("delete from marker");
        database.execute("update account set silenced_at = null");
    }

    private List<Notification> of(long account) {
        return world.notifications.list(account, Page.first(40), List.of(), List.of(), null);
    }

    private List<NotificationType> types(long account) {
        return of(account).stream().map(Notification::type).toList();
    }

    @Test
    void aMentionIsToldToLocalPeopleAndToThemOnly() {
        Status post = world.post(ALICE, "@bob @erin@hamlet.example @gustav@far.example @alice", Visibility.PUBLIC);
        assertEquals(List.of(NotificationType.MENTION), types(BOB));
        assertEquals(post.id(), of(BOB).getFirst().statusId());
        assertEquals(List.of(NotificationType.MENTION), types(ERIN));
        assertEquals(List.of(), types(ALICE), "nobody is told of themself");
        assertTrue(world.database.list("select account_id from notification", row -> row.getLong(0)).stream().noneMatch(id -> id == GUSTAV));
    }

    @Test
    void followersWhoAskedAreToldOfNewPosts() {
        world.database.execute("update follow set notify = true where account_id = $1 and target_account_id = $2", BOB, ALICE);
        Status post = world.post(ALICE, "News", Visibility.PUBLIC);
        assertEquals(List.of(NotificationType.STATUS), types(BOB));
        world.service.publish(world.village.account(ALICE), NewStatus.text("@dora yes").inReplyTo(world.post(DORA, "Q", Visibility.PUBLIC).id()));
        assertEquals(List.of(NotificationType.STATUS), types(BOB), "answers to others are no news");
        assertEquals(post.id(), of(BOB).getFirst().statusId());
        world.database.execute("update follow set notify = false");
    }

    @Test
    void hostileInput100_blockedAndMutedSendersAreNotHeardNotEvenDirectly() {
        world.village.mute(BOB, DORA);
        world.post(DORA, "@bob psst", Visibility.DIRECT);
        assertEquals(List.of(), of(BOB));
        world.post(MALLORY, "@carol psst", Visibility.DIRECT);
        assertEquals(List.of(), of(CAROL), "Carol blocks Mallory");
        world.database.execute("update mute set hide_notifications = false");
        world.post(DORA, "@bob hello", Visibility.PUBLIC);
        assertEquals(List.of(NotificationType.MENTION), types(BOB), "this mute spares notifications");
    }

    @Test
    void hostileInput100_limitedSendersAreSetAsideUnlessFollowed() {
        world.database.execute("update account set silenced_at = now() where id in ($1, $2)", IVAN, FRIDA);
        Status post = world.post(ALICE, "Like me", Visibility.PUBLIC);
        world.interactions.favourite(IVAN, post.id(), "https://other.example/likes/1");
        assertEquals(List.of(), of(ALICE));
        assertEquals(0, world.notifications.unread(ALICE, 100, List.of(), List.of()));
        world.interactions.favourite(FRIDA, post.id(), "https://far.example/likes/1");
        assertEquals(List.of(FRIDA), of(ALICE).stream().map(Notification::fromAccountId).toList());
    }

    @Test
    void aMutedThreadIsSilent() {
        Status post = world.post(ALICE, "Noisy", Visibility.PUBLIC);
        world.actions.mute(world.village.account(ALICE), post.id());
        world.service.publish(world.village.account(BOB), NewStatus.text("@alice hey").inReplyTo(post.id()));
        world.actions.favourite(world.village.account(BOB), post.id());
        assertEquals(List.of(), of(ALICE));
        world.actions.unmute(world.village.account(ALICE), post.id());
        world.service.publish(world.village.account(BOB), NewStatus.text("@alice hey again").inReplyTo(post.id()));
        assertEquals(List.of(NotificationType.MENTION), types(ALICE));
    }

    @Test
    void whoMayNotSeeThePostIsNotToldOfIt() {
        Status post = world.post(CAROL, "For followers", Visibility.PRIVATE);
        assertEquals(1, world.notifications.notify(NotificationType.STATUS, List.of(BOB, DORA, ALICE), CAROL, post.id()).size());
        assertEquals(List.of(), of(DORA));
    }

    @Test
    void suspendedSendersAndUnseenPostsLeaveTheList() {
        Status post = world.post(ALICE, "Like me", Visibility.PUBLIC);
        world.interactions.favourite(GUSTAV, post.id(), "https://far.example/likes/1");
        Status hidden = world.post(CAROL, "@bob hi", Visibility.PRIVATE);
        assertEquals(1, of(ALICE).size());
        world.suspend(GUSTAV);
        assertEquals(List.of(), of(ALICE));
        world.reinstate(GUSTAV);
        world.suspend(CAROL);
        assertEquals(List.of(), of(BOB), "post " + hidden.id());
        world.reinstate(CAROL);
    }

    @Test
    void theSameThingIsToldOnceAndAnEventSaysSo() {
        Status post = world.post(ALICE, "Once", Visibility.PUBLIC);
        world.events.clear();
        List<Long> first = world.notifications.notify(NotificationType.FAVOURITE, List.of(ALICE, ALICE), BOB, post.id());
        assertEquals(1, first.size());
        assertEquals(List.of(), world.notifications.notify(NotificationType.FAVOURITE, List.of(ALICE), BOB, post.id()));
        Eventually.until("the event comes", () -> world.events.contains(new NotificationCreated(first.getFirst(), ALICE)));
    }

    @Test
    void kindsAndSendersFilterTheList() {
        Status post = world.post(ALICE, "Popular", Visibility.PUBLIC);
        world.actions.favourite(world.village.account(BOB), post.id());
        world.actions.reblog(world.village.account(DORA), post.id(), null);
        world.notifications.notify(NotificationType.FOLLOW, List.of(ALICE), DORA, null);
        assertEquals(List.of(NotificationType.FOLLOW, NotificationType.REBLOG, NotificationType.FAVOURITE), types(ALICE));
        assertEquals(1, world.notifications.list(ALICE, Page.first(40), List.of(NotificationType.FOLLOW), List.of(), null).size());
        assertEquals(2, world.notifications.list(ALICE, Page.first(40), List.of(), List.of(NotificationType.FOLLOW), null).size());
        assertEquals(2, world.notifications.list(ALICE, Page.first(40), List.of(), List.of(), DORA).size());
        List<Notification> all = of(ALICE);
        assertEquals(all.subList(1, 2), world.notifications.list(ALICE, new Page(all.getFirst().id(), null, null, 1), List.of(), List.of(), null));
        assertEquals(all.subList(1, 2), world.notifications.list(ALICE, new Page(null, null, all.getLast().id(), 1), List.of(), List.of(), null));
    }

    @Test
    void oneSeesDismissesAndClearsOnlyOnesOwn() {
        Status post = world.post(ALICE, "Mine", Visibility.PUBLIC);
        world.actions.favourite(world.village.account(BOB), post.id());
        long id = of(ALICE).getFirst().id();
        assertTrue(world.notifications.get(BOB, id).isEmpty());
        world.notifications.dismiss(BOB, id);
        world.notifications.clear(BOB);
        assertTrue(world.notifications.get(ALICE, id).isPresent());
        world.notifications.dismiss(ALICE, id);
        assertEquals(List.of(), of(ALICE));
    }

    @Test
    void theMarkerSaysWhatIsUnread() {
        Status post = world.post(ALICE, "Popular", Visibility.PUBLIC);
        world.actions.favourite(world.village.account(BOB), post.id());
        world.actions.favourite(world.village.account(DORA), post.id());
        assertEquals(2, world.notifications.unread(ALICE, 100, List.of(), List.of()));
        assertEquals(1, world.notifications.unread(ALICE, 1, List.of(), List.of()));
        LinkedHashMap<String, Long> positions = new LinkedHashMap<>();
        positions.put("notifications", of(ALICE).getLast().id());
        assertEquals(1, world.markers.set(ALICE, positions).getFirst().version());
        assertEquals(2, world.markers.set(ALICE, positions).getFirst().version());
        assertEquals(1, world.notifications.unread(ALICE, 100, List.of(), List.of()));
        assertEquals(1, world.markers.get(ALICE, List.of("home", "notifications")).size());
    }

    /** More members than are looked at first for a page of two. */
    @Test
    void aLargeGroupDoesNotHideTheOneBelow() {
        Status post = world.post(ALICE, "Very popular", Visibility.PUBLIC);
        world.post(ERIN, "@alice@village.example hi", Visibility.PUBLIC);
        world.database.execute("""
            insert into account (id, username, host, uri, fetched_at)
            select 7000 + number, 'fan' || number, 'fans.example', 'https://fans.example/' || number, now() from generate_series(1, 20) as number""");
        world.database.execute("""
            insert into notification (account_id, type, from_account_id, status_id, group_key)
            select $1, 'favourite', 7000 + number, $2, 'favourite-1' from generate_series(1, 20) as number""", ALICE, post.id());
        List<NotificationGroup> groups = world.notifications.groups(ALICE, Page.first(2), List.of(), List.of(), null, List.of(NotificationType.FAVOURITE));
        assertEquals(List.of(NotificationType.FAVOURITE, NotificationType.MENTION), groups.stream().map(NotificationGroup::type).toList());
        assertEquals(20, groups.getFirst().members());
        assertEquals(1, world.notifications.groups(ALICE, Page.first(1), List.of(), List.of(), null, List.of(NotificationType.FAVOURITE)).size());
    }

    @Test
    void favouritesOfOnePostAreOneGroupAndPagesMergeByKey() {
        Status post = world.post(ALICE, "Popular", Visibility.PUBLIC);
        world.actions.favourite(world.village.account(BOB), post.id());
        world.post(ERIN, "@alice@village.example hi", Visibility.PUBLIC);
        world.actions.favourite(world.village.account(DORA), post.id());
        world.interactions.favourite(GUSTAV, post.id(), "https://far.example/likes/1");
        var grouped = List.of(NotificationType.FAVOURITE, NotificationType.REBLOG, NotificationType.FOLLOW);
        List<NotificationGroup> groups = world.notifications.groups(ALICE, Page.first(40), List.of(), List.of(), null, grouped);
        assertEquals(List.of(NotificationType.FAVOURITE, NotificationType.MENTION), groups.stream().map(NotificationGroup::type).toList());
        assertEquals(List.of(GUSTAV, DORA, BOB), groups.getFirst().senders());
        assertEquals(3, groups.getFirst().members());
        assertTrue(groups.getFirst().groupKey().startsWith("favourite-" + post.id() + "-"));
        assertEquals("ungrouped-" + groups.get(1).newestId(), groups.get(1).groupKey());

        List<NotificationGroup> first = world.notifications.groups(ALICE, Page.first(1), List.of(), List.of(), null, grouped);
        List<NotificationGroup> second = world.notifications.groups(ALICE, new Page(groups.get(1).newestId(), null, null, 40), List.of(), List.of(), null, grouped);
        assertEquals(groups.getFirst().groupKey(), first.getFirst().groupKey());
        assertEquals(groups.getFirst().newestId(), first.getFirst().oldestId(), "the page covers no more than its top");
        assertEquals(groups.getFirst().groupKey(), second.getFirst().groupKey(), "an older page repeats the key");
        assertEquals(1, second.getFirst().members());

        assertEquals(4, world.notifications.groups(ALICE, Page.first(40), List.of(), List.of(), null, List.of()).size(), "nothing grouped");
        assertEquals(3, world.notifications.group(ALICE, groups.getFirst().groupKey()).orElseThrow().members());
        assertEquals(List.of(ERIN), world.notifications.senders(ALICE, groups.get(1).groupKey()));
        assertTrue(world.notifications.group(BOB, groups.getFirst().groupKey()).isEmpty());
        world.notifications.dismissGroup(ALICE, groups.getFirst().groupKey());
        assertEquals(List.of(NotificationType.MENTION), types(ALICE));
    }
}
