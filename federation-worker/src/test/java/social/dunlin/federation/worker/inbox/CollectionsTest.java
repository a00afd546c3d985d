package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static social.dunlin.federation.worker.inbox.InboxWorld.activity;
import static social.dunlin.federation.worker.inbox.InboxWorld.quoted;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.worker.actor.ActorRefreshHandler;
import social.dunlin.federation.worker.inbox.InboxMetrics.Outcome;
import social.dunlin.queue.JobRun;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectionsTest {
    private InboxWorld inbox;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        inbox = new InboxWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    private static int number;

    /** Somebody with pinned posts whom Alice follows. */
    private Account pinner() {
        String name = "pinner" + ++number;
        String uri = inbox.federation.settle("far", name);
        inbox.federation.fediverse.serve(uri, inbox.federation.actor("far", name).replace("\"name\"", "\"featured\": \"" + uri + "/featured\", \"name\""));
        return inbox.followed(inbox.fetched(uri));
    }

    private Outcome send(Account sender, String type, String object, String target) {
        return inbox.receive(sender.uri(), activity(sender.uri(), type, object, ", \"target\": \"" + target + "\"")).outcome();
    }

    private long pins(Account account) {
        return inbox.count("status_pin", "account_id = $1", account.id());
    }

    @Test
    void pinnedPostIsFetchedWhenUnknownAndUnpinned() {
        Account pinner = pinner();
        String uri = pinner.uri() + "/notes/best";
        inbox.federation.fediverse.serve(uri, FederationWorld.note(uri, pinner.uri(), null));
        send(pinner, "Add", quoted(uri), pinner.featuredUrl());
        assertEquals(1, pins(pinner));
        assertEquals(inbox.status(uri).id(), inbox.federation.posts.timelines.pinned(Viewer.anonymous(), pinner.id()).statuses().getFirst().id());
        send(pinner, "Remove", quoted(uri), pinner.featuredUrl());
        assertEquals(0, pins(pinner));
    }

    @Test
    void hostileInput44_nobodyPinsOthersPostsNorToOthersPages() {
        Account pinner = pinner();
        Account victim = pinner();
        Status others = inbox.federation.posts.remotePost(victim.id(), "others" + number, Visibility.PUBLIC);
        Status own = inbox.federation.posts.remotePost(pinner.id(), "own" + number, Visibility.PUBLIC);
        send(pinner, "Add", quoted(others.uri()), pinner.featuredUrl());
        assertEquals(Outcome.IGNORED, send(pinner, "Add", quoted(own.uri()), victim.featuredUrl()));
        assertEquals(0, pins(pinner) + pins(victim));
    }

    @Test
    void directMessagesAreNotPinned() {
        Account pinner = pinner();
        Status direct = inbox.federation.posts.remotePost(pinner.id(), "psst" + number, Visibility.DIRECT);
        send(pinner, "Add", quoted(direct.uri()), pinner.featuredUrl());
        assertEquals(0, pins(pinner));
    }

    @Test
    void featuredHashtagsComeAndGo() {
        Account pinner = pinner();
        String hashtag = "{\"type\": \"Hashtag\", \"name\": \"#Gardens\", \"href\": \"https://far.example/tags/gardens\"}";
        send(pinner, "Add", hashtag, pinner.featuredUrl());
        send(pinner, "Add", hashtag.replace("Gardens", "GARDENS"), pinner.featuredUrl());
        String joined = "account_id = $1 and tag_id = (select id from tag where name = 'gardens')";
        assertEquals(1, inbox.count("featured_tag", joined, pinner.id()));
        send(pinner, "Remove", hashtag, pinner.featuredUrl());
        assertEquals(0, inbox.count("featured_tag", joined, pinner.id()));
    }

    @Test
    void pinsOfOneAccountHaveAnEnd() {
        Account pinner = pinner();
        for (int each = 0; each < 55; each++) {
            Status post = inbox.federation.posts.remotePost(pinner.id(), "many" + number + "-" + each, Visibility.PUBLIC);
            send(pinner, "Add", quoted(post.uri()), pinner.featuredUrl());
        }
        assertEquals(50, pins(pinner));
    }

    @Test
    void collectionsThatAreNotKeptAreIgnored() {
        Account pinner = pinner();
        assertEquals(Outcome.IGNORED, send(pinner, "Add", "{\"type\": \"Story\", \"id\": \"" + pinner.uri() + "/stories/1\"}", pinner.uri() + "/stories"));
        assertEquals(Outcome.IGNORED, inbox.receive(pinner.uri(), activity(pinner.uri(), "Add", quoted(pinner.uri() + "/notes/1"))).outcome());
    }

    @Test
    void pinsOfWhoTellsNobodyAreReadWithTheActor() {
        Account pinner = pinner();
        Account victim = pinner();
        Status others = inbox.federation.posts.remotePost(victim.id(), "foreign" + number, Visibility.PUBLIC);
        Status old = inbox.federation.posts.remotePost(pinner.id(), "unpinned" + number, Visibility.PUBLIC);
        send(pinner, "Add", quoted(old.uri()), pinner.featuredUrl());
        String first = pinner.uri() + "/notes/first";
        String second = pinner.uri() + "/notes/second";
        inbox.federation.fediverse.serve(first, FederationWorld.note(first, pinner.uri(), null));
        inbox.federation.fediverse.serve(second, FederationWorld.note(second, pinner.uri(), null));
        inbox.federation.fediverse.serve(pinner.featuredUrl(), """
            {"id": "%s", "type": "OrderedCollection", "orderedItems": ["%s", %s, "%s"]}""".formatted(pinner.featuredUrl(), first,
            FederationWorld.note(second, pinner.uri(), null).replace("text", "forged"), others.uri()));
        new ActorRefreshHandler(inbox.federation.actors, inbox.federation.featured)
            .handle(new JobRun(1, "actor_refresh", pinner.uri(), 1, ""));
        assertEquals(List.of(first, second), inbox.federation.posts.timelines.pinned(Viewer.anonymous(), pinner.id()).statuses().stream().map(Status::uri).toList());
        assertEquals("<p>text</p>", inbox.status(second).content());
    }
}
