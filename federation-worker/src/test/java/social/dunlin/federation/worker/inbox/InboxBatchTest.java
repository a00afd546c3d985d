package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.federation.worker.inbox.InboxWorld.ALICE;
import static social.dunlin.federation.worker.inbox.InboxWorld.PUBLIC;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.database.Database;
import social.dunlin.database.Migrator;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobRun;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;
import social.dunlin.testing.TestPostgres;
import social.dunlin.testing.Village;

/** Activities received together: the outcome is the one they have one after the other. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxBatchTest {
    private static final String ANN = "https://one.example/users/ann";
    private static final String BEN = "https://two.example/users/ben";
    private static final String STRANGER = "https://two.example/users/stranger";
    private static final String SUSPENDED = "https://two.example/users/suspended";
    private static final String STALE = "https://two.example/users/stale";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final AtomicLong runs = new AtomicLong();
    private Database database;
    private InboxWorld inbox;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        inbox = world(database, vertx, options);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    @BeforeEach
    void forget() {
        database.execute("delete from status where not local");
        database.execute("delete from tombstone");
        database.execute("delete from seen_activity");
        database.execute("update account_counter set statuses_count = 0");
    }

    private static InboxWorld world(Database database, Vertx vertx, PgConnectOptions options) {
        InboxWorld world = new InboxWorld(database, vertx, options);
        long id = 5000;
        for (String uri : List.of(ANN, BEN, STRANGER, SUSPENDED, STALE)) {
            database.execute("""
                insert into account (id, uri, username, host, inbox_url, followers_url, fetched_at, suspended_at)
                values ($1, $2, $3, $4, $2 || '/inbox', $2 || '/followers', now() - make_interval(days => $5), case when $6 then now() end)""",
                id++, uri, uri.substring(uri.lastIndexOf('/') + 1), uri.split("/")[2], uri.equals(STALE) ? 30 : 0, uri.equals(SUSPENDED));
        }
        follow(database, Village.ALICE, ANN, false);
        follow(database, Village.BOB, ANN, true);
        follow(database, Village.ALICE, BEN, false);
        follow(database, Village.ALICE, SUSPENDED, false);
        follow(database, Village.ALICE, STALE, false);
        return world;
    }

    private static void follow(Database database, long follower, String followed, boolean notify) {
        database.execute("insert into follow (account_id, target_account_id, notify) select $1, id, $3 from account where uri = $2", follower, followed, notify);
    }

    // ---------------------------------------------------------------- activities

    private static String note(String author, String name) {
        return author + "/notes/" + name;
    }

    private static JsonObject object(String author, String name) {
        return new JsonObject().put("id", note(author, name)).put("type", "Note").put("attributedTo", author).put("content", "<p>This is " + name + ".</p>")
            .put("published", NOW.toString()).put("to", PUBLIC).put("cc", author + "/followers");
    }

    private static String activity(String type, String author, String name, Object object) {
        return new JsonObject().put("@context", "https://www.w3.org/ns/activitystreams").put("id", note(author, name) + "#" + type).put("type", type)
            .put("actor", author).put("to", PUBLIC).put("object", object).encode();
    }

    private static String create(String author, String name) {
        return activity("Create", author, name, object(author, name));
    }

    private static String create(String author, String name, JsonObject more) {
        return activity("Create", author, name, object(author, name).mergeIn(more));
    }

    private static JsonObject with(String key, Object value) {
        return new JsonObject().put(key, value);
    }

    private static JsonObject tag(String type, String name, String href) {
        return new JsonObject().put("type", type).put("name", name).put("href", href);
    }

    private static JsonObject emoji(String code, String picture) {
        return new JsonObject().put("type", "Emoji").put("name", ":" + code + ":").put("id", "https://one.example/emojis/" + code)
            .put("icon", new JsonObject().put("type", "Image").put("url", "https://one.example/" + picture + ".png"));
    }

    private static List<JsonObject> list(JsonObject... objects) {
        return List.of(objects);
    }

    /** One of everything that arrives, and some of what hardly ever does. */
    private static List<String> everything(String answered) {
        JsonObject picture = new JsonObject().put("type", "Document").put("mediaType", "image/png").put("url", "https://one.example/1.png").put("name", "a bird")
            .put("width", 4).put("height", 3);
        return List.of(
            create(ANN, "plain"), create(BEN, "also-plain"),
            create(ANN, "tagged", with("tag", list(tag("Hashtag", "#Birds", "https://one.example/t/birds"), tag("Hashtag", "#sea", "https://one.example/t/sea")))),
            create(BEN, "tagged-too", with("tag", list(tag("Hashtag", "#birds", "https://two.example/t/birds")))),
            create(ANN, "naming-alice", with("tag", list(tag("Mention", "@alice", ALICE))).put("cc", ALICE)),
            create(ANN, "naming-ben", with("tag", list(tag("Mention", "@ben", BEN)))),
            create(ANN, "naming-nobody-known", with("tag", list(tag("Mention", "@who", "https://nowhere.example/users/who")))),
            create(ANN, "for-followers", new JsonObject().put("to", ANN + "/followers").putNull("cc")),
            create(ANN, "unlisted", new JsonObject().put("to", ANN + "/followers").put("cc", PUBLIC)),
            create(ANN, "for-alice-alone", new JsonObject().put("to", ALICE).putNull("cc").put("tag", list(tag("Mention", "@alice", ALICE)))),
            create(ANN, "with-pictures", with("attachment", list(picture, picture.copy().put("url", "https://one.example/2.png").put("name", "another")))),
            create(ANN, "smiling", with("tag", list(emoji("smile", "old")))), create(ANN, "smiling-again", with("tag", list(emoji("smile", "new"), emoji("grin", "grin")))),
            create(ANN, "warned", new JsonObject().put("summary", "spoilers").put("sensitive", true).put("contentMap", with("de", "<p>Warnung</p>"))),
            create(ANN, "edited", with("updated", NOW.plusSeconds(5).toString())),
            create(ANN, "old", with("published", NOW.minus(Duration.ofDays(30)).toString())),
            create(ANN, "linking", with("content", "<p><a href=\"https://example.org/page\">page</a></p>")),
            create(BEN, "answer-to-ours", with("inReplyTo", answered)),
            create(BEN, "proven-answer-to-ours", with("inReplyTo", answered)).replaceFirst("\\{", "{\"signature\": {\"type\": \"RsaSignature2017\"}, "),
            create(BEN, "answer-within", with("inReplyTo", note(ANN, "plain"))),
            create(BEN, "answer-to-the-answer", with("inReplyTo", note(BEN, "answer-within"))),
            create(BEN, "answer-to-nobody-knows-what", with("inReplyTo", "https://nowhere.example/notes/1")),
            create(ANN, "late"),
            create(BEN, "in-a-thread", with("conversation", "tag:two.example,2026:thread")), create(BEN, "in-the-thread-too", with("conversation", "tag:two.example,2026:thread")),
            create(ANN, "asking", new JsonObject().put("type", "Question").put("oneOf", list(with("name", "yes").put("type", "Note"), with("name", "no").put("type", "Note")))),
            create(ANN, "long", new JsonObject().put("type", "Article").put("name", "A title")),
            create(ANN, "quoting", with("quoteUrl", answered)),
            create(STRANGER, "unasked"), create(STRANGER, "naming-alice", with("tag", list(tag("Mention", "@alice", ALICE))).put("cc", ALICE)),
            create(SUSPENDED, "silenced"), create(STALE, "from-somebody-to-be-looked-at"),
            create(ANN, "not-annes").replace("\"attributedTo\":\"" + ANN + "\"", "\"attributedTo\":\"" + BEN + "\""),
            create(ANN, "twice"), create(ANN, "twice"), activity("Create", ANN, "twice-in-another", object(ANN, "twice")),
            create(ANN, "short-lived"), activity("Update", ANN, "short-lived", object(ANN, "short-lived").put("content", "<p>new</p>").put("updated", NOW.plusSeconds(9).toString())),
            activity("Delete", ANN, "short-lived", note(ANN, "short-lived")),
            activity("Delete", BEN, "deleted-first", note(BEN, "deleted-first")), create(BEN, "deleted-first"),
            create(ANN, "changed"), activity("Update", ANN, "changed", object(ANN, "changed").put("content", "<p>better</p>").put("updated", NOW.plusSeconds(9).toString())),
            activity("Like", BEN, "liking", answered), activity("Announce", BEN, "boosting", answered).replaceFirst("\\{", "{\"published\": \"" + NOW + "\", "),
            "{\"id\": \"" + ANN + "/odd\", \"type\": \"Create\", \"actor\": \"" + ANN + "\"}");
    }

    private static String senderOf(String activity) {
        return new JsonObject(activity).getString("actor");
    }

    private JobRun run(String activity) {
        InboxJob job = new InboxJob(senderOf(activity), activity);
        return new JobRun(runs.incrementAndGet(), InboxJob.KIND, job.job().payload(), 1, job.job().fairKey());
    }

    private List<JobRun> runs(List<String> activities) {
        return activities.stream().map(this::run).toList();
    }

    /** As the queue does it: what is left is done one by one. Gives how many were left. */
    private static int receiveTogether(InboxWorld world, List<JobRun> batch) {
        List<JobRun> left = world.handler.handleTogether(batch).stream().flatMap(List::stream).toList();
        left.forEach(run -> receiveAlone(world, run));
        return left.size();
    }

    private static void receiveAlone(InboxWorld world, JobRun run) {
        try {
            world.handler.handle(run);
        } catch (JobFailure hopeless) {
            // A dead letter.
        }
    }

    private long posts() {
        return inbox.count("status", "not local");
    }

    // ---------------------------------------------------------------- the same outcome

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mixedBatchLeavesTheSameRowsAsOneByOne(boolean handedOver, Vertx vertx) {
        Map<String, List<String>> expected = inFreshWorld(vertx, world -> {
            everything(ready(world)).forEach(activity -> receiveAlone(world, run(activity)));
            return TableContents.of(world.database);
        });
        Map<String, List<String>> actual = inFreshWorld(vertx, world -> {
            List<String> activities = everything(ready(world));
            List<JobRun> batch = handedOver ? runs(activities).stream().map(InboxWorld::handedOver).toList() : runs(activities);
            int left = receiveTogether(world, batch);
            assertTrue(left < activities.size() - 20, left + " of " + activities.size() + " were left");
            return TableContents.of(world.database);
        });
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((table, rows) -> assertEquals(String.join("\n", rows), String.join("\n", actual.get(table)), table));
    }

    private static <T> T inFreshWorld(Vertx vertx, Function<InboxWorld, T> use) {
        TestPostgres server = TestPostgres.start();
        String name = server.freshDatabase();
        PgConnectOptions options = PgConnectOptions.fromUri(server.uriOf(name));
        Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(4)).connectingTo(options).using(vertx).build();
        Database fresh = new Database(pool);
        new Migrator(fresh).migrate();
        try (InboxWorld world = world(fresh, vertx, options)) {
            return use.apply(world);
        } finally {
            pool.close().toCompletionStage().toCompletableFuture().join();
            server.drop(name);
        }
    }

    /** With a post of ours to be answered, whose address it gives, and one that waits for a post of the batch. */
    private String ready(InboxWorld world) {
        String answered = answered(world);
        receiveTogether(world, List.of(run(create(BEN, "answer-too-early", with("inReplyTo", note(ANN, "late"))))));
        return answered;
    }

    /** A post of ours, of the same id in every world. */
    private static String answered(InboxWorld world) {
        String uri = "https://village.example/ours";
        world.database.execute("update status set uri = $2 where id = $1", world.federation.posts.post(Village.ALICE, "Answer me", Visibility.PUBLIC).id(), uri);
        return uri;
    }

    @Test
    void plainPostsShareTheirStatements() {
        long one = statements(1);
        assertEquals(one, statements(2));
        assertEquals(one, statements(30));
        assertEquals(33, posts());
        assertEquals(33, inbox.count("seen_activity", "true"));
        assertEquals(33 * 2, inbox.count("home_entry", "status_id in (select id from status where not local)"));
    }

    private long statements(int posts) {
        List<JobRun> batch = runs(IntStream.range(0, posts).mapToObj(number -> create(ANN, "plain-" + posts + "-" + number)).toList());
        long before = database.statementCount();
        assertEquals(List.of(), inbox.handler.handleTogether(batch));
        return database.statementCount() - before;
    }

    // ---------------------------------------------------------------- what goes wrong

    /** What the database refuses fails the statement that writes all of them. */
    @Test
    void poisonedPostDoesNoHarmToItsNeighbours() {
        database.execute("alter table status add constraint poison check (content not like '%poisoned%')");
        try {
            receivePoisoned();
        } finally {
            database.execute("alter table status drop constraint poison");
        }
    }

    private void receivePoisoned() {
        List<JobRun> batch = runs(List.of(create(ANN, "before"), create(ANN, "poisoned"), create(BEN, "behind")));
        assertEquals(batch.stream().map(List::of).toList(), inbox.handler.handleTogether(batch));
        assertEquals(0, posts());
        assertEquals(0, inbox.count("seen_activity", "true"));
        inbox.handler.handle(batch.getFirst());
        assertThrows(RuntimeException.class, () -> inbox.handler.handle(batch.get(1)));
        inbox.handler.handle(batch.getLast());
        assertTrue(inbox.isStored(note(ANN, "before")));
        assertFalse(inbox.isStored(note(ANN, "poisoned")));
        assertTrue(inbox.isStored(note(BEN, "behind")));
    }

    @Test
    void batchThatLosesItsConnectionLeavesNothingBehindAndCanBeDoneAgain() throws Exception {
        List<JobRun> batch = runs(List.of(create(ANN, "cut-1"), create(ANN, "cut-2"), create(BEN, "cut-3")));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Its author's counter is held, so that the batch stands still amid its work.
            Future<?> holder = threads.submit(() -> database.transaction(() -> {
                database.execute("""
                    insert into account_counter (account_id) select id from account where uri = $1
                    on conflict (account_id) do update set statuses_count = account_counter.statuses_count""", ANN);
                held.countDown();
                await(enough);
            }));
            await(held);
            Future<List<List<JobRun>>> cut = threads.submit(() -> inbox.handler.handleTogether(batch));
            Eventually.until("the batch comes to the counter", () -> database.exists("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into status (%'"""));
            assertEquals(batch.stream().map(List::of).toList(), cut.get(60, TimeUnit.SECONDS));
            enough.countDown();
            holder.get(60, TimeUnit.SECONDS);
        }
        assertEquals(0, posts());
        assertEquals(0, inbox.count("seen_activity", "true"));
        assertEquals(0, receiveTogether(inbox, batch));
        assertEquals(3, posts());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(120, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void twoWorkersAtOnceStoreEachPostOnce() throws Exception {
        List<String> activities = Stream.concat(IntStream.range(0, 40).mapToObj(number -> create(ANN, "raced-" + number)),
            IntStream.range(0, 40).mapToObj(number -> create(BEN, "raced-" + number, with("tag", list(tag("Hashtag", "#t" + number, "https://two.example/t")))))).toList();
        List<Future<?>> workers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < 4; worker++) {
                List<String> order = worker % 2 == 0 ? activities : activities.reversed();
                workers.add(threads.submit(() -> receiveTogether(inbox, runs(order))));
            }
            for (Future<?> worker : workers) {
                worker.get(60, TimeUnit.SECONDS);
            }
        }
        assertEquals(80, posts());
        assertEquals(1, inbox.count("account_counter", "statuses_count = 40 and account_id = (select id from account where uri = $1)", ANN));
        assertEquals(80, inbox.count("status_search", "status_id in (select id from status where not local)"));
        assertEquals(120, inbox.count("home_entry", "status_id in (select id from status where not local)"));
    }

    // ---------------------------------------------------------------- order

    @Test
    void whatIsAboutOnePostKeepsItsOrder() {
        List<JobRun> batch = runs(List.of(create(ANN, "first"), activity("Update", ANN, "first", object(ANN, "first")), create(BEN, "other"),
            activity("Delete", ANN, "first", note(ANN, "first"))));
        assertEquals(List.of(List.of(batch.get(1), batch.get(3))), inbox.handler.handleTogether(batch));
        assertTrue(inbox.isStored(note(ANN, "first")));
    }

    @Test
    void createBehindADeleteOfItsPostOrItsAuthorIsNotDoneBeforeIt() {
        List<JobRun> batch = runs(List.of(activity("Delete", ANN, "gone", note(ANN, "gone")), create(ANN, "gone"), create(BEN, "one"),
            create(BEN, "two"), activity("Update", BEN, "self", BEN), create(BEN, "three")));
        List<List<JobRun>> left = inbox.handler.handleTogether(batch);
        assertEquals(List.of(List.of(batch.get(0), batch.get(1)), List.of(batch.get(4)), List.of(batch.get(5))), left);
        left.stream().flatMap(List::stream).limit(2).forEach(inbox.handler::handle);
        assertFalse(inbox.isStored(note(ANN, "gone")));
    }

    @Test
    void secondDeliveryOfTheSamePostIsNoSecondPost() {
        List<String> activities = List.of(create(ANN, "same"), create(BEN, "another"));
        assertEquals(0, receiveTogether(inbox, runs(activities)));
        assertEquals(0, receiveTogether(inbox, runs(activities)));
        assertEquals(2, posts());
        assertEquals(1, inbox.count("account_counter", "statuses_count = 1 and account_id = (select id from account where uri = $1)", ANN));
    }
}
