package social.dunlin.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.IVAN;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.event.Event.NotificationCreated;
import social.dunlin.notification.NotificationPolicy.Summary;
import social.dunlin.notification.NotificationPolicy.Treatment;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusChange;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;

/** Alice follows Bob and Frida; Bob, Erin and Gustav follow Alice; Dora and Ivan are strangers to her. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class NotificationPolicyTest {
    private static final Treatment ACCEPT = Treatment.ACCEPT;
    private static final Treatment FILTER = Treatment.FILTER;
    private static final Treatment DROP = Treatment.DROP;
    private static final NotificationPolicy OPEN = new NotificationPolicy(ACCEPT, ACCEPT, ACCEPT, ACCEPT, ACCEPT, ACCEPT);

    private StatusWorld world;

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
        }
        database.execute("delete from notification");
        database.execute("delete from notification_policy");
        database.execute("delete from notification_permission");
        database.execute("update account set silenced_at = null, actor_type = 'Person', created_at = now() - interval '1 year'");
        database.execute("update follow set created_at = now() - interval '1 year'");
    }

    /** What becomes of a mention of Alice. */
    private String fate(long sender, Visibility visibility) {
        world.database.execute("delete from notification");
        String alice = sender == ERIN ? "@alice@village.example" : "@alice";
        Status post = sender == IVAN || sender == FRIDA || sender == GUSTAV ? null : world.post(sender, alice + " hello", visibility);
        if (post == null) {
            world.notifications.notify(NotificationType.FOLLOW, List.of(ALICE), sender, null);
        }
        return world.database.first("select filtered from notification where account_id = $1", row -> row.getBoolean(0) ? "filtered" : "shown", ALICE)
            .orElse("dropped");
    }

    private void policy(NotificationPolicy policy) {
        world.policies.save(ALICE, policy);
    }

    @Test
    void hostileInput100_byDefaultUnaskedPrivateMentionsAndLimitedAccountsAreSetAside() {
        assertEquals(NotificationPolicy.DEFAULTS, world.policies.of(ALICE));
        assertEquals("filtered", fate(DORA, Visibility.DIRECT));
        assertEquals("shown", fate(DORA, Visibility.PUBLIC));
        assertEquals("shown", fate(BOB, Visibility.DIRECT));
        world.database.execute("update account set silenced_at = now() where id in ($1, $2)", IVAN, FRIDA);
        assertEquals("filtered", fate(IVAN, null));
        assertEquals("shown", fate(FRIDA, null), "followed");
    }

    @Test
    void eachRuleLooksAtItsOwn() {
        policy(new NotificationPolicy(FILTER, ACCEPT, ACCEPT, ACCEPT, ACCEPT, ACCEPT));
        assertEquals("filtered", fate(ERIN, Visibility.PUBLIC));
        assertEquals("shown", fate(BOB, Visibility.PUBLIC));
        policy(new NotificationPolicy(ACCEPT, FILTER, ACCEPT, ACCEPT, ACCEPT, ACCEPT));
        assertEquals("shown", fate(ERIN, Visibility.PUBLIC));
        assertEquals("filtered", fate(FRIDA, null), "followed, but no follower");
        world.database.execute("update follow set created_at = now() where account_id = $1", ERIN);
        assertEquals("filtered", fate(ERIN, Visibility.PUBLIC), "a follower for a moment only");
        policy(new NotificationPolicy(ACCEPT, ACCEPT, FILTER, ACCEPT, ACCEPT, ACCEPT));
        assertEquals("shown", fate(DORA, Visibility.PUBLIC));
        world.database.execute("update account set created_at = now() where id in ($1, $2)", DORA, BOB);
        assertEquals("filtered", fate(DORA, Visibility.PUBLIC));
        assertEquals("shown", fate(BOB, Visibility.PUBLIC), "new, but followed");
        policy(new NotificationPolicy(ACCEPT, ACCEPT, ACCEPT, ACCEPT, ACCEPT, FILTER));
        assertEquals("shown", fate(DORA, Visibility.PUBLIC));
        world.database.execute("update account set actor_type = 'Service' where id = $1", DORA);
        assertEquals("filtered", fate(DORA, Visibility.PUBLIC));
    }

    @Test
    void theStrictestRuleDecides() {
        policy(new NotificationPolicy(FILTER, ACCEPT, ACCEPT, DROP, ACCEPT, ACCEPT));
        assertEquals("dropped", fate(DORA, Visibility.DIRECT));
        assertEquals("filtered", fate(DORA, Visibility.PUBLIC));
        policy(OPEN);
        assertEquals("shown", fate(DORA, Visibility.DIRECT));
    }

    @Test
    void aPrivateAnswerWasAskedFor() {
        world.database.execute("delete from notification");
        Status question = world.post(ALICE, "@dora a question", Visibility.DIRECT);
        world.service.publish(world.village.account(DORA), NewStatus.text("@alice an answer").inReplyTo(question.id()).withVisibility(Visibility.DIRECT));
        assertEquals(1, shown().size());
    }

    private List<Notification> shown() {
        return world.notifications.list(ALICE, Page.first(40), List.of(), List.of(), null);
    }

    @Test
    void whatWasSetAsideWaitsBySenderToBeLetInForGood() {
        world.post(DORA, "@alice one", Visibility.DIRECT);
        Status last = world.post(DORA, "@alice two", Visibility.DIRECT);
        world.database.execute("update account set silenced_at = now() where id = $1", IVAN);
        world.notifications.notify(NotificationType.FOLLOW, List.of(ALICE), IVAN, null);
        assertEquals(List.of(), shown());
        assertEquals(0, world.notifications.unread(ALICE, 100, List.of(), List.of()));
        assertEquals(3, world.notifications.list(ALICE, Page.first(40), List.of(), List.of(), null, true).size());
        assertEquals(new Summary(2, 3), world.policies.summary(ALICE));
        List<NotificationRequest> requests = world.requests.list(ALICE, Page.first(40));
        assertEquals(List.of(IVAN, DORA), requests.stream().map(NotificationRequest::fromAccountId).toList());
        assertEquals(2, requests.getLast().notifications());
        assertEquals(last.id(), requests.getLast().lastStatusId());
        assertEquals(requests.getLast(), world.requests.list(ALICE, new Page(requests.getFirst().newestId(), null, null, 40)).getFirst());
        assertEquals(requests.getLast(), world.requests.get(ALICE, DORA).orElseThrow());
        assertTrue(world.requests.get(BOB, DORA).isEmpty());

        assertEquals(0, world.requests.accept(BOB, List.of(DORA)), "nobody else's");
        world.requests.accept(ALICE, List.of(DORA));
        assertEquals(2, shown().size());
        world.post(DORA, "@alice three", Visibility.DIRECT);
        assertEquals(3, shown().size(), "and what comes next");
        assertEquals(1, world.requests.dismiss(ALICE, List.of(IVAN)));
        assertEquals(List.of(), world.requests.list(ALICE, Page.first(40)));
        assertEquals(new Summary(0, 0), world.policies.summary(ALICE));
    }

    @Test
    void whatIsSetAsideMakesNoEvent() {
        world.post(DORA, "@alice psst", Visibility.DIRECT);
        world.post(BOB, "@alice psst", Visibility.DIRECT);
        List<Notification> all = world.notifications.list(ALICE, Page.first(40), List.of(), List.of(), null, true);
        assertEquals(List.of(false, true), all.stream().map(Notification::filtered).toList());
        Eventually.until("the other is heard of", () -> isHeard(all.getFirst()));
        assertFalse(isHeard(all.getLast()), "events come in order: it would be here by now");
    }

    private boolean isHeard(Notification notification) {
        return world.events.contains(new NotificationCreated(notification.id(), ALICE));
    }

    @Test
    void ofSeveralEditsTheLastIsTold() {
        policy(new NotificationPolicy(DROP, DROP, DROP, DROP, DROP, DROP));
        Status post = world.post(ERIN, "First", Visibility.PUBLIC);
        world.actions.reblog(world.village.account(ALICE), post.id(), null);
        world.service.edit(world.village.account(ERIN), post.id(), StatusChange.text("Second"));
        long first = shown().getFirst().id();
        world.service.edit(world.village.account(ERIN), post.id(), StatusChange.text("Third"));
        assertEquals(List.of(NotificationType.UPDATE), shown().stream().map(Notification::type).toList(), "what one boosted oneself is told whatever the policy");
        assertTrue(shown().getFirst().id() > first);
    }
}
