package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
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

    @Test
    void aPlainPostTakesThreeStatements() {
        long before = world.database.statementCount();
        world.service.publishNew(BOB, PLAIN);
        assertEquals(3, world.database.statementCount() - before, "of the author, of the post, of the feeds; and begin and commit");
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
