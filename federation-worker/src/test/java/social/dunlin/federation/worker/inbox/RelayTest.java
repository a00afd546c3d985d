package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
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
import social.dunlin.federation.outbox.OutboxTask;
import social.dunlin.federation.relay.Relay;
import social.dunlin.federation.relay.Relays;
import social.dunlin.federation.worker.outbox.OutboxHandler;
import social.dunlin.federation.worker.relay.RelaySubscriptionHandler;
import social.dunlin.paging.Page;
import social.dunlin.queue.JobRun;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.timeline.Timelines;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayTest {
    private static final String INSTANCE = "https://village.example/actor";

    private Database database;
    private FederationWorld world;
    private ForwardingWorld inbox;
    private RelaySubscriptionHandler subscriptions;
    private OutboxHandler outbox;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        inbox = new ForwardingWorld(database, vertx, options);
        world = inbox.world;
        subscriptions = new RelaySubscriptionHandler(world.relays, world.actors);
        outbox = new OutboxHandler(database, world.posts.statuses, world.posts.polls, world.accounts, world.activities, world.actorDocuments,
            world.deliveries);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from job");
        database.execute("delete from relay");
        database.execute("delete from outgoing_activity");
        world.fediverse.forgetRequests();
    }

    /** An application that relays, on a fake server. */
    private Account application(String server) {
        Account actor = inbox.actor(server, "relay");
        world.fediverse.serve(actor.uri(), world.actor(server, actor.username()).replace("\"Person\"", "\"Application\""));
        world.actors.fetch(actor.uri(), Budgets.forActivity());
        return world.accounts.byUri(actor.uri()).orElseThrow();
    }

    private void add(String url) {
        world.relays.add(url);
        database.list("select payload from job where kind = $1", row -> row.getString("payload"), Relays.KIND)
            .forEach(payload -> subscriptions.handle(new JobRun(1, Relays.KIND, payload, 1, "")));
        database.execute("delete from job");
    }

    private Relay only() {
        assertEquals(1, world.relays.all().size());
        return world.relays.all().getFirst();
    }

    private List<String> sentTo(String inboxUrl) {
        return database.list("""
            select body from delivery join outgoing_activity on outgoing_activity.id = delivery.activity_id
            where inbox_url = $1 order by delivery.id""", row -> row.getString("body"), inboxUrl);
    }

    private void accept(Account relay) {
        inbox.receive(relay, ForwardingWorld.activity(relay, "Accept", "{\"id\": \"%s\", \"type\": \"Follow\"}".formatted(only().followUri()), ""));
    }

    /** Joined by its inbox. */
    private Account joined(String server) {
        Account relay = application(server);
        add(world.fediverse.url(server, "/inbox"));
        accept(relay);
        assertEquals(Relay.State.ACCEPTED, only().state());
        database.execute("delete from outgoing_activity");
        return relay;
    }

    @Test
    void relayNamedByItsInboxIsAskedByAFollowOfPublic() {
        String url = world.fediverse.url("far", "/inbox");
        add(url);
        Relay relay = only();
        assertEquals(Relay.State.PENDING, relay.state());
        String follow = sentTo(url).getFirst();
        assertTrue(follow.contains("\"type\":\"Follow\"") && follow.contains("\"object\":\"" + ForwardingWorld.PUBLIC + "\"")
            && follow.contains("\"actor\":\"" + INSTANCE + "\"") && follow.contains(relay.followUri()), follow);
        add(url);
        assertEquals(1, sentTo(url).size(), "asked once");
    }

    @Test
    void relayNamedByItsActorIsFollowedAndFollowedBack() {
        Account actor = application("other");
        add(actor.uri());
        String follow = sentTo(actor.inboxUrl()).getFirst();
        assertTrue(follow.contains("\"object\":\"" + actor.uri() + "\""), follow);
        accept(actor);
        assertEquals(Relay.State.ACCEPTED, only().state());
        inbox.receive(actor, ForwardingWorld.activity(actor, "Follow", "\"" + INSTANCE + "\"", ""));
        assertTrue(sentTo(actor.inboxUrl()).getLast().contains("\"type\":\"Accept\""), sentTo(actor.inboxUrl()).toString());
    }

    @Test
    void answerFromAnotherHostIsNone() {
        Account evil = application("evil");
        add(world.fediverse.url("far", "/inbox"));
        accept(evil);
        assertEquals(Relay.State.PENDING, only().state());
    }

    @Test
    void rejectedRelayMayBeAskedAgain() {
        Account relay = application("far");
        add(world.fediverse.url("far", "/inbox"));
        inbox.receive(relay, ForwardingWorld.activity(relay, "Reject", "\"" + only().followUri() + "\"", ""));
        assertEquals(Relay.State.REJECTED, only().state());
        add(only().url());
        assertEquals(Relay.State.PENDING, only().state());
    }

    @Test
    void actorThatIsNotThereIsNoRelay() {
        add(world.fediverse.url("far", "/no-such-actor"));
        assertEquals(Relay.State.FAILED, only().state());
    }

    @Test
    void announcedPostIsFetchedAndStandsAmongThePublicOnesWithoutABoost() {
        Account relay = joined("far");
        Account author = inbox.actor("other", "author");
        String note = author.uri() + "/notes/" + ForwardingWorld.number();
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), null));
        inbox.receive(relay, ForwardingWorld.activity(relay, "Announce", "\"" + note + "\"", ""));
        Status stored = world.posts.statuses.byUri(note).orElseThrow();
        assertEquals(0, stored.reblogsCount());
        assertTrue(world.posts.timelines.publicPosts(Viewer.of(Village.ALICE), Timelines.Reach.ALL, 0, false,
            new Page(null, null, null, 40)).statuses().stream().anyMatch(status -> status.id() == stored.id()));
    }

    @Test
    void hostileInput25_whatARelayBringsAlongIsNotTaken() {
        Account relay = joined("far");
        Account author = inbox.actor("victim", "author");
        String note = author.uri() + "/notes/" + ForwardingWorld.number();
        inbox.receive(relay, ForwardingWorld.activity(relay, "Announce", FederationWorld.note(note, author.uri(), null), ""));
        assertTrue(world.posts.statuses.byUri(note).isEmpty());
    }

    @Test
    void originalThatARelayPassesOnIsFetched() {
        Account relay = joined("far");
        Account author = inbox.actor("other", "original");
        String note = author.uri() + "/notes/" + ForwardingWorld.number();
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), null));
        String activity = ForwardingWorld.activity(author, "Create", FederationWorld.note(note, author.uri(), null).replace("text", "forged"), ", \"signature\": {}");
        Account stranger = inbox.actor("evil", "no-relay");
        inbox.passOn(stranger, activity);
        assertTrue(world.posts.statuses.byUri(note).isEmpty(), "nobody asked for what strangers pass on");
        inbox.passOn(relay, activity);
        assertEquals("<p>text</p>", world.posts.statuses.byUri(note).orElseThrow().content());
    }

    @Test
    void announcementOfWhoIsNoRelayIsABoostOrNothing() {
        Account stranger = application("evil");
        Account author = inbox.actor("other", "unasked");
        String note = author.uri() + "/notes/" + ForwardingWorld.number();
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), null));
        inbox.receive(stranger, ForwardingWorld.activity(stranger, "Announce", "\"" + note + "\"", ""));
        assertTrue(world.posts.statuses.byUri(note).isEmpty());
    }

    private void publish(Status status) {
        tell(new OutboxTask.StatusCreated(status.id()));
    }

    private void tell(OutboxTask task) {
        outbox.handle(new JobRun(1, OutboxTask.KIND, task.job(Village.ALICE).payload(), 1, ""));
    }

    @Test
    void publicPostsAloneGoToRelays() {
        joined("far");
        String url = only().url();
        for (Visibility visibility : List.of(Visibility.UNLISTED, Visibility.PRIVATE, Visibility.DIRECT, Visibility.LOCAL)) {
            publish(world.posts.post(Village.MALLORY, "not for everybody", visibility));
        }
        assertEquals(List.of(), sentTo(url));
        Status open = world.posts.post(Village.MALLORY, "for everybody", Visibility.PUBLIC);
        publish(open);
        assertEquals(1, sentTo(url).size());
        world.outbox.statusDeleted(open.id());
        assertTrue(sentTo(url).getLast().contains("\"type\":\"Delete\""));
        publish(world.posts.actions.reblog(world.posts.village.account(Village.BOB), open.id(), null));
        assertTrue(sentTo(url).getLast().contains("\"type\":\"Announce\""));
    }

    @Test
    void pendingRelayGetsNothing() {
        add(world.fediverse.url("far", "/inbox"));
        database.execute("delete from outgoing_activity");
        publish(world.posts.post(Village.MALLORY, "too early", Visibility.PUBLIC));
        assertEquals(List.of(), sentTo(only().url()));
    }

    @Test
    void relayIsToldWhenItIsLeft() {
        Account relay = joined("far");
        Relay before = only();
        world.relays.remove(before.url());
        assertTrue(world.relays.all().isEmpty());
        String undo = sentTo(before.inboxUrl()).getFirst();
        assertTrue(undo.contains("\"type\":\"Undo\"") && undo.contains(before.followUri()), undo);
        assertFalse(world.relays.isRelay(relay.uri()));
        assertThrows(Refusal.class, () -> world.relays.remove(before.url()));
    }

    @Test
    void relayIsNamedByAnAddressOfAnotherServer() {
        for (String url : List.of("relay", "http://relay.example/inbox", "https://village.example/inbox")) {
            assertThrows(Refusal.class, () -> world.relays.add(url));
        }
    }

    @Test
    void talliesOfAPollAreNotMultipliedByRelays() {
        Account relay = joined("far");
        Account follower = inbox.actor("other", "reader");
        world.posts.village.follow(follower.id(), Village.ALICE);
        Status poll = world.posts.post(Village.ALICE, "a poll", Visibility.PUBLIC);
        database.execute("delete from outgoing_activity");
        tell(new OutboxTask.PollChanged(poll.id()));
        assertEquals(1, sentTo(follower.deliveryInbox()).size());
        assertTrue(sentTo(relay.inboxUrl()).isEmpty() && sentTo(only().inboxUrl()).isEmpty());
        database.execute("delete from follow where account_id = $1", follower.id());
    }
}
