package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.FRIDA;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
class OldRemotePostsTest {
    @Test
    void oldPostsNobodyHereHasToDoWithGoAndTheRestStays(Database database, Vertx vertx, PgConnectOptions options) {
        StatusWorld world = new StatusWorld(database, vertx, options);
        Status bookmarked = old(world, "bookmarked");
        Status favourited = old(world, "favourited");
        Status boosted = old(world, "boosted");
        Status answered = old(world, "answered");
        Status plain = old(world, "plain");
        Status received = old(world, "received");
        world.actions.bookmark(world.village.account(ALICE), bookmarked.id());
        world.actions.favourite(world.village.account(ALICE), favourited.id());
        world.actions.reblog(world.village.account(BOB), boosted.id(), null);
        Status answer = world.service.publish(world.village.account(BOB), NewStatus.text("Still").inReplyTo(answered.id()));
        database.execute("update status set received_at = now() where id = $1", received.id());
        database.execute("insert into media_attachment (id, account_id, status_id) values (7, $1, $2)", FRIDA, plain.id());
        new OldRemotePosts(database, 0).run();
        assertTrue(world.statuses.byId(plain.id()).isPresent(), "for ever unless the operator wishes otherwise");
        new OldRemotePosts(database, 90).run();
        List<Long> kept = List.of(bookmarked.id(), favourited.id(), boosted.id(), answered.id(), received.id(), answer.id());
        assertEquals(kept.size(), world.statuses.byIds(kept).size());
        assertTrue(world.statuses.byId(plain.id()).isEmpty());
        assertTrue(database.list("select id from media_attachment where id = 7", row -> row.getLong("id")).isEmpty());
        assertEquals(StoredStatus.Stored.class, world.remote.store(world.note(FRIDA, "plain", Visibility.PUBLIC, Instant.now())).getClass(), "it may come again");
    }

    private static Status old(StatusWorld world, String name) {
        world.remote.store(world.note(FRIDA, name, Visibility.PUBLIC, Instant.now().minus(Duration.ofDays(200))));
        Status status = world.statuses.byUri(world.note(FRIDA, name, Visibility.PUBLIC, Instant.now()).uri()).orElseThrow();
        world.database.execute("update status set received_at = now() - interval '199 days' where id = $1", status.id());
        return status;
    }
}
