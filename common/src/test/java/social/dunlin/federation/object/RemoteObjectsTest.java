package social.dunlin.federation.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.status.Poll;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteObjectsTest {
    private FederationWorld world;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        world = new FederationWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        world.close();
    }

    private Optional<Status> fetch(String uri) {
        return world.objects.byUri(uri, Budgets.forActivity());
    }

    private String serveNote(String server, String name, String author, String inReplyTo) {
        String uri = world.fediverse.url(server, "/notes/" + name);
        world.fediverse.serve(uri, FederationWorld.note(uri, author, inReplyTo));
        return uri;
    }

    @Test
    void noteIsStoredWithItsAuthorAndTheNotesItAnswers() {
        String author = world.settle("far", "writer");
        String root = serveNote("far", "root", author, null);
        String middle = serveNote("other", "middle", world.settle("other", "answerer"), root);
        String leaf = serveNote("far", "leaf", author, middle);
        Status stored = fetch(leaf).orElseThrow();
        assertEquals(Visibility.PUBLIC, stored.visibility());
        Status parent = world.posts.statuses.byUri(middle).orElseThrow();
        assertEquals(world.posts.statuses.byUri(root).orElseThrow().id(), parent.inReplyToId().orElseThrow());
        assertEquals(parent.id(), world.posts.statuses.byUri(leaf).orElseThrow().inReplyToId().orElseThrow());
    }

    @Test
    void hostileInput19_noteBehindARedirectToAnotherHostIsRefused() {
        String victim = world.settle("victim", "author19");
        String uri = world.fediverse.url("victim", "/notes/n19");
        String evil = world.fediverse.url("evil", "/n19");
        world.fediverse.answer(uri, request -> Answer.redirect(evil));
        world.fediverse.serve(evil, FederationWorld.note(uri, victim, null));
        assertTrue(fetch(uri).isEmpty());
    }

    /** Both live where the post does, but the author's address leads on to somebody else's. */
    @Test
    void hostileInput19_authorWhoseAddressLeadsToAnotherServerIsNotItsOwner() {
        String victim = world.settle("victim", "author19b");
        String alias = world.fediverse.url("evil", "/users/alias19");
        world.fediverse.answer(alias, request -> Answer.redirect(victim));
        String uri = serveNote("evil", "n19b", alias, null);
        assertTrue(fetch(uri).isEmpty());
        assertFalse(world.posts.statuses.byUri(uri).isPresent());
    }

    @Test
    void hostileInput20_noteOfAnAuthorElsewhereIsRefused() {
        String victim = world.settle("victim", "author20");
        String uri = serveNote("evil", "n20", victim, null);
        assertTrue(fetch(uri).isEmpty());
        assertFalse(world.posts.statuses.byUri(uri).isPresent());
    }

    @Test
    void hostileInput20_noteServedUnderAnotherServersIdIsRefused() {
        String victim = world.settle("victim", "author20b");
        String evil = world.fediverse.url("evil", "/n20b");
        String claimed = world.fediverse.url("victim", "/notes/never-written");
        world.fediverse.serve(evil, FederationWorld.note(claimed, victim, null));
        assertTrue(fetch(evil).isEmpty());
        assertTrue(world.posts.statuses.byUri(claimed).isEmpty());
    }

    @Test
    void hostileInput22_noteServedAsPlainJsonIsRefused() {
        String author = world.settle("far", "uploader");
        String uri = world.fediverse.url("far", "/media/note.json");
        world.fediverse.answer(uri, request -> new Answer(200, "application/json", FederationWorld.note(uri, author, null), Map.of()));
        assertTrue(fetch(uri).isEmpty());
    }

    @Test
    void hostileInput34_localUriIsNeverFetched() {
        assertTrue(fetch("https://village.example/users/alice/statuses/1").isEmpty());
        assertTrue(world.fediverse.requests().stream().noneMatch(request -> request.url().contains("village.example")));
    }

    @Test
    void hostileInput56_endlessThreadEndsAtTheBudget() {
        String author = world.settle("evil", "endless");
        for (int depth = 0; depth < 40; depth++) {
            serveNote("evil", "deep" + depth, author, world.fediverse.url("evil", "/notes/deep" + (depth + 1)));
        }
        world.fediverse.forgetRequests();
        FetchBudget budget = new FetchBudget(10, 1 << 20, Duration.ofSeconds(30));
        assertTrue(world.objects.byUri(world.fediverse.url("evil", "/notes/deep0"), budget).isPresent());
        assertTrue(world.fediverse.requests().size() <= 10, () -> world.fediverse.requests().size() + " requests");
    }

    @Test
    void hostileInput56_threadIsFollowedToALimitedDepthWhateverTheBudget() {
        String author = world.settle("evil", "deeper");
        for (int depth = 0; depth < 40; depth++) {
            serveNote("evil", "far" + depth, author, world.fediverse.url("evil", "/notes/far" + (depth + 1)));
        }
        fetch(world.fediverse.url("evil", "/notes/far0"));
        assertTrue(world.posts.statuses.byUri(world.fediverse.url("evil", "/notes/far20")).isPresent());
        assertTrue(world.posts.statuses.byUri(world.fediverse.url("evil", "/notes/far21")).isEmpty());
    }

    @Test
    void hostileInput56_mentionsOfManyStrangersAreNotAllLookedUp() {
        String author = world.settle("evil", "shouting");
        StringBuilder tags = new StringBuilder();
        for (int person = 0; person < 100; person++) {
            tags.append(person == 0 ? "" : ",").append("{\"type\": \"Mention\", \"href\": \"%s\"}"
                .formatted(world.fediverse.url("victim", "/users/stranger" + person)));
        }
        String uri = world.fediverse.url("evil", "/notes/loud");
        world.fediverse.serve(uri, FederationWorld.note(uri, author, null).replace("\"cc\": []", "\"cc\": [], \"tag\": [" + tags + "]"));
        world.fediverse.forgetRequests();
        assertTrue(fetch(uri).isPresent());
        assertTrue(world.fediverse.requests().stream().filter(request -> request.url().contains("stranger")).count() <= 5);
    }

    @Test
    void scriptsInANoteAreNotStored() {
        String author = world.settle("evil", "scripting");
        String uri = world.fediverse.url("evil", "/notes/script");
        world.fediverse.serve(uri, FederationWorld.note(uri, author, null).replace("<p>text</p>", "<p onclick='x()'>text<script>alert(1)</script></p>"));
        assertEquals("<p>text</p>", fetch(uri).orElseThrow().content());
    }

    @Test
    void mentionedLocalPersonMayReadADirectNote() {
        String author = world.settle("far", "whisperer");
        String alice = world.posts.village.account(Village.ALICE).uri();
        String uri = world.fediverse.url("far", "/notes/whisper");
        world.fediverse.serve(uri, FederationWorld.note(uri, author, null)
            .replace("\"https://www.w3.org/ns/activitystreams#Public\"", "\"" + alice + "\"")
            .replace("\"cc\": []", "\"cc\": [], \"tag\": {\"type\": \"Mention\", \"href\": \"" + alice + "\", \"name\": \"@alice\"}"));
        Status stored = fetch(uri).orElseThrow();
        assertEquals(Visibility.DIRECT, stored.visibility());
        assertTrue(world.database.exists("select from mention where status_id = $1 and account_id = $2 and not silent", stored.id(), Village.ALICE));
    }

    @Test
    void addressOfAPageOrPersonResolves() {
        String author = world.settle("other", "linked");
        String uri = serveNote("other", "linked", author, null);
        String page = world.fediverse.url("other", "/@linked/1");
        world.fediverse.serve(page, FederationWorld.note(uri, author, null));
        assertInstanceOf(RemoteResolver.Resolved.StatusFound.class, world.resolver.url(page));
        assertInstanceOf(RemoteResolver.Resolved.AccountFound.class, world.resolver.url(author));
        assertInstanceOf(RemoteResolver.Resolved.Nothing.class, world.resolver.url(world.fediverse.url("other", "/nothing")));
    }

    @Test
    void handleResolvesByWebFinger() {
        String uri = world.settle("other", "sought");
        assertEquals(uri, world.resolver.account("Sought".toLowerCase(), world.fediverse.host("other").toUpperCase()).orElseThrow().uri());
        assertTrue(world.resolver.account("nobody", world.fediverse.host("other")).isEmpty());
    }

    @Test
    void hostileInput106_handleOfOneDomainIsNotFoundOnAnother() {
        assertEquals(Village.HAMLET_ALICE, world.resolver.account("alice", "hamlet.example").orElseThrow().id());
        assertEquals(Village.ALICE, world.resolver.account("alice", "village.example").orElseThrow().id());
        assertTrue(world.resolver.account("erin", "village.example").isEmpty());
    }

    /** Within 2048 characters, but more bytes than an index takes. */
    @Test
    void namesTooLongForAnIndexAreLeftOut() {
        String author = world.settle("evil", "longwinded");
        String uri = world.fediverse.url("evil", "/notes/longwinded");
        String name = IntStream.range(0, 2000).mapToObj(number -> Character.toString(0x4e00 + (int) (number * 7919L % 20_000))).collect(Collectors.joining());
        world.fediverse.serve(uri, FederationWorld.note(uri, author, null).replace("\"cc\": []", "\"cc\": [], \"conversation\": \"" + name + "\""));
        assertTrue(fetch(uri).isPresent());
    }

    @Test
    void numbersOfVotesBeyondBeliefAreCutDown() {
        String author = world.settle("evil", "pollster");
        String uri = world.fediverse.url("evil", "/notes/poll");
        world.fediverse.serve(uri, FederationWorld.note(uri, author, null).replace("\"Note\"", "\"Question\"").replace("\"cc\": []", """
            "cc": [], "oneOf": [{"type": "Note", "name": "A", "replies": {"totalItems": 2147483647}},
              {"type": "Note", "name": "B", "replies": {"totalItems": 9000000000000000}}]"""));
        Poll poll = world.posts.polls.ofStatus(fetch(uri).orElseThrow().id()).orElseThrow();
        assertEquals(1_000_000_000, poll.votesCount());
        assertEquals(1_000_000_001, world.posts.pollService.vote(world.posts.village.account(Village.ALICE), poll.id(), List.of(1)).tallies().get(1));
    }

    @Test
    void answerOfTheSameSecondSortsBehindThePostItAnswers() {
        String author = world.settle("far", "quick");
        Status post = world.posts.post(Village.ALICE, "first", Visibility.PUBLIC);
        String uri = world.fediverse.url("far", "/notes/quick");
        world.fediverse.serve(uri, FederationWorld.note(uri, author, post.uri())
            .replace(FederationWorld.PUBLISHED, post.createdAt().truncatedTo(ChronoUnit.SECONDS).toString()));
        assertTrue(fetch(uri).orElseThrow().id() > post.id());
    }
}
