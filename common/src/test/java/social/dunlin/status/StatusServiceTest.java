package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.HAMLET_ALICE;
import static social.dunlin.testing.Village.HEDY;
import static social.dunlin.testing.Village.IVAN;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StatusServiceTest {
    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
    }

    @BeforeEach
    void forget() {
        world.outbox.taken();
        world.resolvable.clear();
        world.lookedUp.clear();
    }

    private Account account(long id) {
        return world.village.account(id);
    }

    private Status publish(long author, NewStatus wanted) {
        return world.service.publish(account(author), wanted);
    }

    private static void assertRefused(int status, String text, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(status, refusal.status());
        assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
    }

    @Test
    void aPostHasTheAddressesThatNeverChange() {
        Status post = world.post(ALICE, "Hello", Visibility.PUBLIC);
        assertEquals("https://village.example/users/alice/statuses/" + post.id(), post.uri());
        assertEquals("https://village.example/@alice/" + post.id(), post.url());
        assertEquals("<p>Hello</p>", post.content());
        assertEquals("Hello", post.textSource());
        assertEquals(List.of("statusCreated " + post.id()), world.outbox.taken());
    }

    @Test
    void peopleAndTagsOfTheTextBelongToThePost() {
        Status post = world.post(ALICE, "Hi @bob, @erin@hamlet.example and @gustav@far.example! #Straße #strasse", Visibility.PUBLIC);
        assertEquals(List.of("bob@village.example", "erin@hamlet.example", "gustav@far.example"),
            world.details.mentions(List.of(post.id())).get(post.id()).stream().map(StatusDetails.Mentioned::handle).toList());
        assertEquals(List.of("strasse"), world.details.tags(List.of(post.id())).get(post.id()).stream().map(StatusDetails.Tag::name).toList());
        assertTrue(post.content().contains("href=\"https://village.example/@bob\""), post.content());
        assertTrue(world.lookedUp.isEmpty(), "all of them are known here");
    }

    @Test
    void anUnknownPersonIsLookedUpAndOneWhoCannotBeFoundStaysText() {
        world.database.execute("""
            insert into account (id, username, host, uri, url, inbox_url) values (2101, 'newcomer', 'new.example', 'https://new.example/u/n', 'https://new.example/@n', '')""");
        Account newcomer = account(2101);
        world.database.execute("update account set username = 'newcomer' where id = 2101");
        world.resolvable.add(newcomer);
        Status post = world.post(ALICE, "Hi @newcomer@new.example and @nobody@nowhere.example", Visibility.PUBLIC);
        assertEquals(List.of("newcomer@new.example"),
            world.details.mentions(List.of(post.id())).get(post.id()).stream().map(StatusDetails.Mentioned::handle).toList());
        assertEquals(List.of("nobody@nowhere.example"), world.lookedUp);
        assertTrue(post.content().contains("@nobody@nowhere.example"), post.content());
        assertFalse(post.content().contains("href=\"https://nowhere.example"), post.content());
    }

    @Test
    void whomTheAuthorBlocksIsNotMentioned() {
        Status post = world.post(CAROL, "Not you, @mallory", Visibility.PUBLIC);
        assertEquals(List.of(), world.details.mentions(List.of(post.id())).getOrDefault(post.id(), List.of()));
        assertEquals("<p>Not you, @mallory</p>", post.content());
    }

    @Test
    void aReplyJoinsTheThreadAndIsCounted() {
        Status root = world.post(ALICE, "Root", Visibility.PUBLIC);
        Status reply = publish(BOB, NewStatus.text("Answer").inReplyTo(root.id()).withVisibility(Visibility.PUBLIC));
        Status secret = publish(BOB, NewStatus.text("Psst").inReplyTo(root.id()).withVisibility(Visibility.PRIVATE));
        assertEquals(root.conversationId(), reply.conversationId());
        assertEquals(root.uri(), reply.inReplyToUri());
        assertEquals(ALICE, reply.inReplyToAccountId().getAsLong());
        assertEquals(1, world.statuses.byId(root.id()).orElseThrow().repliesCount(), "private answers are not counted");
        world.service.delete(account(BOB), reply.id(), false, status -> null);
        assertEquals(0, world.statuses.byId(root.id()).orElseThrow().repliesCount());
        assertEquals(root.id(), secret.inReplyToId().getAsLong());
    }

    @Test
    void hostileInput101_replyToAnUnseenPostIsNotFound() {
        Status hidden = world.post(CAROL, "For followers", Visibility.PRIVATE);
        assertRefused(404, "Record not found", () -> publish(ALICE, NewStatus.text("I see you").inReplyTo(hidden.id())));
    }

    @Test
    void anOpenAnswerToALocalPostStaysLocal() {
        Status root = world.post(ALICE, "Among us", Visibility.LOCAL);
        assertEquals(Visibility.LOCAL, publish(BOB, NewStatus.text("Yes").inReplyTo(root.id()).withVisibility(Visibility.PUBLIC)).visibility());
        assertEquals(Visibility.LOCAL_UNLISTED, publish(BOB, NewStatus.text("Yes").inReplyTo(root.id()).withVisibility(Visibility.UNLISTED)).visibility());
    }

    @Test
    void theSameIdempotencyKeyGivesTheSamePostAlsoWhenAskedAllAtOnce() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> answers = IntStream.range(0, 6).mapToObj(_ -> clients.submit(() -> {
                start.await();
                return publish(DORA, NewStatus.text("Once").withIdempotencyKey("key-1")).id();
            })).toList();
            start.countDown();
            long first = answers.getFirst().get();
            for (Future<Long> answer : answers) {
                assertEquals(first, answer.get());
            }
        }
        assertEquals(1, world.outbox.taken().size());
        assertFalse(publish(ALICE, NewStatus.text("Another person's").withIdempotencyKey("key-1")).accountId() == DORA);
    }

    @Test
    void anIdempotencyKeyIsForgottenAfterAnHour() {
        Status first = publish(DORA, NewStatus.text("Once").withIdempotencyKey("key-2"));
        world.database.execute("update idempotency_key set created_at = now() - interval '61 minutes' where key = 'key-2'");
        assertFalse(first.id() == publish(DORA, NewStatus.text("Again").withIdempotencyKey("key-2")).id());
    }

    @Test
    void aBlankTextLetsTheWarningBecomeTheText() {
        Status post = publish(ALICE, NewStatus.text("  ").withSpoiler("Just this"));
        assertEquals("", post.spoilerText());
        assertEquals("Just this", post.textSource());
        assertTrue(publish(ALICE, NewStatus.text("Body").withSpoiler("Warning")).sensitive());
    }

    @Test
    void whatIsEmptyOrTooLongIsRefused() {
        assertRefused(422, "Validation failed: Text can't be blank", () -> publish(ALICE, NewStatus.text("")));
        assertRefused(422, "limit of 500", () -> publish(ALICE, NewStatus.text("é".repeat(501))));
        assertEquals(500, publish(ALICE, NewStatus.text("🦆".repeat(500))).textSource().codePointCount(0, 1000));
    }

    @Test
    void markdownIsWhatTheAuthorSaysOrHasSet() {
        NewStatus marked = new NewStatus("*Hi*", null, "text/markdown", null, null, null, null, null, null, List.of(), null, null, null, null);
        Status post = publish(ALICE, marked);
        assertEquals("<p><em>Hi</em></p>", post.content());
        assertEquals("text/markdown", post.contentType());
        Status edited = world.service.edit(account(ALICE), post.id(), StatusChange.text("**Ho**"));
        assertEquals("<p><strong>Ho</strong></p>", edited.content(), "an edit keeps the language");
        Status plain = world.service.edit(account(ALICE), post.id(), new StatusChange(null, null, "text/plain", null, null, null, null, List.of(), null));
        assertEquals("<p>**Ho**</p>", plain.content());
        assertEquals("<p>*Hi*</p>", publish(ALICE, NewStatus.text("*Hi*")).content());
        world.database.execute("insert into account_setting (account_id, default_content_type) values ($1, 'text/markdown')", HAMLET_ALICE);
        assertEquals("<p><em>Hi</em></p>", publish(HAMLET_ALICE, NewStatus.text("*Hi*")).content());
        assertRefused(422, "Content type", () -> publish(ALICE, new NewStatus("<p>Hi</p>", null, "text/html", null, null, null, null, null, null,
            List.of(), null, null, null, null)));
    }

    private long media(long owner, String type, String state) {
        long id = Snowflakes.next();
        world.database.execute("insert into media_attachment (id, account_id, type, state, blob) values ($1, $2, $3, $4, 'b')", id, owner, type, state);
        return id;
    }

    @Test
    void attachmentsKeepTheirOrder() {
        long first = media(ALICE, "image", "ready");
        long second = media(ALICE, "image", "ready");
        Status post = publish(ALICE, NewStatus.text("").withMedia(List.of(second, first)));
        assertEquals(List.of(second, first), world.media.ofStatuses(List.of(post.id())).get(post.id()).stream().map(media -> media.id()).toList());
    }

    @Test
    void hostileInput83_somebodyElsesAttachmentIsRefused() {
        long foreign = media(BOB, "image", "ready");
        assertRefused(422, "could not be found", () -> publish(ALICE, NewStatus.text("Mine").withMedia(List.of(foreign))));
        assertTrue(world.media.byIds(List.of(foreign)).getFirst().statusId().isEmpty());
    }

    @Test
    void attachmentsMustBeReadyFreeAndFew() {
        long waiting = media(ALICE, "image", "processing");
        assertRefused(422, "not finished processing", () -> publish(ALICE, NewStatus.text("").withMedia(List.of(waiting))));
        long used = media(ALICE, "image", "ready");
        publish(ALICE, NewStatus.text("").withMedia(List.of(used)));
        assertRefused(422, "already in use", () -> publish(ALICE, NewStatus.text("").withMedia(List.of(used))));
        List<Long> five = IntStream.range(0, 5).mapToObj(_ -> media(ALICE, "image", "ready")).toList();
        assertRefused(422, "more than 4", () -> publish(ALICE, NewStatus.text("").withMedia(five)));
        assertRefused(422, "video", () -> publish(ALICE, NewStatus.text("").withMedia(List.of(media(ALICE, "video", "ready"), five.getFirst()))));
    }

    @Test
    void settingsDecideWhatThePostLeavesOpen() {
        world.database.execute("""
            insert into account_setting (account_id, default_visibility, default_sensitive, default_language) values ($1, 'private', true, 'de')""", ERIN);
        Status post = publish(ERIN, NewStatus.text("Hallo"));
        assertEquals(Visibility.PRIVATE, post.visibility());
        assertTrue(post.sensitive());
        assertEquals("de", post.language());
        assertEquals("nobody", post.quotePolicy());
        assertEquals("de", publish(ERIN, NewStatus.text("오늘은 새를 보았다")).language(), "the person says it");
    }

    @Test
    void scriptOfOneLanguageTellsWhatNobodySays() {
        assertEquals("ko", publish(ALICE, NewStatus.text("오늘은 새를 보았다")).language());
        assertNull(publish(ALICE, NewStatus.text("Today I saw a bird")).language());
    }

    @Test
    void aLimitedAuthorsPublicPostIsUnlisted() {
        world.database.execute("update account set silenced_at = now() where id = $1", MALLORY);
        assertEquals(Visibility.UNLISTED, world.post(MALLORY, "Hey", Visibility.PUBLIC).visibility());
        world.database.execute("update account set silenced_at = null where id = $1", MALLORY);
    }

    @Test
    void everyVersionIsKeptAndBoostersAreToldOfAnEdit() {
        Status post = world.post(ALICE, "First #one @dora", Visibility.PUBLIC);
        world.actions.reblog(account(BOB), post.id(), null);
        world.outbox.taken();
        Status edited = world.service.edit(account(ALICE), post.id(), StatusChange.text("Second #two @erin@hamlet.example"));
        assertEquals("Second #two @erin@hamlet.example", edited.textSource());
        assertTrue(edited.editedAt() != null && edited.createdAt().equals(post.createdAt()));
        assertEquals(List.of("First", "Second"), world.details.versions(post.id()).stream()
            .map(version -> version.content().substring(3).split(" ")[0]).toList());
        assertEquals(List.of("two"), world.details.tags(List.of(post.id())).get(post.id()).stream().map(StatusDetails.Tag::name).toList());
        assertEquals(List.of("erin"), world.details.mentions(List.of(post.id())).get(post.id()).stream().map(StatusDetails.Mentioned::username).toList());
        assertTrue(world.database.exists("select from mention where status_id = $1 and account_id = $2 and silent", post.id(), DORA));
        assertEquals(List.of("statusEdited " + post.id()), world.outbox.taken());
        assertEquals(1, world.notifications.list(BOB, Page.first(40), List.of(NotificationType.UPDATE), List.of(), null).size());
    }

    @Test
    void versionsMadeInOneSecondAreWholeSecondsApart() {
        Status post = publish(ALICE, NewStatus.text("First"));
        Status second = world.service.edit(account(ALICE), post.id(), StatusChange.text("Second"));
        Status third = world.service.edit(account(ALICE), post.id(), StatusChange.text("Third"));
        long published = post.createdAt().getEpochSecond();
        assertTrue(second.editedAt().getEpochSecond() > published, "other servers are told whole seconds");
        assertTrue(third.editedAt().getEpochSecond() > second.editedAt().getEpochSecond());
    }

    @Test
    void theSameContentAgainMakesNoVersion() {
        Status post = publish(ALICE, NewStatus.text("Same").withSpoiler("cw"));
        world.outbox.taken();
        Status again = world.service.edit(account(ALICE), post.id(), new StatusChange("Same", "cw", null, true, null, null, null, List.of(), null));
        assertEquals(null, again.editedAt());
        assertEquals(List.of(), world.details.versions(post.id()));
        assertEquals(List.of(), world.outbox.taken());
    }

    @Test
    void onlyOnesOwnPostCanBeEditedOrDeleted() {
        Status post = world.post(ALICE, "Mine", Visibility.PUBLIC);
        assertRefused(404, "Record not found", () -> world.service.edit(account(BOB), post.id(), StatusChange.text("Yours")));
        assertRefused(404, "Record not found", () -> world.service.delete(account(BOB), post.id(), false, status -> null));
        assertRefused(404, "Record not found", () -> world.service.delete(account(HAMLET_ALICE), post.id(), false, status -> null));
    }

    @Test
    void deletedPostThatNeverLeftThisServerLeavesNoTraceForOthers() {
        Status post = world.post(ALICE, "Between us", Visibility.LOCAL);
        world.service.delete(account(ALICE), post.id(), true, status -> null);
        assertFalse(world.statuses.isTombstoned(post.uri()));
    }

    @Test
    void deletingAnswersTheSourceLeavesATombstoneAndGivesBackTheAttachments() {
        long picture = media(ALICE, "image", "ready");
        Status post = publish(ALICE, NewStatus.text("Gone soon").withMedia(List.of(picture)));
        int before = account(ALICE).statusesCount();
        world.actions.reblog(account(BOB), post.id(), null);
        int bobBefore = account(BOB).statusesCount();
        world.outbox.taken();
        assertEquals("Gone soon", world.service.delete(account(ALICE), post.id(), false, Status::textSource));
        assertTrue(world.statuses.byId(post.id()).isEmpty());
        assertTrue(world.statuses.isTombstoned(post.uri()));
        assertTrue(world.media.byIds(List.of(picture)).getFirst().statusId().isEmpty());
        assertEquals(before - 1, account(ALICE).statusesCount());
        assertEquals(bobBefore - 1, account(BOB).statusesCount(), "Bob's boost went with it");
        assertEquals(List.of("statusDeleted " + post.id()), world.outbox.taken());
    }

    @Test
    void aPollIsVotedOnOnceAndEndsWithANotification() {
        Status post = publish(ALICE, NewStatus.text("Tea?").withVisibility(Visibility.PUBLIC)
            .withPoll(new NewStatus.NewPoll(List.of("Yes", "No"), Duration.ofMinutes(5), false, false)));
        Poll poll = world.polls.ofStatus(post.id()).orElseThrow();
        assertEquals("Question", post.objectType());
        assertEquals(List.of(0, 1), world.pollService.vote(account(BOB), poll.id(), List.of(1)).tallies());
        assertRefused(422, "already voted", () -> world.pollService.vote(account(BOB), poll.id(), List.of(0)));
        assertRefused(422, "own polls", () -> world.pollService.vote(account(ALICE), poll.id(), List.of(0)));
        assertRefused(422, "does not exist", () -> world.pollService.vote(account(DORA), poll.id(), List.of(2)));
        assertTrue(world.interactions.vote(GUSTAV, post.id(), "Yes", "https://far.example/votes/1"));
        assertFalse(world.interactions.vote(GUSTAV, post.id(), "No", "https://far.example/votes/2"));
        assertFalse(world.interactions.vote(IVAN, post.id(), "Maybe", "https://other.example/votes/1"));
        world.database.execute("update poll set expires_at = now() - interval '1 second' where id = $1", poll.id());
        assertRefused(422, "already ended", () -> world.pollService.vote(account(DORA), poll.id(), List.of(0)));
        world.outbox.taken();
        world.pollCloser.close(poll.id());
        world.pollCloser.close(poll.id());
        assertEquals(List.of("statusEdited " + post.id()), world.outbox.taken());
        assertEquals(1, world.notifications.list(BOB, Page.first(40), List.of(NotificationType.POLL), List.of(), null).size());
        assertEquals(1, world.notifications.list(ALICE, Page.first(40), List.of(NotificationType.POLL), List.of(), null).size());
        assertEquals(List.of(1, 1), world.polls.byId(poll.id()).orElseThrow().tallies());
    }

    @Test
    void hostileInput101_votingInAnUnseenPollIsNotFound() {
        Status post = publish(CAROL, NewStatus.text("Us?").withVisibility(Visibility.PRIVATE)
            .withPoll(new NewStatus.NewPoll(List.of("Yes", "No"), Duration.ofMinutes(5), false, false)));
        long poll = world.polls.ofStatus(post.id()).orElseThrow().id();
        assertRefused(404, "Record not found", () -> world.pollService.vote(account(ALICE), poll, List.of(0)));
        assertFalse(world.interactions.vote(HEDY, post.id(), "Yes", "https://other.example/votes/2"), "Hedy's follow waits");
        assertTrue(world.interactions.vote(FRIDA, post.id(), "Yes", "https://far.example/votes/3"));
    }

    @Test
    void deletionWaitsForWhoeverIsTellingOfThePost() throws Exception {
        Status post = publish(ALICE, NewStatus.text("Soon gone"));
        world.outbox.taken();
        CountDownLatch readByTeller = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Thread telling = Thread.ofVirtual().start(() -> world.database.transaction(() -> {
            world.database.exists("select from status where id = $1 for key share", post.id());
            readByTeller.countDown();
            try {
                told.await();
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
            }
        }));
        assertTrue(readByTeller.await(60, TimeUnit.SECONDS));
        Thread deleting = Thread.ofVirtual().start(() -> world.service.delete(account(ALICE), post.id(), true, status -> status));
        // Locks are those of all databases, of other classes' too.
        Eventually.until("the deletion waits", () -> world.database.exists("""
            select from pg_locks join pg_stat_activity using (pid) where locktype = 'transactionid' and not granted and datname = current_database()"""));
        assertEquals(List.of(), world.outbox.taken(), "a Delete before the Create");
        told.countDown();
        telling.join();
        deleting.join();
        assertEquals(List.of("statusDeleted " + post.id()), world.outbox.taken());
    }
}
