package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class LocalReactionsTest {
    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        database.execute("insert into custom_emoji (shortcode, host, url, static_url) values ('wave', '', 'https://village.example/wave.png', 'https://village.example/wave.png')");
    }

    @BeforeEach
    void forget() {
        world.outbox.taken();
    }

    private void react(long account, Status post, String emoji) {
        world.localReactions.react(world.village.account(account), post.id(), emoji);
    }

    private List<ReactionCount> counts(Status post) {
        return world.reactions.countsOf(List.of(post.id())).getOrDefault(post.id(), List.of());
    }

    private int refusalOf(Status post, long account, String emoji) {
        return assertThrows(Refusal.class, () -> react(account, post, emoji)).status();
    }

    @Test
    void unicodeAndOwnEmojisOnceEach() {
        Status post = world.post(ALICE, "React!", Visibility.PUBLIC);
        react(BOB, post, "🐈");
        react(BOB, post, "🐈");
        react(DORA, post, "🐈");
        react(BOB, post, ":wave:");
        assertEquals(List.of(new ReactionCount("🐈", null, 2), new ReactionCount("wave", "https://village.example/wave.png", 1)), counts(post));
        assertEquals(List.of(BOB, DORA), world.reactions.accountsOf(Viewer.anonymous(), post.id()).get("🐈"));
        world.localReactions.unreact(world.village.account(BOB), post.id(), "🐈");
        world.localReactions.unreact(world.village.account(BOB), post.id(), "🐈");
        assertEquals(1, counts(post).stream().filter(count -> count.name().equals("🐈")).findFirst().orElseThrow().count());
    }

    @Test
    void theAuthorsServerIsTold() {
        Status post = world.remotePost(FRIDA, "reacted", Visibility.PUBLIC);
        react(BOB, post, "wave");
        react(BOB, post, "wave");
        world.localReactions.unreact(world.village.account(BOB), post.id(), "wave");
        assertEquals(List.of("reacted %d %d wave".formatted(BOB, post.id()), "reactionUndone %d %d wave".formatted(BOB, post.id())), world.outbox.taken());
    }

    @Test
    void anEmojiOfOthersCanBeJoinedWhereItIs() {
        Status post = world.post(ALICE, "Foreign", Visibility.PUBLIC);
        assertEquals(422, refusalOf(post, BOB, "blob@far.example"));
        world.remoteReactions.react(FRIDA, post.id(), new Reaction("blob", "https://far.example/blob.png"), "https://far.example/r/1");
        react(BOB, post, "blob@far.example");
        assertEquals(List.of(new ReactionCount("blob", "https://far.example/blob.png", 2)), counts(post));
    }

    @Test
    void whatIsNoEmojiIsRefused() {
        Status post = world.post(ALICE, "No", Visibility.PUBLIC);
        for (String text : List.of("x", "ab cd", "🐈🐈", "unknown_code", "<b>", "", " ", "%00", "\uD83D")) {
            assertEquals(422, refusalOf(post, BOB, text), text);
        }
    }

    @Test
    void aHiddenPostIsNotThere() {
        assertEquals(404, refusalOf(world.post(CAROL, "For followers", Visibility.PRIVATE), DORA, "🐈"));
        assertEquals(404, refusalOf(world.post(CAROL, "Open", Visibility.PUBLIC), MALLORY, "🐈"));
    }
}
