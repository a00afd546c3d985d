package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.HEDY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus.NewPoll;
import social.dunlin.status.StoredStatus.Stored;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

/** Polls between servers: votes out and in, tallies in and out, the end (behaviours §12). */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PollsTest {
    private Database database;
    private StatusWorld world;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new StatusWorld(given, vertx, options);
    }

    @BeforeEach
    void forget() {
        database.execute("delete from outgoing_activity");
        database.execute("delete from job");
    }

    private static RemoteStatus.Poll poll(List<Integer> tallies, boolean multiple, Integer voters, Instant end, Instant closed) {
        return new RemoteStatus.Poll(List.of("Yes", "No", "Yes & no"), tallies, multiple, voters, end, closed);
    }

    private RemoteStatus question(String name, RemoteStatus.Poll poll) {
        RemoteStatus note = world.note(FRIDA, name, Visibility.PUBLIC, Instant.now());
        return new RemoteStatus(note.uri(), note.url(), FRIDA, "Question", Visibility.PUBLIC, null, "", note.content(), null, null, "en", false, null, null,
            null, "public", note.published(), null, List.of(), List.of(), List.of(), List.of(), poll, null);
    }

    private Poll remote(String name, boolean multiple) {
        long id = assertInstanceOf(Stored.class, world.remote.store(question(name, poll(List.of(3, 4, 0), multiple, 5, inAnHour(), null)))).id();
        return world.polls.ofStatus(id).orElseThrow();
    }

    private static Instant inAnHour() {
        return Instant.now().plusSeconds(3600);
    }

    private Status local(long author, boolean multiple, boolean hideTotals, Visibility visibility) {
        return world.service.publish(world.village.account(author), NewStatus.text("Well?").withVisibility(visibility)
            .withPoll(new NewPoll(List.of("Yes", "No"), Duration.ofHours(1), multiple, hideTotals)));
    }

    private Poll vote(long account, Poll poll, Integer... choices) {
        return world.pollService.vote(world.village.account(account), poll.id(), List.of(choices));
    }

    private List<JsonNode> sent() {
        return database.list("select body, inbox_url from outgoing_activity join delivery on activity_id = outgoing_activity.id order by outgoing_activity.id", row -> {
            try {
                assertEquals("https://far.example/inbox", row.getString("inbox_url"));
                return new ObjectMapper().readTree(row.getString("body"));
            } catch (JsonProcessingException broken) {
                throw new IllegalStateException(broken);
            }
        });
    }

    private boolean told(long account, long statusId) {
        return world.notifications.list(account, Page.first(80), List.of(NotificationType.POLL), List.of(), null).stream()
            .anyMatch(each -> each.statusId() == statusId);
    }

    @Test
    void voteElsewhereGoesToTheAuthorAloneOncePerChoice() throws Exception {
        Poll poll = remote("many", true);
        Poll after = vote(ALICE, poll, 0, 2, 0);
        assertEquals(List.of(4, 4, 1), after.tallies());
        assertEquals(9, after.votesCount());
        assertEquals(6, after.votersCount());
        assertEquals(List.of("Yes", "Yes & no"), sent().stream().map(each -> each.at("/object/name").asText()).toList());
        for (JsonNode create : sent()) {
            assertEquals("https://far.example/users/frida", create.path("to").asText());
            assertFalse(create.path("object").has("content"));
            assertTrue(((ApNote) Vocabulary.read(ActivityJson.parse(create.path("object").toString().getBytes()))).isVote());
            assertEquals(world.statuses.byId(poll.statusId()).orElseThrow().uri(), create.at("/object/inReplyTo").asText());
        }
        assertEquals(2, sent().stream().map(each -> each.at("/object/id").asText()).distinct().count());
    }

    @Test
    void furtherChoicesInAPollOfManyCountButNoneTwice() {
        Poll poll = remote("further", true);
        vote(ALICE, poll, 0);
        assertEquals(6, vote(ALICE, poll, 1).votersCount());
        assertEquals(422, assertThrows(Refusal.class, () -> vote(ALICE, poll, 0, 2)).status());
        assertEquals(2, sent().size());
    }

    @Test
    void voteElsewhereInAPollOfOneIsOne() {
        Poll poll = remote("one", false);
        assertEquals(422, assertThrows(Refusal.class, () -> vote(ALICE, poll, 0, 1)).status());
        vote(ALICE, poll, 1);
        assertEquals(422, assertThrows(Refusal.class, () -> vote(ALICE, poll, 0)).status());
        assertEquals(List.of("No"), sent().stream().map(each -> each.at("/object/name").asText()).toList());
    }

    @Test
    void manyVotesAtOnceOfOnePersonAreOne() throws Exception {
        Poll poll = remote("race", false);
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> outcomes = new ArrayList<>(IntStream.range(0, 6).mapToObj(number -> workers.submit(() -> {
                start.await();
                try {
                    vote(BOB, poll, number % 2);
                    return true;
                } catch (Refusal refused) {
                    return false;
                }
            })).toList());
            start.countDown();
            int counted = 0;
            for (Future<Boolean> outcome : outcomes) {
                counted += outcome.get() ? 1 : 0;
            }
            assertEquals(1, counted);
        }
        assertEquals(1, sent().size());
    }

    @Test
    void voteAfterTheEndIsRefused() {
        Poll poll = remote("over", false);
        database.execute("update poll set expires_at = now() - interval '1 second' where id = $1", poll.id());
        assertEquals(422, assertThrows(Refusal.class, () -> vote(ALICE, poll, 0)).status());
        assertEquals(List.of(), sent());
    }

    @Test
    void talliesOfTheOriginReplaceThoseCountedAhead() {
        Poll poll = remote("tallies", false);
        vote(ALICE, poll, 0);
        world.remote.update(question("tallies", poll(List.of(10, 20, 0), false, 30, inAnHour(), null)));
        Poll after = world.polls.byId(poll.id()).orElseThrow();
        assertEquals(List.of(10, 20, 0), after.tallies());
        assertEquals(30, after.votersCount());
        assertEquals(List.of(0), world.polls.choices(ALICE, List.of(poll.id())).get(poll.id()), "what one chose stays");
    }

    @Test
    void endOfARemotePollIsToldToItsVotersHereAndLastTalliesAreFetched() {
        Poll poll = remote("ends", false);
        vote(ALICE, poll, 0);
        assertTrue(database.exists("select from job where kind = 'poll-close' and payload = $1", Long.toString(poll.id())));
        database.execute("update poll set expires_at = now() - interval '1 second' where id = $1", poll.id());
        world.pollCloser.close(poll.id());
        assertTrue(told(ALICE, poll.statusId()));
        assertFalse(told(BOB, poll.statusId()));
        assertTrue(database.exists("select from job where kind = $1 and payload = $2", PollRefresh.KIND, Long.toString(poll.statusId())));
    }

    @Test
    void originThatEndsItsPollEarlyEndsItHere() {
        Poll poll = remote("early", false);
        vote(ALICE, poll, 0);
        database.execute("delete from job");
        world.remote.update(question("early", poll(List.of(4, 4, 0), false, 8, inAnHour(), Instant.now().minusSeconds(1))));
        assertTrue(world.polls.byId(poll.id()).orElseThrow().isExpired(Instant.now()));
        assertTrue(database.exists("select from job where kind = 'poll-close' and payload = $1", Long.toString(poll.id())));
        world.pollCloser.close(poll.id());
        assertTrue(told(ALICE, poll.statusId()));
    }

    @Test
    void pollThatGotMoreTimeIsLookedAtAgain() {
        Status post = local(BOB, false, false, Visibility.PUBLIC);
        Poll poll = world.polls.ofStatus(post.id()).orElseThrow();
        database.execute("delete from job");
        world.pollCloser.close(poll.id());
        assertNull(world.polls.byId(poll.id()).orElseThrow().closedAt());
        assertEquals(1, database.list("select id from job where kind = 'poll-close'", row -> row.getLong("id")).size());
        world.pollCloser.close(poll.id());
        assertEquals(1, database.list("select id from job where kind = 'poll-close'", row -> row.getLong("id")).size());
    }

    @Test
    void readingAStalePollFetchesItInTheBackgroundOnce() {
        Poll poll = remote("stale", false);
        world.pollService.get(Viewer.of(ALICE), poll.id());
        assertFalse(refreshes(), "it has just come");
        database.execute("update status set received_at = now() - interval '2 minutes' where id = $1", poll.statusId());
        world.pollService.get(Viewer.of(ALICE), poll.id());
        world.pollService.get(Viewer.anonymous(), poll.id());
        assertEquals(1, database.execute("delete from job where kind = $1", PollRefresh.KIND));
        world.polls.noteFetched(poll.statusId());
        world.pollService.get(Viewer.of(ALICE), poll.id());
        assertFalse(refreshes());
    }

    @Test
    void endedPollWhoseEndWasFetchedIsNotAskedForAgain() {
        Poll poll = remote("final", false);
        database.execute("update poll set expires_at = now() - interval '2 hours', fetched_at = now() - interval '1 hour' where id = $1", poll.id());
        world.pollService.get(Viewer.of(ALICE), poll.id());
        assertFalse(refreshes());
        database.execute("update poll set fetched_at = now() - interval '3 hours' where id = $1", poll.id());
        world.pollService.get(Viewer.of(ALICE), poll.id());
        assertTrue(refreshes());
    }

    private boolean refreshes() {
        return database.exists("select from job where kind = $1", PollRefresh.KIND);
    }

    @Test
    void manyVotesAreToldInOneUpdateAndThenOnlyAfterAPause() {
        Status post = local(ALICE, true, false, Visibility.PUBLIC);
        Poll poll = world.polls.ofStatus(post.id()).orElseThrow();
        database.execute("delete from job");
        world.interactions.vote(GUSTAV, post.id(), "Yes", "https://far.example/votes/1");
        world.interactions.vote(HEDY, post.id(), "No", "https://other.example/votes/1");
        vote(BOB, poll, 0);
        assertEquals(1, database.list("select id from job where payload like '%poll_changed%'", row -> row.getLong("id")).size());
        assertTrue(database.exists("select from job where payload like '%poll_changed%' and run_at < now() + interval '1 minute'"));
        database.execute("delete from job");
        world.polls.noteTold(post.id());
        vote(DORA, poll, 0);
        assertTrue(database.exists("select from job where payload like '%poll_changed%' and run_at > now() + interval '2 minutes'"));
        assertEquals(4, world.polls.byId(poll.id()).orElseThrow().votersCount());
    }

    @Test
    void hiddenTalliesAndLocalPollsAreNobodysBusinessElsewhere() {
        for (Status post : List.of(local(ALICE, false, true, Visibility.PUBLIC), local(ALICE, false, false, Visibility.LOCAL))) {
            database.execute("delete from job");
            vote(BOB, world.polls.ofStatus(post.id()).orElseThrow(), 0);
            assertFalse(database.exists("select from job where payload like '%poll_changed%'"));
        }
    }

    @Test
    void remoteVoteCountsOnceAndNotAfterTheEnd() {
        Status post = local(ALICE, false, false, Visibility.PUBLIC);
        assertTrue(world.interactions.vote(GUSTAV, post.id(), "Yes", "https://far.example/votes/2"));
        assertFalse(world.interactions.vote(GUSTAV, post.id(), "Yes", "https://far.example/votes/2"));
        assertFalse(world.interactions.vote(GUSTAV, post.id(), "No", "https://far.example/votes/3"));
        assertFalse(world.interactions.vote(HEDY, post.id(), "Perhaps", "https://other.example/votes/3"));
        database.execute("update poll set expires_at = now() - interval '1 second' where status_id = $1", post.id());
        assertFalse(world.interactions.vote(HEDY, post.id(), "No", "https://other.example/votes/4"));
        assertEquals(List.of(1, 0), world.polls.ofStatus(post.id()).orElseThrow().tallies());
    }

    @Test
    void authorAndVotersLearnOfTheEndOfALocalPoll() {
        Status post = local(CAROL, false, false, Visibility.PUBLIC);
        Poll poll = world.polls.ofStatus(post.id()).orElseThrow();
        vote(BOB, poll, 0);
        database.execute("update poll set expires_at = now() - interval '1 second' where id = $1", poll.id());
        world.outbox.taken();
        world.pollCloser.close(poll.id());
        assertTrue(told(CAROL, post.id()) && told(BOB, post.id()));
        assertEquals(List.of("statusEdited " + post.id()), world.outbox.taken());
    }
}
