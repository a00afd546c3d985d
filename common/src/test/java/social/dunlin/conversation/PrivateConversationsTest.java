package social.dunlin.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationPolicy;
import social.dunlin.notification.NotificationPolicy.Treatment;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.RemoteStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

/** Alice and Bob follow each other, so that what they say in private is heard. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PrivateConversationsTest {
    private StatusWorld world;

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
        }
        database.execute("delete from status");
        database.execute("delete from private_conversation");
        database.execute("delete from notification_policy");
    }

    private List<PrivateConversation> of(long account) {
        return world.conversations.list(account, Page.first(20));
    }

    private Status answer(long author, Status parent, String text) {
        return world.service.publish(world.village.account(author), NewStatus.text(text).inReplyTo(parent.id()).withVisibility(Visibility.DIRECT));
    }

    @Test
    void aThreadWithTheSamePeopleIsOneConversationForEachOfThem() {
        Status first = world.post(ALICE, "@bob psst", Visibility.DIRECT);
        Status second = answer(BOB, first, "@alice what");
        PrivateConversation alices = of(ALICE).getFirst();
        assertEquals(List.of(BOB), alices.participantIds());
        assertEquals(second.id(), alices.lastStatusId());
        assertTrue(alices.unread());
        PrivateConversation bobs = of(BOB).getFirst();
        assertEquals(List.of(ALICE), bobs.participantIds());
        assertFalse(bobs.unread(), "his own was the last");
        assertEquals(1, of(ALICE).size());
        Status third = answer(BOB, first, "@alice @erin@hamlet.example all of us");
        assertEquals(List.of(List.of(BOB, ERIN), List.of(BOB)), of(ALICE).stream().map(PrivateConversation::participantIds).toList(),
            "with others it is another one");
        assertEquals(List.of(), of(ERIN), "set aside: she does not follow Bob");
        assertEquals(List.of(alices.id()), world.conversations.list(ALICE, new Page(third.id(), null, null, 20)).stream().map(PrivateConversation::id).toList());
    }

    @Test
    void openPostsAndSilentMentionsMakeNone() {
        world.post(ALICE, "@bob openly", Visibility.PUBLIC);
        world.post(ALICE, "@bob to few", Visibility.PRIVATE);
        assertEquals(List.of(), of(ALICE));
        RemoteStatus note = world.note(FRIDA, "secret", Visibility.DIRECT, Instant.now());
        world.remote.store(new RemoteStatus(note.uri(), note.url(), FRIDA, "Note", Visibility.DIRECT, null, "", "<p>Secret</p>", null, null, "en", false, null, null,
            null, "nobody", note.published(), null, List.of(new RemoteStatus.Mention(ALICE, false), new RemoteStatus.Mention(BOB, true)), List.of(), List.of(),
            List.of(), null, null));
        assertEquals(List.of(FRIDA), of(ALICE).getFirst().participantIds());
        assertEquals(List.of(), of(BOB));
    }

    @Test
    void aNoteToOneselfIsAConversationToo() {
        world.post(DORA, "Buy milk", Visibility.DIRECT);
        assertEquals(List.of(), of(DORA).getFirst().participantIds());
    }

    @Test
    void readUnreadAndPutAwayConcernNobodyElse() {
        Status first = world.post(BOB, "@alice psst", Visibility.DIRECT);
        PrivateConversation alices = of(ALICE).getFirst();
        assertTrue(world.conversations.mark(BOB, alices.id(), false).isEmpty());
        assertFalse(world.conversations.mark(ALICE, alices.id(), false).orElseThrow().unread());
        assertTrue(world.conversations.mark(ALICE, alices.id(), true).orElseThrow().unread());
        assertFalse(world.conversations.remove(BOB, alices.id()));
        assertTrue(world.conversations.remove(ALICE, alices.id()));
        assertEquals(List.of(), of(ALICE));
        assertEquals(1, of(BOB).size());
        answer(BOB, first, "@alice still there?");
        assertEquals(1, of(ALICE).size(), "the next post brings it back");
    }

    @Test
    void aDeletedPostGivesPlaceToTheOneBefore() {
        Status first = world.post(ALICE, "@bob psst", Visibility.DIRECT);
        Status second = answer(BOB, first, "@alice what");
        world.service.delete(world.village.account(BOB), second.id(), true, status -> status);
        assertEquals(first.id(), of(ALICE).getFirst().lastStatusId());
        world.service.delete(world.village.account(ALICE), first.id(), true, status -> status);
        assertEquals(List.of(), of(ALICE));
        assertEquals(List.of(), of(BOB));
    }

    @Test
    void whoIsHiddenOrSetAsideIsNotThere() {
        world.post(MALLORY, "@carol psst", Visibility.DIRECT);
        assertEquals(List.of(), of(CAROL), "she blocks her");
        world.post(DORA, "@bob psst", Visibility.DIRECT);
        assertEquals(List.of(), of(BOB), "private mentions of strangers are set aside");
        assertEquals(1, world.requests.accept(BOB, List.of(DORA)));
        assertEquals(List.of(DORA), of(BOB).getFirst().participantIds(), "until they are let in");
        world.database.execute("delete from notification_permission");
        world.policies.save(BOB, new NotificationPolicy(Treatment.DROP, Treatment.ACCEPT, Treatment.ACCEPT, Treatment.ACCEPT, Treatment.ACCEPT, Treatment.ACCEPT));
        world.database.execute("delete from private_conversation");
        world.post(DORA, "@bob again", Visibility.DIRECT);
        assertEquals(List.of(), of(BOB));
    }

    @Test
    void aPageCostsOneStatement() {
        for (int number = 0; number < 5; number++) {
            world.post(BOB, "@alice " + number, Visibility.DIRECT);
        }
        long before = world.database.statementCount();
        assertEquals(5, of(ALICE).size());
        assertEquals(1, world.database.statementCount() - before);
    }
}
