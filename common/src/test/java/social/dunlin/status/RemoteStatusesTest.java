package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.HEDY;
import static social.dunlin.testing.Village.IVAN;
import static social.dunlin.testing.Village.JUDY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.status.StoredStatus.Refused;
import social.dunlin.status.StoredStatus.Stored;
import social.dunlin.status.StoredStatus.Tombstoned;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RemoteStatusesTest {
    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
    }

    private Status stored(RemoteStatus data) {
        return world.statuses.byId(assertInstanceOf(Stored.class, world.remote.store(data)).id()).orElseThrow();
    }

    private RemoteStatus note(long author, String name) {
        return world.note(author, name, Visibility.PUBLIC, Instant.now());
    }

    private static RemoteStatus with(RemoteStatus data, String content, Instant updated, List<RemoteStatus.Mention> mentions, String inReplyTo) {
        return new RemoteStatus(data.uri(), data.url(), data.accountId(), data.objectType(), data.visibility(), data.title(), data.spoilerText(),
            content, data.textSource(), data.contentType(), data.language(), data.sensitive(), inReplyTo, data.conversationUri(), data.quote(),
            data.quotePolicy(), data.published(), updated, mentions, data.hashtags(), data.attachments(), data.emojis(), data.poll(),
            data.groupAccountId());
    }

    private static RemoteStatus rich(RemoteStatus data, RemoteStatus.Poll poll) {
        return new RemoteStatus(data.uri(), data.url(), data.accountId(), "Question", data.visibility(), null, "Warning", data.content(), null, null,
            "en", true, null, "https://far.example/contexts/1", new RemoteStatus.Quote("https://other.example/quoted", null, false), "public", data.published(), null,
            List.of(new RemoteStatus.Mention(ALICE, false), new RemoteStatus.Mention(BOB, true)), List.of("#Birds", "no tag at all"),
            List.of(new RemoteStatus.Attachment("image", "https://far.example/a.png", null, "image/png", "A duck", null, 640, 480, 0.5, -0.5)),
            List.of(new RemoteStatus.Emoji("duck", null, "https://far.example/duck.png")), poll, null);
    }

    @Test
    void allThatBelongsToARemotePostIsStored() {
        Status post = stored(rich(note(GUSTAV, "rich"),
            new RemoteStatus.Poll(List.of("A", "B"), List.of(3, 4), false, 7, Instant.now().plusSeconds(600), null)));
        List<Long> id = List.of(post.id());
        assertEquals(List.of("alice"), world.details.mentions(id).get(post.id()).stream().map(StatusDetails.Mentioned::username).toList());
        assertEquals(List.of("birds"), world.details.tags(id).get(post.id()).stream().map(StatusDetails.Tag::name).toList());
        assertEquals("A duck", world.media.ofStatuses(id).get(post.id()).getFirst().description());
        assertTrue(world.media.ofStatuses(id).get(post.id()).getFirst().meta().contains("\"size\": \"640x480\""));
        assertEquals(List.of(3, 4), world.polls.ofStatus(post.id()).orElseThrow().tallies());
        assertEquals(QuoteState.PENDING, world.details.quotes(id).get(post.id()).state());
        assertTrue(world.database.exists("select from custom_emoji where host = 'far.example' and shortcode = 'duck'"));
    }

    @Test
    void theSecondDeliveryHasNoSecondEffectAlsoWhenBothComeAtOnce() throws Exception {
        RemoteStatus data = with(note(GUSTAV, "twice"), "<p>Hi</p>", null, List.of(new RemoteStatus.Mention(ALICE, false)), null);
        int before = world.village.account(GUSTAV).statusesCount();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<StoredStatus>> outcomes = IntStream.range(0, 4).mapToObj(_ -> workers.submit(() -> {
                start.await();
                return world.remote.store(data);
            })).toList();
            start.countDown();
            int fresh = 0;
            for (Future<StoredStatus> outcome : outcomes) {
                fresh += assertInstanceOf(Stored.class, outcome.get()).fresh() ? 1 : 0;
            }
            assertEquals(1, fresh);
        }
        assertEquals(before + 1, world.village.account(GUSTAV).statusesCount());
        assertEquals(1, world.notifications.list(ALICE, Page.first(80), List.of(NotificationType.MENTION), List.of(), GUSTAV).stream()
            .filter(notification -> notification.statusId().equals(world.statuses.byUri(data.uri()).orElseThrow().id())).count());
    }

    @Test
    void aBackfilledPostSortsWhereItWasPublishedAndIsNoNews() {
        Instant old = Instant.now().minus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        Status post = stored(with(world.note(FRIDA, "old", Visibility.PUBLIC, old), "<p>Old</p>", null, List.of(new RemoteStatus.Mention(ALICE, false)), null));
        assertEquals(old, Snowflakes.timeOf(post.id()));
        assertFalse(world.timelines.home(ALICE, Page.first(40)).statuses().stream().anyMatch(shown -> shown.id() == post.id()));
        assertTrue(world.notifications.list(ALICE, Page.first(80), List.of(), List.of(), FRIDA).stream().noneMatch(each -> each.statusId().equals(post.id())));
    }

    @Test
    void aPostFromTheFutureIsOfNow() {
        Status post = stored(world.note(GUSTAV, "future", Visibility.PUBLIC, Instant.now().plus(Duration.ofDays(400))));
        assertTrue(post.createdAt().isBefore(Instant.now().plusSeconds(5)));
    }

    @Test
    void hostileInput32_aKnownIdIsNotTakenOverByAnotherAuthor() {
        Status victim = stored(world.note(FRIDA, "victim", Visibility.PRIVATE, Instant.now()));
        RemoteStatus evil = note(IVAN, "evil");
        RemoteStatus forged = new RemoteStatus(victim.uri(), evil.url(), IVAN, "Note", Visibility.PUBLIC, null, "", "<p>Evil</p>", null, null, null, false,
            null, null, null, "public", Instant.now(), Instant.now(), List.of(new RemoteStatus.Mention(JUDY, false)), List.of(), List.of(), List.of(), null, null);
        assertInstanceOf(Refused.class, world.remote.store(forged));
        assertInstanceOf(Refused.class, world.remote.update(forged));
        assertEquals(victim, world.statuses.byUri(victim.uri()).orElseThrow());
    }

    @Test
    void hostileInput98_nothingOfASuspendedAuthorIsStoredOrBoosted() {
        Status before = stored(note(HEDY, "before-suspension"));
        world.suspend(HEDY);
        try {
            assertInstanceOf(Refused.class, world.remote.store(note(HEDY, "after-suspension")));
            assertInstanceOf(Refused.class, world.interactions.announce(GUSTAV, before.id(), "https://far.example/boosts/s", Visibility.PUBLIC, null));
        } finally {
            world.reinstate(HEDY);
        }
    }

    @Test
    void whatWasDeletedDoesNotComeBackAndADeleteMayComeFirst() {
        RemoteStatus data = note(GUSTAV, "deleted");
        Status post = stored(data);
        String actor = world.village.account(GUSTAV).uri();
        assertFalse(world.remote.delete(post.uri(), world.village.account(FRIDA).uri()), "Frida lives on the same host, but it is not hers");
        assertTrue(world.remote.delete(post.uri(), actor));
        assertFalse(world.remote.delete(post.uri(), actor));
        assertInstanceOf(Tombstoned.class, world.remote.store(data));

        RemoteStatus late = note(GUSTAV, "deleted-first");
        assertFalse(world.remote.delete(late.uri(), world.village.account(IVAN).uri()), "of another host");
        assertInstanceOf(Stored.class, world.remote.store(late));
        RemoteStatus later = note(GUSTAV, "deleted-first-by-its-host");
        assertFalse(world.remote.delete(later.uri(), actor));
        assertInstanceOf(Tombstoned.class, world.remote.store(later));
        RemoteStatus envied = note(GUSTAV, "deleted-first-by-a-neighbour");
        assertFalse(world.remote.delete(envied.uri(), world.village.account(FRIDA).uri()));
        assertInstanceOf(Stored.class, world.remote.store(envied));
        assertTrue(world.remote.delete(envied.uri(), actor));
        assertInstanceOf(Tombstoned.class, world.remote.store(envied));
    }

    @Test
    void aLocalPostIsNotDeletedFromOutside() {
        Status post = world.post(ALICE, "Stays", Visibility.PUBLIC);
        assertFalse(world.remote.delete(post.uri(), world.village.account(ALICE).uri()));
        assertTrue(world.statuses.byId(post.id()).isPresent());
    }

    @Test
    void repliesThatCameFirstFindTheirParent() {
        RemoteStatus parent = note(FRIDA, "parent");
        Status early = stored(with(note(GUSTAV, "early"), "<p>Early</p>", null, List.of(), parent.uri()));
        Status deeper = stored(with(note(IVAN, "deeper"), "<p>Deeper</p>", null, List.of(), early.uri()));
        assertTrue(early.inReplyToId().isEmpty());
        Status found = stored(parent);
        Status adopted = world.statuses.byId(early.id()).orElseThrow();
        assertEquals(found.id(), adopted.inReplyToId().getAsLong());
        assertEquals(found.conversationId(), adopted.conversationId());
        assertEquals(found.conversationId(), world.statuses.byId(deeper.id()).orElseThrow().conversationId());
        assertEquals(1, world.statuses.byId(found.id()).orElseThrow().repliesCount());
        assertEquals(List.of(early.id(), deeper.id()), world.reader.thread(Viewer.anonymous(), found.id()).descendants().stream().map(Status::id).toList());
    }

    @Test
    void twoPostsThatAnswerEachOtherDoNotMakeAnEndlessThread() {
        RemoteStatus first = note(GUSTAV, "circle-1");
        RemoteStatus second = note(GUSTAV, "circle-2");
        Status one = stored(with(first, "<p>1</p>", null, List.of(), second.uri()));
        Status two = stored(with(second, "<p>2</p>", null, List.of(), first.uri()));
        StatusReader.Thread thread = world.reader.thread(Viewer.of(ALICE), one.id());
        assertEquals(List.of(two.id()), thread.ancestors().stream().map(Status::id).distinct().filter(id -> id != one.id()).toList());
        assertTrue(thread.descendants().size() <= 2);
    }

    @Test
    void aLaterVersionReplacesAnEarlierOneAndNotTheOtherWayRound() {
        RemoteStatus data = note(GUSTAV, "edited");
        Status post = stored(data);
        world.actions.reblog(world.village.account(BOB), post.id(), null);
        Instant later = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        world.remote.update(with(data, "<p>Third</p>", later.plusSeconds(60), List.of(), null));
        world.remote.update(with(data, "<p>Second</p>", later, List.of(), null));
        Status now = world.statuses.byId(post.id()).orElseThrow();
        assertEquals("<p>Third</p>", now.content());
        assertEquals(later.plusSeconds(60), now.editedAt());
        assertEquals(2, world.details.versions(post.id()).size());
        assertEquals(1, world.notifications.list(BOB, Page.first(40), List.of(NotificationType.UPDATE), List.of(), GUSTAV).size());
    }

    @Test
    void anUpdateWithoutALaterTimeChangesOnlyTallies() {
        RemoteStatus data = rich(note(GUSTAV, "tallied"), new RemoteStatus.Poll(List.of("A", "B"), List.of(0, 0), false, 0, Instant.now().plusSeconds(600), null));
        Status post = stored(data);
        RemoteStatus counted = rich(note(GUSTAV, "tallied"), new RemoteStatus.Poll(List.of("A", "B"), List.of(5, 1), false, 6, Instant.now().plusSeconds(600), null));
        world.remote.update(with(counted, "<p>Smuggled</p>", null, data.mentions(), null));
        assertEquals(List.of(5, 1), world.polls.ofStatus(post.id()).orElseThrow().tallies());
        assertEquals(post.content(), world.statuses.byId(post.id()).orElseThrow().content());
    }

    @Test
    void hostileInput104_whoIsBlockedCannotEditWhatTheySentBefore() {
        RemoteStatus data = with(world.note(IVAN, "nice", Visibility.DIRECT, Instant.now()), "<p>Nice</p>", null, List.of(new RemoteStatus.Mention(BOB, false)), null);
        Status post = stored(data);
        world.village.block(BOB, IVAN);
        assertInstanceOf(Refused.class, world.remote.update(with(data, "<p>Nasty</p>", Instant.now().plusSeconds(5), data.mentions(), null)));
        assertEquals("<p>Nice</p>", world.statuses.byId(post.id()).orElseThrow().content());
    }

    @Test
    void anUnknownPostIsTakenFromAnUpdateOnlyWhileItIsYoung() {
        assertInstanceOf(Stored.class, world.remote.update(note(GUSTAV, "young")));
        assertInstanceOf(Refused.class, world.remote.update(world.note(GUSTAV, "aged", Visibility.PUBLIC, Instant.now().minus(Duration.ofDays(2)))));
    }

    @Test
    void aBoostAndALikeComeOnceAndGoOnce() {
        Status post = world.post(ALICE, "Famous", Visibility.PUBLIC);
        String boostUri = "https://far.example/boosts/1";
        assertTrue(assertInstanceOf(Stored.class, world.interactions.announce(GUSTAV, post.id(), boostUri, Visibility.PUBLIC, Instant.now())).fresh());
        assertFalse(assertInstanceOf(Stored.class, world.interactions.announce(GUSTAV, post.id(), boostUri, Visibility.PUBLIC, Instant.now())).fresh());
        assertFalse(assertInstanceOf(Stored.class, world.interactions.announce(GUSTAV, post.id(), boostUri + "b", Visibility.PUBLIC, null)).fresh());
        assertTrue(world.interactions.favourite(GUSTAV, post.id(), "https://far.example/likes/1"));
        assertFalse(world.interactions.favourite(GUSTAV, post.id(), "https://far.example/likes/2"));
        Status counted = world.statuses.byId(post.id()).orElseThrow();
        assertEquals(List.of(1, 1), List.of(counted.reblogsCount(), counted.favouritesCount()));
        assertEquals(2, world.notifications.list(ALICE, Page.first(40), List.of(NotificationType.REBLOG, NotificationType.FAVOURITE), List.of(), GUSTAV).size());
        assertFalse(world.interactions.undoAnnounce(FRIDA, boostUri), "it is not hers");
        assertTrue(world.interactions.undoAnnounce(GUSTAV, boostUri));
        assertFalse(world.interactions.undoAnnounce(GUSTAV, boostUri));
        assertTrue(world.interactions.undoFavourite(GUSTAV, post.id()));
        assertFalse(world.interactions.undoFavourite(GUSTAV, post.id()));
        Status after = world.statuses.byId(post.id()).orElseThrow();
        assertEquals(List.of(0, 0), List.of(after.reblogsCount(), after.favouritesCount()));
        assertEquals(0, world.notifications.list(ALICE, Page.first(40), List.of(NotificationType.REBLOG, NotificationType.FAVOURITE), List.of(), GUSTAV).size());
    }

    @Test
    void anUndoThatCameBeforeItsBoostIsRemembered() {
        Status post = world.post(ALICE, "Undone first", Visibility.PUBLIC);
        assertFalse(world.interactions.undoAnnounce(GUSTAV, "https://far.example/boosts/9"));
        assertInstanceOf(Tombstoned.class, world.interactions.announce(GUSTAV, post.id(), "https://far.example/boosts/9", Visibility.PUBLIC, null));
    }

    @Test
    void hostileInput101_remotePeopleCannotLikeOrBoostWhatTheyMayNotSee() {
        Status hidden = world.post(CAROL, "For followers", Visibility.PRIVATE);
        assertFalse(world.interactions.favourite(IVAN, hidden.id(), "https://other.example/likes/1"));
        assertInstanceOf(Refused.class, world.interactions.announce(IVAN, hidden.id(), "https://other.example/boosts/1", Visibility.PUBLIC, null));
        assertInstanceOf(Refused.class, world.interactions.announce(FRIDA, hidden.id(), "https://far.example/boosts/2", Visibility.PUBLIC, null),
            "a follower sees it, but it is not hers to boost");
        assertTrue(world.interactions.favourite(FRIDA, hidden.id(), "https://far.example/likes/3"));
        assertFalse(world.interactions.favourite(JUDY, world.post(CAROL, "Open", Visibility.PUBLIC).id(), "https://blocked.example/likes/1"));
    }

    @Test
    void manyPostsOfOneSecondGetDifferentIds() {
        Instant second = Instant.parse("2026-03-01T00:00:00Z");
        List<Long> ids = IntStream.range(0, 40).mapToObj(number -> stored(world.note(GUSTAV, "second-" + number, Visibility.PUBLIC, second)).id()).toList();
        assertEquals(40, ids.stream().distinct().count());
    }
}
