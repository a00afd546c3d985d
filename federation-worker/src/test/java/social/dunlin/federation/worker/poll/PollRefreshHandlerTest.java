package social.dunlin.federation.worker.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.outbox.OutboxTask;
import social.dunlin.federation.worker.outbox.OutboxHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.status.NewStatus;
import social.dunlin.status.NewStatus.NewPoll;
import social.dunlin.status.Poll;
import social.dunlin.status.PollRefresh;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** Tallies of other servers' polls fetched, those of ours told. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PollRefreshHandlerTest {
    private Database database;
    private FederationWorld world;
    private PollRefreshHandler handler;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        handler = new PollRefreshHandler(world.posts.statuses, world.accounts, world.posts.polls, world.objects, world.posts.remote);
    }

    @AfterAll
    void end() {
        world.close();
    }

    private static String question(String uri, String author, int yes, int no, String more) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s", "type": "Question", "attributedTo": "%s", "content": "<p>Well?</p>",
             "to": ["https://www.w3.org/ns/activitystreams#Public"], "published": "2026-11-20T10:00:00Z", "endTime": "2126-11-20T10:00:00Z",
             "oneOf": [{"type": "Note", "name": "Yes", "replies": {"type": "Collection", "totalItems": %d}},
                       {"type": "Note", "name": "No", "replies": {"type": "Collection", "totalItems": %d}}], "votersCount": %d%s}"""
            .formatted(uri, author, yes, no, yes + no, more);
    }

    private Poll stored(String uri) {
        long id = world.posts.statuses.byUri(uri).orElseThrow().id();
        return world.posts.polls.ofStatus(id).orElseThrow();
    }

    private void refresh(String uri) {
        database.execute("delete from fetch_failure");
        handler.handle(new JobRun(1, PollRefresh.KIND, Long.toString(world.posts.statuses.byUri(uri).orElseThrow().id()), 1, ""));
    }

    @Test
    void talliesComeFromThePollsOrigin() {
        String author = world.settle("far", "pollster");
        String uri = author + "/polls/1";
        world.fediverse.serve(uri, question(uri, author, 1, 2, ""));
        world.objects.byUri(uri, Budgets.forActivity());
        assertEquals(List.of(1, 2), stored(uri).tallies());
        world.fediverse.serve(uri, question(uri, author, 10, 20, ", \"closed\": \"2026-11-21T10:00:00Z\""));
        refresh(uri);
        assertEquals(List.of(10, 20), stored(uri).tallies());
        assertEquals(30, stored(uri).votersCount());
        assertTrue(stored(uri).isExpired(java.time.Instant.now()));
    }

    @Test
    void serverThatDoesNotAnswerLeavesWhatIsKnown() {
        String author = world.settle("far", "pollster2");
        String uri = author + "/polls/2";
        world.fediverse.serve(uri, question(uri, author, 1, 2, ""));
        world.objects.byUri(uri, Budgets.forActivity());
        world.fediverse.answer(uri, request -> Answer.status(503));
        refresh(uri);
        assertEquals(List.of(1, 2), stored(uri).tallies());
        assertTrue(database.exists("select from poll where id = $1 and fetched_at > now() - interval '1 minute'", stored(uri).id()));
    }

    @Test
    void documentOfAnotherAuthorChangesNothing() {
        String author = world.settle("far", "pollster3");
        String uri = author + "/polls/3";
        world.fediverse.serve(uri, question(uri, author, 1, 2, ""));
        world.objects.byUri(uri, Budgets.forActivity());
        world.fediverse.serve(uri, question(uri, world.settle("far", "thief"), 9, 9, ""));
        refresh(uri);
        assertEquals(List.of(1, 2), stored(uri).tallies());
    }

    @Test
    void talliesOfOursAreToldToFollowersAndVotersUnderAnIdOfTheirOwn() throws JsonProcessingException {
        Account voter = world.accounts.byUri(settled("other", "voter")).orElseThrow();
        Status post = world.posts.service.publish(world.posts.village.account(Village.ALICE), NewStatus.text("Well?").withVisibility(Visibility.PUBLIC)
            .withPoll(new NewPoll(List.of("Yes", "No"), Duration.ofHours(1), false, false)));
        world.posts.interactions.vote(voter.id(), post.id(), "No", voter.uri() + "/votes/1");
        OutboxHandler outbox = new OutboxHandler(database, world.posts.statuses, world.posts.polls, world.accounts, world.activities, world.actorDocuments,
            world.deliveries);
        database.execute("delete from outgoing_activity");
        outbox.handle(new JobRun(1, OutboxTask.KIND, new OutboxTask.PollChanged(post.id()).job(Village.ALICE).payload(), 1, ""));
        outbox.handle(new JobRun(2, OutboxTask.KIND, new OutboxTask.PollChanged(post.id()).job(Village.ALICE).payload(), 1, ""));
        List<String> bodies = database.list("select body from outgoing_activity order by id", row -> row.getString("body"));
        JsonNode update = new ObjectMapper().readTree(bodies.getFirst());
        assertEquals("Question", update.at("/object/type").asText());
        assertEquals(1, update.at("/object/oneOf/1/replies/totalItems").asInt());
        assertTrue(update.at("/object/updated").isMissingNode(), "nothing was edited");
        assertTrue(!update.path("id").equals(new ObjectMapper().readTree(bodies.getLast()).path("id")));
        List<String> inboxes = database.list("select distinct inbox_url from delivery order by 1", row -> row.getString("inbox_url"));
        assertTrue(inboxes.contains(voter.inboxUrl()) && inboxes.contains("https://far.example/inbox"), inboxes::toString);
        assertTrue(database.exists("select from poll where status_id = $1 and told_at is not null", post.id()));
    }

    private String settled(String server, String name) {
        String uri = world.settle(server, name);
        world.actors.byUri(uri, Budgets.forActivity());
        return uri;
    }

    @Test
    void hiddenTalliesAreNotInTheDocumentBeforeTheEnd() {
        Status post = world.posts.service.publish(world.posts.village.account(Village.ALICE), NewStatus.text("Secret?").withVisibility(Visibility.PUBLIC)
            .withPoll(new NewPoll(List.of("Yes", "No"), Duration.ofHours(1), false, true)));
        Poll poll = world.posts.polls.ofStatus(post.id()).orElseThrow();
        world.posts.pollService.vote(world.posts.village.account(Village.BOB), poll.id(), List.of(1));
        assertEquals(null, world.notes.view(post).poll().options().get(1).votes());
        database.execute("update poll set expires_at = now() - interval '1 second' where id = $1", poll.id());
        assertEquals(1L, world.notes.view(post).poll().options().get(1).votes());
    }
}
