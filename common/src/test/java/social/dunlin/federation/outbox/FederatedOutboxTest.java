package social.dunlin.federation.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.relationship.Relationship;
import social.dunlin.relationship.RelationshipService;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederatedOutboxTest {
    private static final String FAR = "https://far.example/inbox";
    private static final String OTHER = "https://other.example/inbox";

    private Database database;
    private FederationWorld world;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
        database.execute("delete from job");
    }

    private List<String> inboxes() {
        return database.list("select inbox_url from delivery order by priority, inbox_url", row -> row.getString("inbox_url"));
    }

    private JsonNode body() throws JsonProcessingException {
        return new ObjectMapper().readTree(database.first("select body from outgoing_activity", row -> row.getString("body")).orElseThrow());
    }

    @Test
    void manyFollowersOfOneServerShareOneDelivery() {
        world.posts.village.follow(Village.FRIDA, Village.ALICE);
        world.posts.village.follow(Village.HEDY, Village.ALICE);
        world.deliveries.send(new OutgoingActivity(Village.ALICE, "https://village.example/1", "s", "{}"), Audience.followers(Village.ALICE));
        assertEquals(List.of(FAR, OTHER), inboxes());
        database.execute("delete from follow where target_account_id = $1 and account_id in ($2, $3)", Village.ALICE, Village.FRIDA, Village.HEDY);
    }

    @Test
    void mentionedPeopleComeFirst() {
        world.deliveries.send(new OutgoingActivity(Village.ALICE, "https://village.example/2", "s", "{}"),
            Audience.followers(Village.ALICE).and(List.of(Village.HEDY)));
        assertEquals(List.of(OTHER, FAR), inboxes());
    }

    @Test
    void nothingIsWrittenWhenNobodyRemoteIsConcerned() {
        assertEquals(0, world.deliveries.send(new OutgoingActivity(Village.ALICE, "https://village.example/3", "s", "{}"),
            Audience.accounts(List.of(Village.BOB, Village.CAROL))));
        assertFalse(database.exists("select from outgoing_activity"));
    }

    @Test
    void answerToAPostThatStaysHereDoesNotTellOfIt() {
        Status root = world.posts.post(Village.ALICE, "Among us", Visibility.LOCAL);
        Status answer = world.posts.service.publish(world.posts.village.account(Village.BOB),
            NewStatus.text("To my friends elsewhere").inReplyTo(root.id()).withVisibility(Visibility.PRIVATE));
        assertEquals(null, world.notes.view(answer).inReplyTo());
        assertFalse(world.activities.made(answer).toString().contains(root.uri()));
    }

    @Test
    void suspendedServersPeopleGetNothing() {
        world.posts.suspend(Village.GUSTAV);
        assertEquals(0, world.deliveries.send(new OutgoingActivity(Village.ALICE, "https://village.example/4", "s", "{}"), Audience.followers(Village.ALICE)));
        world.posts.reinstate(Village.GUSTAV);
    }

    @ParameterizedTest
    @EnumSource(value = Visibility.class, names = {"LOCAL", "LOCAL_UNLISTED"})
    void localPostsNeverLeave(Visibility visibility) {
        Status status = world.posts.post(Village.ALICE, "for us", visibility);
        world.outbox.statusCreated(status.id());
        world.outbox.statusEdited(status.id());
        world.outbox.statusDeleted(status.id());
        assertFalse(database.exists("select from delivery"));
        assertFalse(database.exists("select from job where kind = $1", OutboxTask.KIND));
    }

    @Test
    void createdPostLeavesAJobInTheSameTransaction() {
        Status status = world.posts.post(Village.ALICE, "hello", Visibility.PUBLIC);
        world.outbox.statusCreated(status.id());
        assertTrue(database.exists("select from job where kind = $1 and fair_key = $2", OutboxTask.KIND, "account " + Village.ALICE));
    }

    @Test
    void deletedPostIsToldToEverybodyWhoMayHaveIt() throws JsonProcessingException {
        Status status = world.posts.post(Village.ALICE, "soon gone", Visibility.PUBLIC);
        database.execute("insert into favourite (account_id, status_id) values ($1, $2)", Village.HEDY, status.id());
        world.outbox.statusDeleted(status.id());
        assertEquals(List.of(OTHER, FAR), inboxes());
        assertEquals("Delete", body().path("type").asText());
        assertEquals(status.uri(), body().path("object").path("id").asText());
    }

    @Test
    void directPostIsDeletedOnlyAtThoseMentioned() {
        world.posts.resolvable.add(world.posts.village.account(Village.HEDY));
        Status status = world.posts.post(Village.ALICE, "@hedy@other.example psst", Visibility.DIRECT);
        world.outbox.statusDeleted(status.id());
        assertEquals(List.of(OTHER), inboxes());
    }

    @Test
    void acceptEmbedsTheFollowWithItsOriginalId() throws JsonProcessingException {
        world.outbox.followAccepted(Village.ALICE, Village.GUSTAV, "https://far.example/follows/7");
        assertEquals(List.of(FAR), inboxes());
        JsonNode follow = body().path("object");
        assertEquals("https://far.example/follows/7", follow.path("id").asText());
        assertEquals("https://far.example/users/gustav", follow.path("actor").asText());
        assertEquals("https://village.example/users/alice", follow.path("object").asText());
        assertFalse(follow.has("@context"));
    }

    @Test
    void manyFollowsAreToldAtTheCostOfOne() {
        List<FollowTold> follows = List.of(new FollowTold(Village.ALICE, Village.GUSTAV, null), new FollowTold(Village.ALICE, Village.HEDY, null),
            new FollowTold(Village.BOB, Village.FRIDA, "https://village.example/f"), new FollowTold(Village.ALICE, Village.BOB, null));
        long one = statements(() -> world.outbox.followsUndone(follows.subList(0, 1)));
        assertEquals(one, statements(() -> world.outbox.followsUndone(follows)));
        assertEquals(2, one);
        assertEquals(List.of(FAR, FAR, FAR, OTHER), inboxes(), "who lives here is told nothing");
        assertTrue(bodies().stream().allMatch(body -> body.path("type").asText().equals("Undo")));
        world.posts.suspend(Village.GUSTAV);
        database.execute("delete from outgoing_activity");
        world.outbox.followsRejected(follows.subList(0, 2));
        assertEquals(List.of(OTHER), inboxes());
        world.posts.reinstate(Village.GUSTAV);
    }

    private long statements(Runnable work) {
        long before = database.statementCount();
        work.run();
        return database.statementCount() - before;
    }

    private List<JsonNode> bodies() {
        return database.list("select body from outgoing_activity order by id", row -> {
            try {
                return new ObjectMapper().readTree(row.getString("body"));
            } catch (JsonProcessingException broken) {
                throw new IllegalStateException(broken);
            }
        });
    }

    @Test
    void blockAndItsEndTellTheSameActivity() {
        RelationshipService relationships = RelationshipServices.of(database, world.outbox);
        relationships.block(Village.DORA, Village.IVAN);
        relationships.unblock(Village.DORA, Village.IVAN);
        List<JsonNode> told = bodies();
        assertEquals(List.of("Block", "Undo"), told.stream().map(body -> body.path("type").asText()).toList());
        assertEquals("https://other.example/users/ivan", told.getFirst().path("object").asText());
        assertEquals(told.getFirst().path("id").asText(), told.getLast().path("object").path("id").asText());
        assertEquals("Block", told.getLast().path("object").path("type").asText());
        assertEquals(List.of(OTHER, OTHER), inboxes());
    }

    @Test
    void followerWhoIsSentAwayIsRejected() throws JsonProcessingException {
        database.execute("insert into follow (account_id, target_account_id, uri) values ($1, $2, 'https://other.example/follows/9')", Village.IVAN, Village.DORA);
        Relationship left = RelationshipServices.of(database, world.outbox).removeFollower(Village.DORA, Village.IVAN);
        assertFalse(left.followedBy());
        assertEquals(List.of(OTHER), inboxes());
        assertEquals("Reject", body().path("type").asText());
        assertEquals("https://other.example/follows/9", body().path("object").path("id").asText());
        assertEquals("https://other.example/users/ivan", body().path("object").path("actor").asText());
    }

    @Test
    void hashtagOnTheProfileIsAddedAndRemovedAtFollowers() {
        world.outbox.hashtagFeatured(Village.ALICE, "Möwen", true);
        world.outbox.hashtagFeatured(Village.ALICE, "Möwen", false);
        List<JsonNode> told = bodies();
        assertEquals(List.of("Add", "Remove"), told.stream().map(body -> body.path("type").asText()).toList());
        JsonNode hashtag = told.getFirst().path("object");
        assertEquals("Hashtag #Möwen https://village.example/tags/M%C3%B6wen",
            hashtag.path("type").asText() + " " + hashtag.path("name").asText() + " " + hashtag.path("href").asText());
        assertEquals("https://village.example/users/alice/collections/featured", told.getFirst().path("target").asText());
        assertEquals(List.of(FAR, FAR), inboxes());
    }

    @Test
    void followRequestKeepsTheIdItWasSentUnder() throws JsonProcessingException {
        world.posts.village.askToFollow(Village.ALICE, Village.HEDY);
        world.outbox.followRequested(Village.ALICE, Village.HEDY);
        String kept = database.first("select uri from follow_request where account_id = $1 and target_account_id = $2",
            row -> row.getString("uri"), Village.ALICE, Village.HEDY).orElseThrow();
        assertEquals(kept, body().path("id").asText());
        database.execute("delete from follow_request where account_id = $1", Village.ALICE);
    }

    @Test
    void favouriteOfALocalPostIsNobodysBusinessElsewhere() {
        Status status = world.posts.post(Village.BOB, "mine", Visibility.PUBLIC);
        world.outbox.favourited(Village.ALICE, status.id());
        assertFalse(database.exists("select from delivery"));
    }

    @Test
    void undoOfALikeEmbedsTheLikeThatWasSent() throws JsonProcessingException {
        Status status = world.posts.remotePost(Village.HEDY, "liked", Visibility.PUBLIC);
        database.execute("insert into favourite (account_id, status_id) values ($1, $2)", Village.ALICE, status.id());
        world.outbox.favourited(Village.ALICE, status.id());
        String like = body().path("id").asText();
        database.execute("delete from outgoing_activity");
        world.outbox.favouriteUndone(Village.ALICE, status.id(), like);
        assertEquals(like, body().path("object").path("id").asText());
        assertEquals(status.uri(), body().path("object").path("object").asText());
    }

    @Test
    void whoWasShownAPostByABoostFromHereLearnsThatItIsGone() {
        Status post = world.posts.post(Village.DORA, "passed on", Visibility.PUBLIC);
        world.posts.actions.reblog(world.posts.village.account(Village.BOB), post.id(), null);
        world.posts.village.follow(Village.HEDY, Village.BOB);
        database.execute("delete from outgoing_activity");
        world.outbox.statusDeleted(post.id());
        assertEquals(List.of(OTHER), inboxes());
        database.execute("delete from follow where target_account_id = $1 and account_id = $2", Village.BOB, Village.HEDY);
    }
}
