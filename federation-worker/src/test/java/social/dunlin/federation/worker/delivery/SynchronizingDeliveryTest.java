package social.dunlin.federation.worker.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.followers.Followers;
import social.dunlin.federation.followers.SynchronizationHeaders;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.outbox.OutboxTask;
import social.dunlin.federation.worker.outbox.OutboxHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** What only followers get carries a digest of those who live at the receiver (FEP-8fcf). */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SynchronizingDeliveryTest {
    private Database database;
    private FederationWorld world;
    private OutboxHandler outbox;
    private Account follower;
    private String inbox;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        outbox = new OutboxHandler(database, world.posts.statuses, world.posts.polls, world.accounts, world.activities, world.actorDocuments,
            world.deliveries);
        String uri = world.settle("far", "reader");
        world.actors.byUri(uri, Budgets.forActivity());
        follower = world.accounts.byUri(uri).orElseThrow();
        inbox = follower.deliveryInbox();
        database.execute("delete from follow where target_account_id = $1", Village.ALICE);
        world.posts.village.follow(follower.id(), Village.ALICE);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
        world.fediverse.forgetRequests();
    }

    private Map<String, List<String>> deliver(Visibility visibility) {
        world.fediverse.answer(inbox, request -> Answer.status(202));
        Status status = world.posts.post(Village.ALICE, "to those who follow", visibility);
        outbox.handle(new JobRun(1, OutboxTask.KIND, new OutboxTask.StatusCreated(status.id()).job(Village.ALICE).payload(), 1, ""));
        List<Delivery> claimed = new DeliveryStore(database).claim(1, new DeliveryStore.PerHost(1, 1, 1), Map.of(), "", "test", Duration.ofMinutes(1)).deliveries();
        Sender sender = new Sender(world.knock, new SynchronizationHeaders(new Followers(database, world.domains)));
        assertInstanceOf(DeliveryResult.Arrived.class, sender.send(claimed.getFirst()));
        return world.fediverse.requests().getFirst().headers();
    }

    @Test
    void followersOnlyPostTellsWhoOfTheReceiversPeopleFollow() {
        Map<String, List<String>> headers = deliver(Visibility.PRIVATE);
        String digest = new Followers(database, world.domains).digest(Village.ALICE, world.fediverse.host("far"));
        assertEquals(("collectionId=\"https://village.example/users/alice/followers\", "
            + "url=\"https://village.example/users/alice/followers_synchronization\", digest=\"%s\"").formatted(digest),
            headers.get("Collection-synchronization").getFirst());
        assertTrue(headers.get("Signature").getFirst().contains("headers=\"(request-target) host date digest collection-synchronization\""));
    }

    @Test
    void publicPostTellsNothing() {
        assertFalse(deliver(Visibility.PUBLIC).containsKey("Collection-synchronization"));
    }
}
