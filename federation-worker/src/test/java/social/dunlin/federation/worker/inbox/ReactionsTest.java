package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.federation.worker.inbox.InboxWorld.activity;
import static social.dunlin.federation.worker.inbox.InboxWorld.quoted;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.status.ReactionCount;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReactionsTest {
    private InboxWorld inbox;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        inbox = new InboxWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    private Status post() {
        return inbox.federation.posts.post(Village.ALICE, "what do you think?", Visibility.PUBLIC);
    }

    private List<ReactionCount> reactions(Status post) {
        return inbox.federation.posts.reactions.countsOf(List.of(post.id())).getOrDefault(post.id(), List.of());
    }

    private int favourites(Status post) {
        return inbox.federation.posts.statuses.byId(post.id()).orElseThrow().favouritesCount();
    }

    private static String content(String content) {
        return ", \"content\": \"" + content + "\"";
    }

    private static final String BLOB = """
        , "content": ":blob:", "tag": {"type": "Emoji", "id": null, "name": ":blob:", "icon": {"type": "Image", "url": "https://far.example/blob.png"}}""";

    @Test
    void emojiIsCountedWithoutLikingAndGoesWithItsUndo() {
        Account akkoma = inbox.actor("far", "akkoma");
        Account mitra = inbox.actor("far", "mitra");
        Status post = post();
        String react = activity(akkoma.uri(), "EmojiReact", quoted(post.uri()), content("🐈‍⬛"));
        inbox.receive(akkoma.uri(), react);
        inbox.receive(akkoma.uri(), react);
        inbox.receive(mitra.uri(), activity(mitra.uri(), "EmojiReact", quoted(post.uri()), content("🐈‍⬛")));
        inbox.receive(mitra.uri(), activity(mitra.uri(), "EmojiReact", quoted(post.uri()), content("❤️")));
        assertEquals(List.of(new ReactionCount("🐈‍⬛", null, 2), new ReactionCount("❤️", null, 1)), reactions(post));
        assertEquals(0, favourites(post));
        inbox.receive(akkoma.uri(), activity(akkoma.uri(), "Undo", react));
        assertEquals(List.of(new ReactionCount("🐈‍⬛", null, 1), new ReactionCount("❤️", null, 1)), reactions(post));
    }

    @Test
    void customEmojiComesWithItsPictureOrNotAtAll() {
        Account akkoma = inbox.actor("far", "akkoma2");
        Status post = post();
        inbox.receive(akkoma.uri(), activity(akkoma.uri(), "EmojiReact", quoted(post.uri()), content(":unseen:")));
        assertEquals(List.of(), reactions(post));
        inbox.receive(akkoma.uri(), activity(akkoma.uri(), "EmojiReact", quoted(post.uri()), BLOB));
        assertEquals(List.of(new ReactionCount("blob", "https://far.example/blob.png", 1)), reactions(post));
    }

    @Test
    void textIsNoReaction() {
        Account talker = inbox.actor("far", "talker");
        Status post = post();
        for (String text : List.of("nice", "7", "👍👍", "", "👍 well done", "x".repeat(3000))) {
            assertEquals(InboxMetrics.Outcome.IGNORED,
                inbox.receive(talker.uri(), activity(talker.uri(), "EmojiReact", quoted(post.uri()), content(text))).outcome(), text);
        }
        assertEquals(List.of(), reactions(post));
    }

    @Test
    void likeOfMisskeyIsALikeWithAnEmojiBeside() {
        Account misskey = inbox.actor("far", "misskey");
        Status post = post();
        String like = activity(misskey.uri(), "Like", quoted(post.uri()), BLOB + ", \"_misskey_reaction\": \":blob:\"");
        inbox.receive(misskey.uri(), like);
        assertEquals(1, favourites(post));
        assertEquals(List.of(new ReactionCount("blob", "https://far.example/blob.png", 1)), reactions(post));
        inbox.receive(misskey.uri(), activity(misskey.uri(), "Undo", like));
        assertEquals(0, favourites(post));
        assertEquals(List.of(), reactions(post));
    }

    @Test
    void likeWithAMereReactionMemberIsUnderstood() {
        Account misskey = inbox.actor("far", "misskey2");
        Status post = post();
        inbox.receive(misskey.uri(), activity(misskey.uri(), "Like", quoted(post.uri()), ", \"_misskey_reaction\": \"🍮\""));
        assertEquals(List.of(new ReactionCount("🍮", null, 1)), reactions(post));
    }

    @Test
    void undoOfAReactionByItsIdAndByItsEmojiAlone() {
        Account akkoma = inbox.actor("far", "akkoma3");
        Status post = post();
        String id = akkoma.uri() + "/reactions/1";
        inbox.receive(akkoma.uri(), "{\"id\": \"%s\", \"type\": \"EmojiReact\", \"actor\": \"%s\", \"object\": \"%s\", \"content\": \"🔥\"}"
            .formatted(id, akkoma.uri(), post.uri()));
        inbox.receive(akkoma.uri(), activity(akkoma.uri(), "Undo", quoted(id)));
        assertEquals(List.of(), reactions(post));
        inbox.receive(akkoma.uri(), activity(akkoma.uri(), "EmojiReact", quoted(post.uri()), content("🌊")));
        inbox.receive(akkoma.uri(), activity(akkoma.uri(), "Undo", activity(akkoma.uri(), "EmojiReact", quoted(post.uri()), content("🌊"))));
        assertEquals(List.of(), reactions(post));
    }

    @Test
    void undoThatOvertakesItsReactionHolds() {
        Account hasty = inbox.actor("far", "hasty");
        Status post = post();
        String react = activity(hasty.uri(), "EmojiReact", quoted(post.uri()), content("🔥"));
        inbox.receive(hasty.uri(), activity(hasty.uri(), "Undo", react));
        inbox.receive(hasty.uri(), react);
        assertEquals(List.of(), reactions(post));
    }

    @Test
    void reactionsOfOneAccountHaveAnEndAndGoWithTheirPost() {
        Account eager = inbox.actor("far", "eager");
        Status post = post();
        for (int letter = 0; letter < 25; letter++) {
            inbox.receive(eager.uri(), activity(eager.uri(), "EmojiReact", quoted(post.uri()), content(Character.toString(0x1F400 + letter))));
        }
        assertEquals(20, reactions(post).size());
        inbox.federation.posts.service.delete(inbox.federation.posts.village.account(Village.ALICE), post.id(), false, deleted -> deleted);
        assertEquals(0, inbox.count("emoji_reaction", "status_id = $1", post.id()));
    }

    @Test
    void hostileInput101_unseenPostsAreNeitherReactedToNorVotedDown() {
        Account stranger = inbox.actor("far", "stranger");
        Status secret = inbox.federation.posts.post(Village.ALICE, "for followers", Visibility.PRIVATE);
        inbox.receive(stranger.uri(), activity(stranger.uri(), "EmojiReact", quoted(secret.uri()), content("🔥")));
        inbox.receive(stranger.uri(), activity(stranger.uri(), "Dislike", quoted(secret.uri())));
        assertEquals(List.of(), reactions(secret));
        assertEquals(0, inbox.count("dislike", "status_id = $1", secret.id()));
    }

    @Test
    void everyVoterHasOneVote() {
        Account lemming = inbox.actor("far", "lemming");
        Status post = post();
        inbox.receive(lemming.uri(), activity(lemming.uri(), "Like", quoted(post.uri())));
        String dislike = activity(lemming.uri(), "Dislike", quoted(post.uri()));
        inbox.receive(lemming.uri(), dislike);
        assertEquals(0, favourites(post));
        assertEquals(1, inbox.count("dislike", "status_id = $1", post.id()));
        inbox.receive(lemming.uri(), activity(lemming.uri(), "Like", quoted(post.uri())));
        assertEquals(1, favourites(post));
        assertEquals(0, inbox.count("dislike", "status_id = $1", post.id()));
        inbox.receive(lemming.uri(), dislike);
        inbox.receive(lemming.uri(), activity(lemming.uri(), "Undo", dislike));
        assertEquals(0, inbox.count("dislike", "status_id = $1", post.id()));
    }

    @Test
    void whatADeletedAccountThoughtIsForgotten() {
        Account leaving = inbox.actor("far", "leaving");
        Status post = post();
        inbox.receive(leaving.uri(), activity(leaving.uri(), "EmojiReact", quoted(post.uri()), content("🔥")));
        inbox.receive(leaving.uri(), activity(leaving.uri(), "Dislike", quoted(post.uri())));
        inbox.receive(leaving.uri(), activity(leaving.uri(), "Delete", quoted(leaving.uri())));
        assertEquals(List.of(), reactions(post));
        assertEquals(0, inbox.count("dislike", "status_id = $1", post.id()));
    }

    @Test
    void kindsThatAreNotActedOnAreIgnoredAndCounted() {
        Account odd = inbox.actor("far", "odd");
        for (String type : List.of("View", "Listen", "Ping", "Arrive", "Read", "Join", "Leave", "Travel", "dunlin:Wobble")) {
            InboxHandler.Reception reception = inbox.receive(odd.uri(), activity(odd.uri(), type, quoted(InboxWorld.ALICE)));
            assertEquals(InboxMetrics.Outcome.IGNORED, reception.outcome(), type);
            assertEquals(type.equals("dunlin:Wobble"), reception.reason().equals("unknown kind"), type);
        }
        Map<String, Double> counted = Map.of("View", 1.0, "Ping", 1.0, "other", 1.0);
        counted.forEach((type, number) -> assertTrue(number <= inbox.meters.counter("dunlin.inbox.activities", "type", type, "outcome", "ignored").count(), type));
    }
}
