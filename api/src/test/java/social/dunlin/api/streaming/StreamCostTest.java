package social.dunlin.api.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

/** How many statements it costs to tell a post live. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StreamCostTest {
    private StatusWorld statuses;
    private StreamWorld streams;
    private Database database;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        statuses = new StatusWorld(database, vertx, options);
        streams = new StreamWorld(database, vertx, statuses);
    }

    @AfterAll
    void close() {
        streams.close();
    }

    private Status post(String text) {
        return statuses.post(ALICE, text, Visibility.PUBLIC);
    }

    /** What was streamed is there for who opens a page, and the other way around. */
    @Test
    void postIsWrittenOutOnceForStreamsAndPages() {
        StreamClient bob = streams.connect(BOB, "user");
        // The filters of both are known from now on, and whoever has just come has been looked at once more.
        Status before = post("Before");
        assertEquals(Long.toString(before.id()), bob.next("[\"user\"]", "update").get("id").asText());
        cost(before, List.of(bob));
        streams.renderers.posts.render(before, Viewer.of(CAROL));
        Status post = post("Written once");
        assertEquals(Long.toString(post.id()), bob.next("[\"user\"]", "update").get("id").asText());
        streams.quiet();
        streams.renderers.posts.render(before, Viewer.of(CAROL));
        long statements = database.statementCount();
        streams.renderers.posts.render(post, Viewer.of(CAROL));
        assertEquals(1, database.statementCount() - statements, "the glance alone");

        streams.renderers.forget();
        long anew = costOfAll(post);
        streams.renderers.forget();
        streams.renderers.posts.render(post, Viewer.of(CAROL));
        long keptByThePage = costOfAll(post);
        assertTrue(keptByThePage < anew, keptByThePage + " of " + anew);
    }

    /** Whoever else still listens is told too. */
    private long costOfAll(Status status) {
        long before = database.statementCount();
        statuses.bus.publish(new StatusEdited(status.id(), ALICE));
        streams.quiet();
        return database.statementCount() - before;
    }

    /** However many read, what a post costs the database is the same. Of either domain there is a personal stream from the beginning. */
    @Test
    void costDoesNotGrowWithTheNumberOfReaders() {
        Status written = post("Counted");
        List<StreamClient> few = List.of(streams.connect(BOB, "user"), streams.connect(ERIN, "user"), streams.connect(ERIN, "public"));
        long cost = cost(written, few);
        List<StreamClient> many = new ArrayList<>(few);
        for (int more = 0; more < 5; more++) {
            many.add(streams.connect(BOB, "user"));
            many.add(streams.connect(ERIN, "user"));
            many.add(streams.connect(DORA, "public"));
        }
        assertEquals(cost, cost(written, many));
    }

    /** Until it is the same twice: whoever has just come is looked at once more, some time, which is not a cost of the post. */
    private long cost(Status status, List<StreamClient> clients) {
        long cost = costOnce(status, clients);
        for (long before = -1; before != cost; cost = costOnce(status, clients)) {
            before = cost;
        }
        return cost;
    }

    private long costOnce(Status status, List<StreamClient> clients) {
        long before = database.statementCount();
        statuses.bus.publish(new StatusEdited(status.id(), ALICE));
        clients.forEach(client -> client.next());
        // Who listened before is told after them.
        streams.quiet();
        return database.statementCount() - before;
    }
}
