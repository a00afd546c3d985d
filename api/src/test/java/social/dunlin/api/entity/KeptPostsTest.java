package social.dunlin.api.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.HAMLET;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.api.access.DomainScope;
import social.dunlin.database.Database;
import social.dunlin.event.Event;
import social.dunlin.id.Host;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.PublishedPost;
import social.dunlin.status.Status;
import social.dunlin.status.StatusChange;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;
import social.dunlin.visibility.Viewer;

/** What is kept of posts is never shown once it is untrue, nor to whom it is not for; and it stays within its bound. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class KeptPostsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Viewer> READERS = Stream.concat(Stream.of(Viewer.anonymous()),
        Stream.of(ALICE, BOB, CAROL, DORA, ERIN).map(Viewer::of)).toList();

    private StatusWorld world;
    private Database database;
    private Renderers renderers;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new StatusWorld(database, vertx, options);
        renderers = new Renderers(world, () -> DomainScope.current().orElseGet(world.village.domains()::defaultDomain), JSON);
        database.execute("insert into custom_emoji (host, shortcode, url, static_url) values ('', 'wave', 'https://village.example/e/1.gif', 'https://village.example/e/1.png')");
    }

    private Status post(long author, String text) {
        return world.post(author, text, Visibility.PUBLIC);
    }

    private String shown(Status status, Viewer viewer) {
        return new String(renderers.posts.render(stored(status), viewer).utf8(), StandardCharsets.UTF_8);
    }

    private Status stored(Status status) {
        return world.statuses.byId(status.id()).orElseThrow();
    }

    private JsonNode tree(Status status, Viewer viewer) {
        try {
            return JSON.readTree(shown(status, viewer));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private String anew(Status status, Viewer viewer) {
        try {
            return new String(JSON.writeValueAsBytes(renderers.entities.render(stored(status), viewer)), StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The answer to publishing, which reads nothing, and what is kept of it for all others. */
    @Test
    void aPostJustPublishedIsKeptAsItWouldBeRead() {
        long application = database.first("""
            insert into oauth_application (client_id, client_secret_hash, name, website, redirect_uris, scopes)
            values ('new-posts', '', 'Client', 'https://client.example', '{}', '{}') returning id""", row -> row.getLong("id")).orElseThrow();
        Status root = post(BOB, "Root");
        for (NewStatus wanted : List.of(NewStatus.text("Hello"), NewStatus.text("A #tag and #Another").withSpoiler("Warning").withVisibility(Visibility.PRIVATE),
                NewStatus.text("Answer").inReplyTo(root.id()), NewStatus.text("Hello @bob :wave:"),
                new NewStatus("With a client", null, null, Visibility.LOCAL, true, "de", null, null, "nobody", List.of(), null, null, application, null))) {
            PublishedPost published = world.service.publishNew(ALICE, wanted);
            String answer = new String(renderers.posts.renderNew(published, Viewer.of(ALICE)).utf8(), StandardCharsets.UTF_8);
            assertEquals(anew(published.status(), Viewer.of(ALICE)), answer);
            READERS.forEach(reader -> assertEquals(anew(published.status(), reader), shown(published.status(), reader)));
        }
    }

    @Test
    void theAnswerToAPlainPostTakesNoStatement() {
        post(ALICE, "Who writes is kept by now");
        shown(post(ALICE, "And this"), Viewer.of(ALICE));
        PublishedPost published = world.service.publishNew(ALICE, NewStatus.text("Plain, with a #tag"));
        long before = database.statementCount();
        renderers.posts.renderNew(published, Viewer.of(ALICE));
        assertEquals(0, database.statementCount() - before);
        Glanced glance = world.reader.glance(Viewer.of(BOB), published.status().id());
        before = database.statementCount();
        renderers.posts.renderOne(glance, Viewer.of(BOB));
        assertEquals(0, database.statementCount() - before, "and the next reader finds it written");
    }

    /** Kept for everybody before the change, and equal after it to what is written anew; the change shows. */
    private void changes(Status status, Runnable change) {
        READERS.forEach(reader -> assertEquals(anew(status, reader), shown(status, reader), "before"));
        String before = shown(status, Viewer.of(BOB));
        change.run();
        READERS.forEach(reader -> assertEquals(anew(status, reader), shown(status, reader), "after"));
        assertNotEquals(before, shown(status, Viewer.of(BOB)), "the change is one");
    }

    @Test
    void anEdit() {
        Status post = post(ALICE, "First");
        changes(post, () -> world.service.edit(world.village.account(ALICE), post.id(), StatusChange.text("Second")));
    }

    @Test
    void mediaOfAServerThatIsRejected() {
        Status post = post(ALICE, "With a picture");
        database.execute("""
            insert into media_attachment (id, account_id, status_id, type, remote_url)
            values (9001, $1, $2, 'image', 'https://rejected.example/x.png')""", ALICE, post.id());
        changes(post, () -> renderers.rejections.reject(Host.parse("rejected.example")));
    }

    @Test
    void aBoostedPostsEdit() {
        Status post = post(ALICE, "Boosted");
        Status boost = world.actions.reblog(world.village.account(CAROL), post.id(), null);
        changes(boost, () -> world.service.edit(world.village.account(ALICE), post.id(), StatusChange.text("Still boosted")));
    }

    @Test
    void countersAndMarks() {
        Status post = post(ALICE, "Counted");
        changes(post, () -> world.actions.favourite(world.village.account(BOB), post.id()));
        changes(post, () -> world.actions.bookmark(world.village.account(BOB), post.id()));
        changes(post, () -> world.actions.reblog(world.village.account(BOB), post.id(), null));
        changes(post, () -> world.actions.mute(world.village.account(BOB), post.id()));
        changes(post, () -> world.service.publish(world.village.account(CAROL), NewStatus.text("Answer").inReplyTo(post.id()).withVisibility(Visibility.PUBLIC)));
    }

    @Test
    void theAuthorsNameAndPictureAndCounters() {
        Status post = post(DORA, "By Dora");
        changes(post, () -> database.execute("update account set display_name = 'Dora D.' where id = $1", DORA));
        changes(post, () -> database.execute("update account set avatar_remote_url = 'https://village.example/dora.png' where id = $1", DORA));
        changes(post, () -> post(DORA, "One more"));
        changes(post, () -> database.execute("update account set suspended_at = now() where id = $1", DORA));
        changes(post, () -> database.execute("update account set suspended_at = null where id = $1", DORA));
        changes(post, () -> database.execute("update account set moved_to_id = $2 where id = $1", DORA, CAROL));
        changes(post, () -> database.execute("update account set display_name = 'Carol, where Dora went' where id = $1", CAROL));
        database.execute("update account set moved_to_id = null where id = $1", DORA);
    }

    @Test
    void anotherPictureOfAnEmoji() throws InterruptedException {
        Status post = post(ALICE, "I :wave: at you");
        assertEquals("https://village.example/e/1.gif", tree(post, Viewer.of(BOB)).at("/emojis/0/url").asText());
        CountDownLatch told = new CountDownLatch(1);
        world.bus.subscribe(Event.EmojisChanged.class, ignored -> told.countDown());
        database.execute("update custom_emoji set url = 'https://village.example/e/2.gif'");
        assertTrue(told.await(60, TimeUnit.SECONDS), "PostgreSQL itself says so");
        // Who was told last says nothing of the others: what comes after them does.
        heard(new Event.StatusDeleted(1, ALICE));
        awaitEqual(post);
        assertEquals("https://village.example/e/2.gif", tree(post, Viewer.of(BOB)).at("/emojis/0/url").asText());
    }

    @Test
    void anotherAddressOfSomebodyMentioned() throws InterruptedException {
        Status post = post(ALICE, "Hello @frida@far.example");
        database.execute("insert into mention (status_id, account_id) values ($1, $2) on conflict do nothing", post.id(), FRIDA);
        assertEquals(anew(post, Viewer.of(BOB)), shown(post, Viewer.of(BOB)));
        database.execute("update account set url = 'https://far.example/@frida-new' where id = $1", FRIDA);
        heard(new Event.AccountChanged(FRIDA));
        awaitEqual(post);
        assertEquals("https://far.example/@frida-new", tree(post, Viewer.of(BOB)).at("/mentions/0/url").asText());
        database.execute("delete from mention where account_id = $1", FRIDA);
        heard(new Event.AccountChanged(FRIDA));
        awaitEqual(post);
        assertEquals(0, tree(post, Viewer.of(BOB)).get("mentions").size());
    }

    private void heard(Event event) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        world.bus.subscribe(event.getClass(), ignored -> told.countDown());
        world.bus.publish(event);
        assertTrue(told.await(60, TimeUnit.SECONDS));
    }

    /** Listeners hear each in their own time. */
    private void awaitEqual(Status post) {
        Eventually.until("it is shown as it is", () -> anew(post, Viewer.of(BOB)).equals(shown(post, Viewer.of(BOB))));
    }

    @Test
    void aCardThatCameLaterAndChanged() {
        Status post = post(ALICE, "Look at https://news.example/duck");
        database.execute("insert into preview_card (url) values ('https://news.example/duck') on conflict do nothing");
        database.execute("insert into status_preview_card select $1, id from preview_card where url = 'https://news.example/duck' on conflict do nothing", post.id());
        changes(post, () -> database.execute("update preview_card set state = 'ready', title = 'A duck' where url = 'https://news.example/duck'"));
        changes(post, () -> database.execute("update preview_card set title = 'Two ducks' where url = 'https://news.example/duck'"));
        database.execute("update preview_card set author_account_id = $1 where url = 'https://news.example/duck'", BOB);
        changes(post, () -> database.execute("update account set attribution_domains = '{news.example}' where id = $1", BOB));
        changes(post, () -> database.execute("update account set display_name = 'Bob of the news' where id = $1", BOB));
        changes(post, () -> database.execute("delete from status_preview_card where status_id = $1", post.id()));
    }

    @Test
    void attachmentsThatBecomeReadyOrAreDescribed() {
        Status post = post(ALICE, "A picture");
        database.execute("insert into media_attachment (id, account_id, status_id, type, state, blob) values (9101, $1, $2, 'image', 'processing', 'x.png')", ALICE, post.id());
        world.service.edit(world.village.account(ALICE), post.id(), StatusChange.text("A picture."));
        database.execute("update media_attachment set status_id = $1 where id = 9101", post.id());
        database.execute("update status set received_at = now() where id = $1", post.id());
        changes(post, () -> database.execute("update media_attachment set state = 'ready' where id = 9101"));
        changes(post, () -> database.execute("update media_attachment set description = 'A duck' where id = 9101"));
    }

    @Test
    void pollsAndAnswersByEmoji() {
        Status post = post(ALICE, "Shall we?");
        database.execute("""
            insert into poll (id, status_id, account_id, options, tallies, multiple, votes_count, voters_count, expires_at)
            values (9201, $1, $2, '{Yes,No}', '{0,0}', false, 0, 0, now() + interval '1 day')""", post.id(), ALICE);
        database.execute("update status set received_at = now() where id = $1", post.id());
        changes(post, () -> world.pollService.vote(world.village.account(BOB), 9201, List.of(0)));
        changes(post, () -> database.execute("update poll set closed_at = now() where id = 9201"));
        changes(post, () -> world.localReactions.react(world.village.account(BOB), post.id(), "🦆"));
        changes(post, () -> world.localReactions.react(world.village.account(CAROL), post.id(), "🦆"));
        changes(post, () -> world.localReactions.unreact(world.village.account(BOB), post.id(), "🦆"));
    }

    @Test
    void quotesThatAreRevokedOrHidden() {
        Status quoted = post(DORA, "Quote me");
        Status quoting = world.service.publish(world.village.account(CAROL), new NewStatus("Look", null, null, Visibility.PUBLIC, null, null, null,
            quoted.id(), null, List.of(), null, null, null, null));
        changes(quoting, () -> world.service.edit(world.village.account(DORA), quoted.id(), StatusChange.text("Quote me, please")));
        changes(quoting, () -> world.actions.favourite(world.village.account(BOB), quoted.id()));
        changes(quoting, () -> database.execute("insert into mute (account_id, target_account_id) values ($1, $2)", BOB, DORA));
        database.execute("delete from mute where account_id = $1", BOB);
        changes(quoting, () -> world.quoteService.revoke(world.village.account(DORA), quoted.id(), quoting.id()));
    }

    @Test
    void aHostTheReaderBlocks() {
        Status theirs = world.post(ALICE, "Quoting afar", Visibility.PUBLIC);
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, content, conversation_id, created_at)
            select 9301, $1, 'https://far.example/9301', false, 'public', '<p>Afar</p>', conversation_id, now() from status where id = $2""", FRIDA, theirs.id());
        database.execute("insert into quote (status_id, quoted_status_id, state) values ($1, 9301, 'accepted')", theirs.id());
        changes(theirs, () -> database.execute("insert into account_domain_block (account_id, host) values ($1, 'far.example')", BOB));
        assertEquals("blocked_domain", tree(theirs, Viewer.of(BOB)).at("/quote/state").asText());
        database.execute("delete from account_domain_block where account_id = $1", BOB);
    }

    @Test
    void aDeletedPostIsForgotten() throws InterruptedException {
        Status post = post(ALICE, "Short life");
        shown(post, Viewer.of(BOB));
        world.service.delete(world.village.account(ALICE), post.id(), false, status -> status);
        assertEquals(List.of(), renderers.posts.render(List.of(post), Viewer.of(BOB)));
        assertTrue(world.reader.list(Viewer.of(BOB), List.of(post.id())).listed().isEmpty());
    }

    @Test
    void readersOfOneKeptPostGetTheirOwnParts() {
        Status post = world.post(ALICE, "For @bob alone", Visibility.DIRECT);
        assertTrue(tree(post, Viewer.of(ALICE)).path("pinned").isMissingNode());
        assertFalse(tree(post, Viewer.of(BOB)).get("favourited").asBoolean());
        world.actions.favourite(world.village.account(BOB), post.id());
        assertTrue(tree(post, Viewer.of(BOB)).get("favourited").asBoolean());
        assertFalse(tree(post, Viewer.of(ALICE)).get("favourited").asBoolean());
        assertTrue(tree(post, Viewer.anonymous()).path("favourited").isMissingNode());
        // It is kept by now, and still there for nobody else.
        assertEquals(List.of(post.id()), world.reader.list(Viewer.of(BOB), List.of(post.id())).ids());
        assertEquals(List.of(), world.reader.list(Viewer.of(DORA), List.of(post.id())).ids());
        assertEquals(List.of(), world.reader.list(Viewer.anonymous(), List.of(post.id())).ids());
    }

    @Test
    void domainsOfOursAreNamedEachFromItsOwnSide() {
        Status post = post(ALICE, "Hello @erin@hamlet.example");
        String here = shown(post, Viewer.anonymous());
        DomainScope.within(world.village.domains().byName(HAMLET).orElseThrow(), () -> {
            assertEquals(anew(post, Viewer.anonymous()), shown(post, Viewer.anonymous()));
            assertNotEquals(here, shown(post, Viewer.anonymous()));
            return null;
        });
        assertEquals(here, shown(post, Viewer.anonymous()));
    }

    /** That keep nothing yet, and hear of nothing that other tests have changed. */
    private Renderers fresh(long mostBytes) {
        return new Renderers(world, world.village.domains()::defaultDomain, JSON, mostBytes);
    }

    @Test
    void whatIsKeptCostsNoStatement() {
        Renderers renderers = fresh(4 << 20);
        List<Status> posts = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            posts.add(post(CAROL, "Number " + number));
        }
        READERS.forEach(reader -> renderers.posts.render(posts, reader));
        READERS.forEach(this::publicPage);
        for (Viewer reader : READERS) {
            long before = database.statementCount();
            renderers.posts.renderPage(publicPage(reader), reader);
            assertEquals(1, database.statementCount() - before);
        }
    }

    private Glanced publicPage(Viewer reader) {
        return world.timelines.publicPosts(reader, social.dunlin.timeline.Timelines.Reach.ALL, 0, false, Page.first(10)).glances();
    }

    @Test
    void theBoundHoldsAndTheOldestGoes() {
        Renderers small = fresh(30_000);
        List<Status> posts = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            posts.add(post(CAROL, "Bounded " + "x".repeat(400) + number));
        }
        posts.forEach(post -> small.posts.render(post, Viewer.of(BOB)));
        assertTrue(small.kept.bytes() <= 30_000 && small.kept.size() > 2 && small.kept.size() < 40, () -> small.kept.size() + " posts, " + small.kept.bytes());
        long before = database.statementCount();
        small.posts.render(posts.getLast(), Viewer.of(BOB));
        long kept = database.statementCount() - before;
        before = database.statementCount();
        small.posts.render(posts.getFirst(), Viewer.of(BOB));
        assertEquals(1, kept);
        assertTrue(database.statementCount() - before > kept);
        small.kept.clear();
        assertEquals(0, small.kept.size());
        assertEquals(0, small.kept.bytes());
    }

    @Test
    void nothingIsKeptOfAPreviewThatIsTakenBack() {
        Renderers renderers = fresh(4 << 20);
        world.service.preview(world.village.account(ALICE), NewStatus.text("Only a try").withVisibility(Visibility.PUBLIC),
            status -> renderers.posts.render(status, Viewer.of(ALICE)));
        assertEquals(0, renderers.kept.size());
    }
}
