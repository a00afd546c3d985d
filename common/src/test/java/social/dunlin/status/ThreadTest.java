package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ThreadTest {
    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
    }

    private Status reply(long author, Status parent, Visibility visibility) {
        return world.service.publish(world.village.account(author),
            NewStatus.text("Answer to " + parent.id()).inReplyTo(parent.id()).withVisibility(visibility));
    }

    private static List<Long> ids(List<Status> statuses) {
        return statuses.stream().map(Status::id).toList();
    }

    @Test
    void answersAreReadDepthFirstWithTheAuthorsOwnOnTop() {
        Status root = world.post(ALICE, "Root", Visibility.PUBLIC);
        Status bobs = reply(BOB, root, Visibility.PUBLIC);
        Status own = reply(ALICE, root, Visibility.PUBLIC);
        Status doras = reply(DORA, bobs, Visibility.PUBLIC);
        Status ownNext = reply(ALICE, own, Visibility.PUBLIC);
        assertEquals(List.of(own.id(), ownNext.id(), bobs.id(), doras.id()), ids(world.reader.thread(Viewer.anonymous(), root.id()).descendants()));
        assertEquals(List.of(root.id(), bobs.id()), ids(world.reader.thread(Viewer.anonymous(), doras.id()).ancestors()));
    }

    @Test
    void whatIsHiddenIsLeftOutAndItsAnswersStay() {
        Status root = world.post(ALICE, "Root", Visibility.PUBLIC);
        Status hidden = reply(CAROL, root, Visibility.PRIVATE);
        Status answer = reply(BOB, hidden, Visibility.PUBLIC);
        assertEquals(List.of(hidden.id(), answer.id()), ids(world.reader.thread(Viewer.of(BOB), root.id()).descendants()));
        assertEquals(List.of(answer.id()), ids(world.reader.thread(Viewer.of(DORA), root.id()).descendants()));
        assertEquals(List.of(root.id()), ids(world.reader.thread(Viewer.anonymous(), answer.id()).ancestors()));
    }

    @Test
    void anonymousReadersGetTwentyLevelsAndFortyAncestors() {
        Status root = world.post(ALICE, "Root", Visibility.PUBLIC);
        Status last = root;
        for (int depth = 0; depth < 45; depth++) {
            last = reply(ALICE, last, Visibility.PUBLIC);
        }
        assertEquals(20, world.reader.thread(Viewer.anonymous(), root.id()).descendants().size());
        assertEquals(45, world.reader.thread(Viewer.of(BOB), root.id()).descendants().size());
        List<Status> ancestors = world.reader.thread(Viewer.anonymous(), last.id()).ancestors();
        assertEquals(40, ancestors.size());
        assertEquals(last.inReplyToId().getAsLong(), ancestors.getLast().id(), "the nearest are kept");
        assertEquals(45, world.reader.thread(Viewer.of(BOB), last.id()).ancestors().size());
    }

    @Test
    void anonymousReadersGetSixtyAnswers() {
        Status root = world.post(ALICE, "Root", Visibility.PUBLIC);
        for (int number = 0; number < 65; number++) {
            reply(BOB, root, Visibility.PUBLIC);
        }
        assertEquals(60, world.reader.thread(Viewer.anonymous(), root.id()).descendants().size());
        assertEquals(65, world.reader.thread(Viewer.of(DORA), root.id()).descendants().size());
    }

    @Test
    void circleOfTwoPostsIsReadOnce() {
        Status root = world.post(ALICE, "Root", Visibility.PUBLIC);
        Status answer = reply(BOB, root, Visibility.PUBLIC);
        Status next = reply(ALICE, answer, Visibility.PUBLIC);
        world.database.execute("update status set in_reply_to_id = $2 where id = $1", root.id(), next.id());
        assertEquals(List.of(answer.id(), next.id()), ids(world.reader.thread(Viewer.of(BOB), root.id()).descendants()));
        assertEquals(List.of(root.id(), answer.id()), ids(world.reader.thread(Viewer.of(BOB), next.id()).ancestors()));
        assertEquals(List.of(answer.id(), next.id()), ids(world.reader.thread(Viewer.of(BOB), root.id()).ancestors()));
    }
}
