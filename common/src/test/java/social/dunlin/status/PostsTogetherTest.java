package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

/** Plain posts that come at the same time share a statement, and are what they would have been one by one. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PostsTogetherTest {
    private static final List<Long> AUTHORS = List.of(BOB, DORA, ERIN);

    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        AUTHORS.forEach(author -> world.service.publishNew(author, unlisted("To be known")));
    }

    private static NewStatus unlisted(String text) {
        return NewStatus.text(text).withVisibility(Visibility.UNLISTED);
    }

    private PublishedPost publish(long author, NewStatus wanted) {
        return world.service.publishNew(author, wanted);
    }

    /** While the first of them waits for a lock on conversations, which it takes first, all others come. */
    private <T> List<Future<T>> together(List<Callable<T>> posts) throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CountDownLatch come = new CountDownLatch(posts.size());
        List<Future<T>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> holder = threads.submit(() -> world.database.transaction(() -> {
                world.database.execute("lock table conversation in exclusive mode");
                locked.countDown();
                await(enough);
            }));
            await(locked);
            posts.forEach(post -> all.add(threads.submit(() -> {
                come.countDown();
                return post.call();
            })));
            await(come);
            enough.countDown();
            holder.get(60, TimeUnit.SECONDS);
            for (Future<T> each : all) {
                try {
                    each.get(60, TimeUnit.SECONDS);
                } catch (ExecutionException looked) {
                    // By the caller, at the post's own future.
                }
            }
        }
        return all;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void eachIsWhatItWouldHaveBeenAlone() throws Exception {
        List<Callable<PublishedPost>> posts = new ArrayList<>();
        IntStream.range(0, 60).forEach(number -> posts.add(() -> publish(AUTHORS.get(number % 3),
            unlisted("Post " + number + " with #one" + (number % 4 == 0 ? "" : " and #two" + number % 5)).withSpoiler(number % 2 == 0 ? "" : "warning " + number))));
        int before = world.database.first("select statuses_count from account_counter where account_id = $1", row -> row.getInteger(0), DORA).orElseThrow();
        Set<Long> ids = new HashSet<>();
        List<Future<PublishedPost>> written = together(posts);
        for (int number = 0; number < written.size(); number++) {
            PublishedPost post = written.get(number).get();
            Status status = post.status();
            assertTrue(ids.add(status.id()));
            assertTrue(status.textSource().startsWith("Post " + number + " "), status.textSource());
            assertEquals(AUTHORS.get(number % 3), status.accountId());
            assertEquals(world.statuses.byId(status.id()).orElseThrow(), status);
            List<String> tags = world.details.tags(List.of(status.id())).get(status.id()).stream().map(StatusDetails.Tag::name).toList();
            assertEquals(number % 4 == 0 ? List.of("one") : List.of("one", "two" + number % 5), tags);
            Glanced seen = world.glances.of(Viewer.of(status.accountId()), List.of(status.id()));
            assertEquals(seen.byId().get(status.id()).flags(), post.fresh().orElseThrow().glance().flags());
            assertEquals(tags, post.fresh().orElseThrow().tags());
            assertTrue(world.database.exists("select from home_entry where account_id = $1 and status_id = $2", status.accountId(), status.id()));
            assertTrue(world.database.exists("select from status_search where status_id = $1 and words @@ to_tsquery('simple', 'post')", status.id()));
        }
        assertEquals(before + 20, world.database.first("select statuses_count from account_counter where account_id = $1", row -> row.getInteger(0), DORA).orElseThrow());
    }

    @Test
    void manyShareAStatement() throws Exception {
        List<Callable<PublishedPost>> posts = new ArrayList<>();
        IntStream.range(0, 60).forEach(number -> posts.add(() -> publish(AUTHORS.get(number % 3), unlisted("Number " + number))));
        together(posts);
        long before = world.database.first("select count(distinct xmin::text) as n from status where text_source like 'Number %'", row -> row.getLong("n")).orElseThrow();
        assertTrue(before < 30, before + " transactions");
    }

    /** PostgreSQL takes no NUL, here in a key; and one author is not as was believed. */
    @Test
    void whatCannotBeWrittenDoesNotKeepOutTheOthers() throws Exception {
        List<Callable<PublishedPost>> posts = new ArrayList<>();
        IntStream.range(0, 20).forEach(number -> posts.add(() -> publish(AUTHORS.get(number % 3), number == 7 ? unlisted("bad").withIdempotencyKey("bad \0") : unlisted("good " + number))));
        world.database.execute("update account set display_name = 'Changed' where id = $1", ERIN);
        List<Future<PublishedPost>> written = together(posts);
        for (int number = 0; number < written.size(); number++) {
            if (number == 7) {
                assertThrows(ExecutionException.class, written.get(number)::get);
            } else {
                assertEquals(world.statuses.byId(written.get(number).get().status().id()).orElseThrow(), written.get(number).get().status());
            }
        }
        assertEquals(19, world.database.first("select count(*) as n from status where text_source like 'good %'", row -> row.getLong("n")).orElseThrow());
        assertFalse(world.database.exists("select from status where text_source = 'bad'"));
    }

    @Test
    void aKeyGivesOnePostHoweverManyComeWithIt() throws Exception {
        List<Callable<PublishedPost>> posts = new ArrayList<>();
        IntStream.range(0, 12).forEach(number -> posts.add(() -> publish(BOB, unlisted("Once").withIdempotencyKey("together " + number % 2))));
        Set<Long> ids = new HashSet<>();
        for (Future<PublishedPost> each : together(posts)) {
            ids.add(each.get().status().id());
        }
        assertEquals(2, ids.size());
        assertEquals(2, world.database.first("select count(*) as n from status where text_source = 'Once'", row -> row.getLong("n")).orElseThrow());
    }

    /** As while an account with much to delete is deleted. */
    @Test
    void whoHasToWaitHoldsNobodyUp() throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> holder = threads.submit(() -> world.database.transaction(() -> {
                world.database.execute("update account_counter set following_count = following_count where account_id = $1", DORA);
                locked.countDown();
                await(enough);
            }));
            await(locked);
            Future<PublishedPost> waits = threads.submit(() -> publish(DORA, unlisted("Waits")));
            List<Future<PublishedPost>> others = IntStream.range(0, 10).mapToObj(number -> threads.submit(() -> publish(number % 2 == 0 ? BOB : ERIN, unlisted("Goes on")))).toList();
            for (Future<PublishedPost> each : others) {
                assertTrue(each.get(60, TimeUnit.SECONDS).status().id() > 0);
            }
            assertFalse(waits.isDone());
            enough.countDown();
            holder.get(60, TimeUnit.SECONDS);
            assertEquals("Waits", waits.get(60, TimeUnit.SECONDS).status().textSource());
        }
    }

    @Test
    void anAccountsFirstPostIsCountedWithTheOthers() throws Exception {
        publish(ALICE, unlisted("Before"));
        world.database.execute("delete from account_counter where account_id = $1", BOB);
        List<Callable<PublishedPost>> posts = new ArrayList<>();
        IntStream.range(0, 6).forEach(number -> posts.add(() -> publish(BOB, unlisted("Counted " + number))));
        together(posts);
        assertEquals(6, world.database.first("select statuses_count from account_counter where account_id = $1", row -> row.getInteger(0), BOB).orElseThrow());
    }
}
