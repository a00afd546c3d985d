package social.dunlin.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.GUSTAV;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.timeline.Timelines.AccountFilter;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.visibility.Viewer;

/** Pages that are asked for at the same time share a statement, and everybody gets their own. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PagesTogetherTest {
    private static final int TIMES = 40;

    private StatusWorld world;
    private final List<Long> ids = new ArrayList<>();

    @BeforeEach
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new StatusWorld(database, vertx, options);
            for (int number = 0; number < 6; number++) {
                ids.add(world.post(BOB, "Bob's " + number, Visibility.PUBLIC).id());
                ids.add(world.post(CAROL, "Carol's " + number, number % 2 == 0 ? Visibility.PRIVATE : Visibility.UNLISTED).id());
                ids.add(world.remotePost(GUSTAV, "far" + number, Visibility.PUBLIC).id());
            }
        }
    }

    /** Different readers, beginnings and ends; of one list those that are asked by one statement. */
    private List<Listing> listings() {
        List<Listing> listings = new ArrayList<>();
        List<Page> pages = List.of(Page.first(5), new Page(ids.get(9), null, null, 5), new Page(null, ids.get(4), null, 5));
        for (Page page : pages) {
            for (long reader : List.of(ALICE, BOB, CAROL, DORA)) {
                listings.add(world.timelines.home(reader, page));
                listings.add(world.timelines.publicPosts(Viewer.of(reader), Reach.ALL, 0, false, page));
                listings.add(world.timelines.byAccount(Viewer.of(reader), BOB, AccountFilter.ALL, page));
                listings.add(world.timelines.byAccount(Viewer.of(reader), CAROL, AccountFilter.ALL, page));
            }
            listings.add(world.timelines.publicPosts(Viewer.anonymous(), Reach.REMOTE, 0, false, page));
            listings.add(world.timelines.byAccount(Viewer.anonymous(), CAROL, AccountFilter.ALL, page));
            listings.add(world.timelines.home(ALICE, new Page(null, null, ids.getFirst(), 5)));
        }
        return listings;
    }

    @Test
    void everybodyGetsTheirOwnPage() throws Exception {
        List<Listing> listings = listings();
        List<Glanced> wanted = listings.stream().map(Listing::byRule).toList();
        assertTrue(wanted.stream().filter(page -> page.listed().size() == 5).count() > 10, "the pages show something");
        listings.forEach(Listing::glances);
        long before = world.database.statementCount();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Glanced>>> found = new ArrayList<>();
            for (Listing listing : listings) {
                found.add(threads.submit(() -> {
                    go.await();
                    List<Glanced> pages = new ArrayList<>();
                    for (int time = 0; time < TIMES; time++) {
                        pages.add(listing.remembered().orElseThrow());
                    }
                    return pages;
                }));
            }
            go.countDown();
            for (int index = 0; index < wanted.size(); index++) {
                for (Glanced page : found.get(index).get()) {
                    assertEquals(wanted.get(index), page);
                }
            }
        }
        long statements = world.database.statementCount() - before;
        assertTrue(statements < listings.size() * TIMES, () -> statements + " statements for " + listings.size() * TIMES + " pages");
    }
}
