package social.dunlin.federation.worker.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.outbox.OutboxTask;
import social.dunlin.queue.JobRun;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxHandlerTest {
    private Database database;
    private FederationWorld world;
    private OutboxHandler handler;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        handler = new OutboxHandler(database, world.posts.statuses, world.posts.polls, world.accounts, world.activities, world.actorDocuments, world.deliveries);
    }

    @AfterAll
    void end() {
        world.close();
    }

    private void handle(OutboxTask task) {
        handler.handle(new JobRun(1, OutboxTask.KIND, task.job(Village.ALICE).payload(), 1, ""));
    }

    @Test
    void moveGoesToTheFollowersAfterTheProfileThatNamesTheNewHome() throws JsonProcessingException {
        handle(new OutboxTask.AccountMoved(Village.ALICE));
        assertFalse(database.exists("select from outgoing_activity"), "who has not moved says nothing");
        database.execute("update account set moved_to_id = $2 where id = $1", Village.ALICE, Village.FRIDA);
        handle(new OutboxTask.AccountChanged(Village.ALICE));
        handle(new OutboxTask.AccountMoved(Village.ALICE));
        assertEquals(1, database.list("select distinct subject from delivery", row -> row.getString("subject")).size());
        JsonNode update = body("asc");
        assertEquals("Update https://far.example/users/frida", update.path("type").asText() + " " + update.path("object").path("movedTo").asText());
        JsonNode move = body("desc");
        String alice = "https://village.example/users/alice";
        assertEquals("Move " + alice + " " + alice + " https://far.example/users/frida",
            "%s %s %s %s".formatted(move.path("type").asText(), move.path("actor").asText(), move.path("object").asText(), move.path("target").asText()));
        assertEquals(alice + "/followers", move.path("to").path(0).asText());
        assertEquals(2L, database.first("select count(*) as number from delivery where inbox_url = 'https://far.example/inbox'", row -> row.getLong("number")).orElseThrow());
    }

    private JsonNode body(String order) throws JsonProcessingException {
        return new ObjectMapper().readTree(database.first("select body from outgoing_activity order by id " + order, row -> row.getString("body")).orElseThrow());
    }
}
