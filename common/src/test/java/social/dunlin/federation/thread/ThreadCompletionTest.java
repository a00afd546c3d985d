package social.dunlin.federation.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.fetch.RestStatuses;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.thread.ThreadRequests.Look;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadCompletionTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private FederationWorld world;
    private ThreadCompletion completion;
    private ThreadRequests requests;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        world = new FederationWorld(database, vertx, options);
        CollectionReader collections = new CollectionReader(world.fetcher);
        completion = new ThreadCompletion(database, world.posts.statuses, world.objects, collections,
            new OriginNumbers(database, collections, new RestStatuses(world.client, world.failures)));
        requests = new ThreadRequests(database, world.jobs);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.database.execute("delete from job");
        world.database.execute("delete from fetch_failure");
        world.fediverse.forgetRequests();
    }

    private String uri(String server, String name) {
        return world.fediverse.url(server, "/notes/" + name + "-" + NUMBER.incrementAndGet());
    }

    private String author(String server) {
        return world.settle(server, "author" + NUMBER.incrementAndGet());
    }

    /** Serves a note with further members. */
    private void serve(String uri, String author, String inReplyTo, String more) {
        world.fediverse.serve(uri, FederationWorld.note(uri, author, inReplyTo).replace("\"cc\": []", "\"cc\": []" + (more.isEmpty() ? "" : ", " + more)));
    }

    private void reply(String server, String uri, String inReplyTo) {
        serve(uri, author(server), inReplyTo, "");
    }

    private void collection(String uri, String... items) {
        world.fediverse.serve(uri, """
            {"id": "%s", "type": "Collection", "totalItems": %d, "items": [%s]}""".formatted(uri, items.length, quoted(items)));
    }

    private static String quoted(String... items) {
        return Arrays.stream(items).map(item -> "\"" + item + "\"").collect(Collectors.joining(", "));
    }

    private Status stored(String uri) {
        return world.objects.byUri(uri, Budgets.forActivity()).orElseThrow();
    }

    private boolean isHere(String uri) {
        return world.posts.statuses.byUri(uri).isPresent();
    }

    @Test
    void repliesAreFoundThroughThePostsTheyAnswer() {
        String root = uri("far", "root");
        String first = uri("other", "first");
        String second = uri("far", "second");
        serve(root, author("far"), null, "\"replies\": {\"id\": \"%1$s/replies\", \"type\": \"Collection\", \"first\": {\"type\": \"CollectionPage\", \"next\": \"%1$s/more\", \"items\": [\"%2$s\"]}}"
            .formatted(root, first));
        collection(root + "/more");
        serve(first, author("other"), root, "\"replies\": \"" + first + "/replies\"");
        collection(first + "/replies", second);
        reply("far", second, first);
        Status opened = stored(root);
        completion.complete(opened.id());
        assertEquals(world.posts.statuses.byUri(first).orElseThrow().id(), world.posts.statuses.byUri(second).orElseThrow().inReplyToId().orElseThrow());
        assertEquals(2, world.posts.reader.thread(Viewer.of(Village.ALICE), opened.id()).descendants().size());
    }

    @Test
    void missingAncestorsAreFetched() {
        String root = uri("far", "above");
        String leaf = uri("far", "below");
        String author = author("far");
        serve(leaf, author, root, "");
        Status opened = stored(leaf);
        assertFalse(isHere(root));
        serve(root, author, null, "");
        world.database.execute("delete from fetch_failure");
        completion.complete(opened.id());
        assertTrue(isHere(root));
        assertEquals(1, world.posts.reader.thread(Viewer.of(Village.ALICE), opened.id()).ancestors().size());
    }

    @Test
    void contextOfTheRootTellsOfThePostsNoListOfRepliesNames() {
        String root = uri("far", "talk");
        String answer = uri("other", "answer");
        String deeper = uri("victim", "deeper");
        String context = root + "/context";
        serve(root, author("far"), null, "\"context\": \"%s\"".formatted(context));
        reply("other", answer, root);
        reply("victim", deeper, answer);
        world.fediverse.serve(context, """
            {"id": "%1$s", "type": "OrderedCollection", "first": {"type": "OrderedCollectionPage", "orderedItems": [%2$s]}}"""
            .formatted(context, quoted(deeper, root, answer)));
        Status opened = stored(root);
        completion.complete(opened.id());
        assertTrue(isHere(answer) && isHere(deeper));
        assertEquals(2, world.posts.reader.thread(Viewer.of(Village.ALICE), opened.id()).descendants().size());
        assertTrue(world.database.exists("select from conversation where id = $1 and context_uri = $2", opened.conversationId(), context));
    }

    @Test
    void postOfAnotherThreadIsNotTakenOffAList() {
        String root = uri("evil", "bait");
        String unrelated = uri("other", "unrelated");
        String elsewhere = uri("other", "elsewhere");
        String answer = uri("other", "answer-elsewhere");
        serve(root, author("evil"), null, "\"replies\": \"" + root + "/replies\", \"context\": \"" + root + "/context\"");
        collection(root + "/replies", unrelated, elsewhere);
        collection(root + "/context", answer, unrelated, elsewhere);
        serve(unrelated, author("other"), null, "");
        reply("other", answer, unrelated);
        reply("other", elsewhere, uri("other", "missing"));
        completion.complete(stored(root).id());
        assertFalse(isHere(unrelated) || isHere(elsewhere) || isHere(answer));
    }

    @Test
    void hostileInput25_whatIsEmbeddedInAListIsFetchedFromItsOwnServer() {
        String root = uri("evil", "inline");
        String forged = uri("victim", "forged");
        serve(root, author("evil"), null, "\"replies\": {\"id\": \"%1$s/replies\", \"type\": \"Collection\", \"items\": [%2$s]}"
            .formatted(root, FederationWorld.note(forged, author("victim"), root)));
        completion.complete(stored(root).id());
        assertFalse(isHere(forged));
        assertEquals(1, world.fediverse.count(forged));
    }

    @Test
    void listOnAnotherServerIsNotRead() {
        String root = uri("evil", "pointing");
        String list = world.fediverse.url("victim", "/lists/" + NUMBER.incrementAndGet());
        serve(root, author("evil"), null, "\"replies\": \"" + list + "\", \"likes\": \"" + list + "\"");
        collection(list, uri("victim", "any"));
        completion.complete(stored(root).id());
        assertEquals(0, world.fediverse.count(list));
    }

    @Test
    void hostileInput56_pagesAndLevelsWithoutEndEnd() {
        String root = uri("evil", "endless");
        String author = author("evil");
        serve(root, author, null, "\"replies\": \"" + root + "/page/0\"");
        IntStream.range(0, 50).forEach(page -> world.fediverse.serve(root + "/page/" + page, """
            {"type": "CollectionPage", "next": "%1$s/page/%2$d", "items": ["%1$s/reply/%3$d"]}""".formatted(root, page + 1, page)));
        IntStream.range(0, 50).forEach(number -> {
            String reply = root + "/reply/" + number;
            serve(reply, author, number == 0 ? root : root + "/reply/" + (number - 1), "\"replies\": \"" + reply + "/replies\"");
            collection(reply + "/replies", root + "/reply/" + (number + 1));
        });
        completion.complete(stored(root).id());
        long pages = world.fediverse.requests().stream().filter(request -> request.url().contains("/page/")).count();
        long replies = world.posts.statuses.descendants(stored(root), 100, 100).size();
        assertTrue(pages <= 6, "pages read: " + pages);
        assertTrue(replies >= 1 && replies <= 11, "levels taken: " + replies);
    }

    @Test
    void hostileInput56_oneHostIsNotAskedWithoutEnd() {
        String root = uri("evil", "wide");
        String author = author("evil");
        String[] replies = IntStream.range(0, 200).mapToObj(number -> root + "/wide/" + number).toArray(String[]::new);
        serve(root, author, null, "\"replies\": \"" + root + "/replies\"");
        collection(root + "/replies", replies);
        for (String reply : replies) {
            serve(reply, author, root, "");
        }
        completion.complete(stored(root).id());
        long asked = world.fediverse.requests().stream().filter(request -> request.url().contains("/wide/")).count();
        assertTrue(asked > 10 && asked <= 60, "asked " + asked);
    }

    @Test
    void hostileInput98_postOfASuspendedPersonIsNotTaken() {
        String root = uri("far", "open");
        String banned = author("other");
        String reply = uri("other", "banned");
        serve(root, author("far"), null, "\"replies\": {\"type\": \"Collection\", \"items\": [\"" + reply + "\"]}");
        serve(reply, banned, root, "");
        world.actors.byUri(banned, Budgets.forActivity());
        world.database.execute("update account set suspended_at = now() where uri = $1", banned);
        completion.complete(stored(root).id());
        assertFalse(isHere(reply));
    }

    @Test
    void deletedPostDoesNotComeBack() {
        String root = uri("far", "remembering");
        String reply = uri("other", "deleted");
        String author = author("other");
        serve(root, author("far"), null, "\"replies\": {\"type\": \"Collection\", \"items\": [\"" + reply + "\"]}");
        serve(reply, author, root, "");
        world.posts.remote.delete(reply, author);
        completion.complete(stored(root).id());
        assertFalse(isHere(reply));
        assertEquals(0, world.fediverse.count(reply));
    }

    // ---------------------------------------------------------------- numbers

    @Test
    void numbersOfTheOriginAreShownWhenTheyAreLarger() {
        String root = uri("far", "liked");
        serve(root, author("far"), null, "\"likes\": {\"id\": \"%1$s/likes\", \"type\": \"Collection\", \"totalItems\": 41}, \"shares\": \"%1$s/shares\"".formatted(root));
        world.fediverse.serve(root + "/shares", """
            {"id": "%s/shares", "type": "Collection", "totalItems": 7}""".formatted(root));
        Status opened = stored(root);
        completion.complete(opened.id());
        Status counted = world.posts.statuses.byId(opened.id()).orElseThrow();
        assertEquals(41, counted.favouritesCount());
        assertEquals(7, counted.reblogsCount());
    }

    @Test
    void ownNumberIsShownWhenItIsTheLarger() {
        String root = uri("far", "local-like");
        serve(root, author("far"), null, "\"likes\": {\"type\": \"Collection\", \"totalItems\": 0}, \"shares\": {\"type\": \"Collection\", \"totalItems\": 0}");
        Status opened = stored(root);
        world.posts.actions.favourite(world.posts.village.account(Village.ALICE), opened.id());
        completion.complete(opened.id());
        assertEquals(1, world.posts.statuses.byId(opened.id()).orElseThrow().favouritesCount());
    }

    @Test
    void numbersComeFromThePublicApiWhenTheDocumentTellsNone() {
        int number = NUMBER.incrementAndGet();
        String root = world.fediverse.url("far", "/users/x/statuses/" + number);
        serve(root, author("far"), null, "");
        rest(number, root, 12, 3);
        Status opened = stored(root);
        completion.complete(opened.id());
        assertEquals(12, world.posts.statuses.byId(opened.id()).orElseThrow().favouritesCount());
        assertEquals(3, world.posts.statuses.byId(opened.id()).orElseThrow().reblogsCount());
    }

    @Test
    void publicApiThatSpeaksOfAnotherPostIsNotBelieved() {
        int number = NUMBER.incrementAndGet();
        String root = world.fediverse.url("far", "/users/x/statuses/" + number);
        serve(root, author("far"), null, "");
        rest(number, world.fediverse.url("victim", "/users/x/statuses/" + number), 12, 3);
        Status opened = stored(root);
        completion.complete(opened.id());
        assertEquals(0, world.posts.statuses.byId(opened.id()).orElseThrow().favouritesCount());
    }

    private void rest(int number, String uri, int favourites, int reblogs) {
        world.fediverse.answer(world.fediverse.url("far", "/api/v1/statuses/" + number), request -> new Answer(200, "application/json",
            "{\"id\": \"%d\", \"uri\": \"%s\", \"favourites_count\": %d, \"reblogs_count\": %d}".formatted(number, uri, favourites, reblogs), Map.of()));
    }

    // ---------------------------------------------------------------- asking

    private long jobs() {
        return world.database.first("select count(*) as number from job where kind = $1", row -> row.getLong("number"), ThreadRequests.KIND).orElse(0L);
    }

    @Test
    void manyReadersOfAThreadSetOffOneLook() {
        String root = uri("far", "crowded");
        serve(root, author("far"), null, "");
        Status opened = stored(root);
        requests.opened(Viewer.of(Village.ALICE), opened.id());
        world.database.execute("delete from job");
        requests.opened(Viewer.of(Village.BOB), opened.id());
        requests.opened(Viewer.anonymous(), opened.id());
        assertEquals(0, jobs());
        world.database.execute("update thread_request set asked_at = now() - interval '16 minutes' where conversation_id = $1", opened.conversationId());
        requests.opened(Viewer.anonymous(), opened.id());
        assertEquals(0, jobs(), "strangers wait longer");
        requests.opened(Viewer.of(Village.BOB), opened.id());
        assertEquals(1, jobs());
    }

    @Test
    void readersLearnWhatBecameOfTheLook() {
        String root = uri("far", "looked");
        String reply = uri("other", "found");
        serve(root, author("far"), null, "\"replies\": {\"type\": \"Collection\", \"items\": [\"" + reply + "\"]}");
        reply("other", reply, root);
        Status opened = stored(root);
        assertTrue(requests.look(opened.conversationId()).isEmpty());
        Look begun = requests.opened(Viewer.of(Village.ALICE), opened.id()).orElseThrow();
        assertEquals(new Look(opened.conversationId(), true, 0), begun);
        assertEquals(begun, requests.opened(Viewer.of(Village.BOB), opened.id()).orElseThrow(), "who comes while it is under way waits for the same");
        requests.finished(opened.conversationId(), completion.complete(opened.id()));
        assertEquals(new Look(opened.conversationId(), false, 1), requests.look(opened.conversationId()).orElseThrow());
        assertTrue(requests.opened(Viewer.of(Village.BOB), opened.id()).isEmpty());
        world.database.execute("update thread_request set finished_at = null, asked_at = now() - interval '11 minutes'");
        assertFalse(requests.look(opened.conversationId()).orElseThrow().running(), "one that never ends is not waited for");
    }

    @Test
    void threadOfOursAloneIsWhole() {
        requests.opened(Viewer.of(Village.ALICE), world.posts.post(Village.ALICE, "only here", Visibility.PUBLIC).id());
        assertEquals(0, jobs());
    }

    // ---------------------------------------------------------------- ours

    @Test
    void ourThreadsHaveAContextThatAnswersCopy() throws MalformedDocument {
        Status root = world.posts.post(Village.ALICE, "a beginning", Visibility.PUBLIC);
        String context = world.notes.view(root).context();
        assertEquals("https://village.example/contexts/" + root.id(), context);
        Status reply = world.posts.service.publish(world.posts.village.account(Village.BOB),
            NewStatus.text("an answer").withVisibility(Visibility.PUBLIC).inReplyTo(root.id()));
        assertEquals(context, world.notes.view(reply).context());
        assertTrue(ActivityJson.parse(world.activities.made(reply).toString().getBytes(StandardCharsets.UTF_8))
            .object("object").has("context"));
    }

    @Test
    void answersToAThreadElsewhereNameItsContext() {
        String root = uri("far", "theirs");
        serve(root, author("far"), null, "\"context\": \"" + root + "/context\"");
        Status opened = stored(root);
        completion.complete(opened.id());
        Status reply = world.posts.service.publish(world.posts.village.account(Village.BOB),
            NewStatus.text("from here").withVisibility(Visibility.PUBLIC).inReplyTo(opened.id()));
        assertEquals(root + "/context", world.notes.view(reply).context());
    }

    @Test
    void postsThatTheirOriginHasDeletedGoHereToo() {
        String root = uri("far", "root");
        String gone = uri("other", "gone");
        String missing = uri("other", "missing");
        serve(root, author("far"), null, "");
        reply("other", gone, root);
        reply("other", missing, root);
        Status opened = stored(root);
        stored(gone);
        stored(missing);
        world.fediverse.answer(gone, request -> Answer.status(410));
        world.fediverse.answer(missing, request -> Answer.status(404));
        completion.complete(opened.id());
        assertFalse(isHere(gone));
        assertTrue(isHere(missing), "a 404 may be meant for us alone");
    }
}
