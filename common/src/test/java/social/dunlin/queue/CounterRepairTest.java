package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CounterRepairTest {
    private Database database;

    @BeforeAll
    void talk(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        StatusWorld world = new StatusWorld(database, vertx, options);
        Status root = world.post(ALICE, "Root", Visibility.PUBLIC);
        for (Visibility visibility : List.of(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE, Visibility.DIRECT)) {
            world.service.publish(world.village.account(BOB), NewStatus.text("@alice Answer").inReplyTo(root.id()).withVisibility(visibility));
        }
        world.actions.favourite(world.village.account(BOB), root.id());
        // The village's follows are written by bare SQL; from here on every counter is right.
        new CounterRepair(database).run();
    }

    @Test
    void wrongCountersAreRightAfterwards() {
        List<String> right = counters();
        database.execute("update account_counter set statuses_count = statuses_count + 7, followers_count = 0, following_count = 99");
        database.execute("update status_counter set replies_count = 5, reblogs_count = 6, favourites_count = 0");
        new CounterRepair(database).run();
        assertEquals(right, counters());
    }

    @Test
    void whatIsCountedAlongTheWayIsWhatTheRepairFinds() {
        assertEquals("2/0/1", database.first("""
            select format('%s/%s/%s', replies_count, reblogs_count, favourites_count) as counts from status_counter
            order by status_id limit 1""", row -> row.getString("counts")).orElseThrow());
        assertEquals(4, database.first("select statuses_count from account_counter where account_id = $1",
            row -> row.getInteger("statuses_count"), BOB).orElseThrow());
    }

    @Test
    void countersThatSomebodyHoldsAreLeftForTheNextTime() {
        List<String> right = counters();
        database.transaction(() -> {
            database.execute("update account_counter set followers_count = followers_count + 1 where account_id = $1", BOB);
            assertTrue(ends(Thread.ofVirtual().start(() -> new CounterRepair(database).run())), "it waits for nobody");
            database.execute("update account_counter set followers_count = followers_count - 1 where account_id = $1", BOB);
        });
        assertEquals(right, counters());
    }

    private static boolean ends(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    private List<String> counters() {
        return database.list("""
            select format('account %s: %s %s %s', account_id, statuses_count, followers_count, following_count) as line from account_counter
            union all
            select format('status %s: %s %s %s', status_id, replies_count, reblogs_count, favourites_count) from status_counter
            order by line""", row -> row.getString("line"));
    }
}
