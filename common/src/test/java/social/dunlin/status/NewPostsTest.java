package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.GUSTAV;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.PublishedPost.Fresh;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

/** What is known of a post that has just been written is what is there, and costs no look. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class NewPostsTest {
    private static final NewStatus PLAIN = NewStatus.text("Some #words with a #tag").withVisibility(Visibility.UNLISTED);

    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
    }

    @Test
    void whatIsGivenIsWhatIsStored() {
        Status parent = world.post(ALICE, "Root", Visibility.PUBLIC);
        for (NewStatus wanted : List.of(PLAIN, PLAIN.withSpoiler("A warning"), PLAIN.inReplyTo(parent.id()), NewStatus.text("Psst @alice").withVisibility(Visibility.DIRECT),
                NewStatus.text("Which?").withPoll(new NewStatus.NewPoll(List.of("One", "Other"), Duration.ofHours(1), false, false)),
                new NewStatus("Quoting", null, "text/markdown", Visibility.PUBLIC, true, "de", null, parent.id(), null, List.of(), null, null, null, null))) {
            Status post = world.service.publish(world.village.account(BOB), wanted);
            assertEquals(world.statuses.byId(post.id()).orElseThrow(), post);
        }
    }

    @Test
    void theGlanceGivenIsThatOfTheAuthorWhoLooks() {
        Fresh fresh = fresh(PLAIN);
        Glanced seen = world.glances.of(Viewer.of(BOB), List.of(fresh.glance().id()));
        assertEquals(seen.byId().get(fresh.glance().id()), fresh.glance());
        assertEquals(List.of("tag", "words"), fresh.tags());
        assertEquals(world.details.tags(List.of(fresh.glance().id())).get(fresh.glance().id()).stream().map(StatusDetails.Tag::name).toList(), fresh.tags());
    }

    @Test
    void oneInAThreadThatItsAuthorHasMutedSaysSo() {
        Status parent = world.post(ALICE, "Root", Visibility.PUBLIC);
        world.database.execute("insert into conversation_mute (account_id, conversation_id) values ($1, $2)", BOB, parent.conversationId());
        assertTrue(fresh(PLAIN.inReplyTo(parent.id())).glance().flags().muted());
    }

    private Fresh fresh(NewStatus wanted) {
        return world.service.publishNew(BOB, wanted).fresh().orElseThrow();
    }

    @Test
    void whatNeedsALookSaysNothing() {
        assertTrue(world.service.publishNew(BOB, NewStatus.text("Hello @alice")).fresh().isEmpty());
        assertTrue(world.service.publishNew(BOB, PLAIN.withIdempotencyKey("once")).fresh().isPresent());
        assertTrue(world.service.publishNew(BOB, PLAIN.withIdempotencyKey("once")).fresh().isEmpty());
    }

    private long statementsOf(Runnable work) {
        long before = world.database.statementCount();
        work.run();
        return world.database.statementCount() - before;
    }

    @Test
    void aPlainPostTakesOneStatement() {
        world.service.publishNew(BOB, PLAIN);
        assertEquals(1, statementsOf(() -> world.service.publishNew(BOB, PLAIN)));
        assertEquals(1, statementsOf(() -> world.service.publishNew(BOB, PLAIN.withIdempotencyKey("of one statement"))));
    }

    @Test
    void anAnswerTakesMore() {
        long parent = world.post(ALICE, "Root", Visibility.PUBLIC).id();
        assertEquals(6, statementsOf(() -> world.service.publishNew(BOB, PLAIN.inReplyTo(parent))),
            "of the author, of the post answered and whether they may, of the post, of the counter of answers, of the feeds; and begin and commit");
    }

    /** Each between two posts of an author who is remembered. */
    @Test
    void whatChangesOfItsAuthorIsSeenAtOnce() {
        world.service.publishNew(ALICE, PLAIN);
        for (String change : List.of(
            "insert into account_setting (account_id, default_language) values ($1, 'eo') on conflict (account_id) do update set default_language = 'eo'",
            "update account_setting set default_language = 'la' where account_id = $1", "update account_setting set default_language = null, default_sensitive = true where account_id = $1")) {
            world.database.execute(change, ALICE);
            Status after = world.service.publishNew(ALICE, PLAIN).status();
            String language = change.contains("eo") ? "eo" : change.contains("la'") ? "la" : null;
            assertEquals(world.statuses.byId(after.id()).orElseThrow(), after);
            if (language != null) {
                assertEquals(language, after.language());
            } else {
                assertTrue(after.sensitive());
            }
        }
        world.database.execute("update account set silenced_at = now() where id = $1", ALICE);
        assertEquals(Visibility.UNLISTED, world.service.publishNew(ALICE, PLAIN.withVisibility(Visibility.PUBLIC)).status().visibility());
        world.database.execute("update account set silenced_at = null where id = $1", ALICE);
        assertEquals(Visibility.PUBLIC, world.service.publishNew(ALICE, PLAIN.withVisibility(Visibility.PUBLIC)).status().visibility());
        world.database.execute("update account set moved_to_id = $2 where id = $1", ALICE, BOB);
        assertThrows(Refusal.class, () -> world.service.publishNew(ALICE, PLAIN));
        world.database.execute("update account set moved_to_id = null where id = $1", ALICE);
        assertEquals("Welcome back", world.service.publishNew(ALICE, NewStatus.text("Welcome back")).status().textSource());
        world.database.execute("delete from account_setting where account_id = $1", ALICE);
    }

    @Test
    void whoFollowsNowIsToldFromTheNextPostOn() {
        long watched = DORA;
        world.service.publishNew(watched, PLAIN);
        assertConcerns(false, watched, PLAIN);
        world.database.execute("insert into follow (account_id, target_account_id, notify) values ($1, $2, true)", BOB, watched);
        long post = world.service.publishNew(watched, PLAIN).status().id();
        assertTrue(world.database.exists("select from notification where account_id = $1 and status_id = $2", BOB, post));
        assertTrue(world.database.exists("select from home_entry where account_id = $1 and status_id = $2", BOB, post));
        world.database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", GUSTAV, watched);
        assertConcerns(true, watched, PLAIN);
        world.database.execute("delete from follow where target_account_id = $1", watched);
        assertConcerns(false, watched, PLAIN);
    }

    @Test
    void tagsThatAreKnownAndThoseThatAreNewAreTied() {
        world.post(BOB, "#earlier", Visibility.PUBLIC);
        Fresh fresh = fresh(NewStatus.text("#Never #earlier").withVisibility(Visibility.PUBLIC));
        assertEquals(List.of("earlier", "never"), fresh.tags());
        assertEquals(List.of("earlier", "never"),
            world.details.tags(List.of(fresh.glance().id())).get(fresh.glance().id()).stream().map(StatusDetails.Tag::name).toList());
    }

    /** As {@link social.dunlin.federation.document.StatusActivities#audienceOfCreate} has it, but for what nobody can tell before. */
    @Test
    void theOutboxHearsWhatConcernsAnotherServer() {
        Status theirs = world.remotePost(GUSTAV, "theirs", Visibility.PUBLIC);
        Status neighbours = world.post(ALICE, "A neighbour's", Visibility.PUBLIC);
        assertConcerns(false, BOB, PLAIN);
        assertConcerns(false, BOB, PLAIN.withVisibility(Visibility.PUBLIC));
        assertConcerns(false, BOB, NewStatus.text("Hello @alice").withVisibility(Visibility.DIRECT));
        assertConcerns(false, ALICE, NewStatus.text("Psst @bob").withVisibility(Visibility.DIRECT));
        assertConcerns(true, ALICE, PLAIN);
        assertConcerns(true, ALICE, PLAIN.withVisibility(Visibility.PRIVATE));
        assertConcerns(true, BOB, NewStatus.text("Hello @gustav@far.example").withVisibility(Visibility.DIRECT));
        assertConcerns(true, BOB, PLAIN.inReplyTo(theirs.id()));
        assertConcerns(true, BOB, PLAIN.inReplyTo(neighbours.id()));
        assertConcerns(true, BOB, new NewStatus("Quoting", null, null, Visibility.PUBLIC, null, null, null, theirs.id(), null, List.of(), null, null, null, null));
    }

    @Test
    void withARelayWhatIsPublicConcernsIt() {
        world.database.execute("insert into relay (url, inbox_url, state) values ('https://relay.example/inbox', 'https://relay.example/inbox', 'accepted')");
        try {
            assertConcerns(true, BOB, PLAIN.withVisibility(Visibility.PUBLIC));
            assertConcerns(false, BOB, PLAIN);
        } finally {
            world.database.execute("delete from relay");
        }
    }

    private void assertConcerns(boolean expected, long author, NewStatus wanted) {
        Status post = world.service.publish(world.village.account(author), wanted);
        assertEquals(expected, world.outbox.concerning().contains(post.id()), () -> wanted + " of " + author);
    }
}
