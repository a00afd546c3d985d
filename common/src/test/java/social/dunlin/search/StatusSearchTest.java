package social.dunlin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.database.Database;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusChange;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StatusSearchTest {
    private StatusWorld world;
    private StatusSearch search;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        search = new StatusSearch(database, world.accounts);
    }

    @BeforeEach
    void empty() {
        world.database.execute("delete from status");
        world.database.execute("update account set indexable = true");
        world.database.execute("delete from mute");
    }

    private Status post(long author, String text) {
        return world.post(author, text, Visibility.PUBLIC);
    }

    private List<Long> found(long reader, String typed) {
        return search.find(world.village.account(reader), new StatusSearch.Wanted(typed, "village.example", null, null, null, 20, 0)).stream().map(Status::id).toList();
    }

    private static void assertFound(List<Long> found, Status... posts) {
        assertEquals(List.of(posts).stream().map(Status::id).toList(), found);
    }

    // ---------------------------------------------------------------- words

    @Test
    void wordsAreFoundWithoutCaseAndAccentsNewestFirst() {
        Status first = post(ALICE, "Die Straße nach Łódź");
        Status second = post(BOB, "STRASSE, café & naïveté");
        assertFound(found(DORA, "strasse"), second, first);
        assertFound(found(DORA, "Cafe NAIVETE"), second);
        assertFound(found(DORA, "lodz straße"), first);
        assertFound(found(DORA, "die cafe"));
    }

    @Test
    void theLastWordMayBeUnfinishedTheOthersNot() {
        Status post = post(ALICE, "Sandpipers and dunlins");
        assertFound(found(DORA, "sandpipers dun"), post);
        assertFound(found(DORA, "dun sandpipers"));
        assertFound(found(DORA, "\"dun\""));
    }

    @Test
    void phrasesAndWhatIsNotWanted() {
        Status one = post(ALICE, "The tide is out today");
        Status two = post(BOB, "Today the out tide is in");
        assertFound(found(DORA, "\"tide is out\""), one);
        assertFound(found(DORA, "tide -\"is out\""), two);
        assertFound(found(DORA, "tide -in"), one);
    }

    @Test
    void scriptsWithoutSpacesAreFoundByAnyPart() {
        Status post = post(ALICE, "東京都に住んでいます。สวัสดีครับ");
        for (String part : List.of("東京", "京都に", "住んで", "ます", "京", "東京都に住んでいます", "สวัสดี", "ครับ")) {
            assertFound(found(DORA, part), post);
        }
        assertFound(found(DORA, "都東"));
    }

    @Test
    void warningPollAndDescriptionsAreSearchedToo() {
        world.database.execute("insert into media_attachment (id, account_id, type, description) values (9301, $1, 'image', 'A heron at dusk')", ALICE);
        Status picture = world.service.publish(world.village.account(ALICE), NewStatus.text("Look").withMedia(List.of(9301L)).withSpoiler("Feathers"));
        Status poll = world.service.publish(world.village.account(ALICE), NewStatus.text("Which?")
            .withPoll(new NewStatus.NewPoll(List.of("Curlew", "Godwit"), Duration.ofHours(1), false, false)));
        assertFound(found(DORA, "heron feathers"), picture);
        assertFound(found(DORA, "godwit"), poll);
    }

    @Test
    void anEditAndADeletionAreKnownAtOnce() {
        Status post = post(ALICE, "First version");
        world.service.edit(world.village.account(ALICE), post.id(), StatusChange.text("Second edition"));
        assertFound(found(DORA, "version"));
        assertFound(found(DORA, "edition"), world.statuses.byId(post.id()).orElseThrow());
        world.service.delete(world.village.account(ALICE), post.id(), true, status -> null);
        assertFound(found(DORA, "edition"));
        assertFalse(world.database.exists("select from status_search where status_id = $1", post.id()), "hostile input 107");
    }

    // ---------------------------------------------------------------- consent

    @Test
    void onlyWhoAgreedIsFoundByStrangers() {
        Status post = post(ALICE, "Shy words");
        Status mine = post(DORA, "Shy words of mine");
        world.database.execute("update account set indexable = false");
        assertFound(found(DORA, "shy words"), mine);
        assertFound(found(ALICE, "shy words"), post);
        world.database.execute("update account set indexable = true where id = $1", ALICE);
        assertFound(found(DORA, "shy words"), mine, post);
    }

    @Test
    void whatOneHasTouchedIsFoundWhateverItsAuthorSays() {
        world.database.execute("update account set indexable = false");
        Status mentioned = post(ALICE, "Touch @dora");
        Status favourite = post(ALICE, "Touch one");
        Status bookmark = post(ALICE, "Touch two");
        Status boost = post(ALICE, "Touch three");
        post(ALICE, "Touch four");
        world.actions.favourite(world.village.account(DORA), favourite.id());
        world.actions.bookmark(world.village.account(DORA), bookmark.id());
        world.actions.reblog(world.village.account(DORA), boost.id(), null);
        assertFound(found(DORA, "touch"), boost, bookmark, favourite, mentioned);
        assertFound(found(DORA, "touch in:public"));
    }

    @Test
    void whatOneMayNotSeeIsNotFound() {
        world.post(CAROL, "Hidden among followers", Visibility.PRIVATE);
        world.post(CAROL, "Hidden unlisted", Visibility.UNLISTED);
        world.post(CAROL, "Hidden direct @bob", Visibility.DIRECT);
        Status open = post(CAROL, "Hidden nowhere");
        assertFound(found(DORA, "hidden"), open);
        assertFound(found(MALLORY, "hidden"));
        world.village.mute(DORA, CAROL);
        assertFound(found(DORA, "hidden"));
        Status local = world.post(ALICE, "Hidden local", Visibility.LOCAL);
        assertTrue(found(BOB, "hidden local").contains(local.id()));
        assertFalse(found(GUSTAV, "hidden local").contains(local.id()), "somebody of another server");
    }

    // ---------------------------------------------------------------- operators

    @Test
    void operatorsNarrow() {
        Status parent = post(ALICE, "Operator parent");
        Status reply = world.service.publish(world.village.account(BOB), NewStatus.text("Operator reply").inReplyTo(parent.id()).withSpoiler("Careful"));
        Status poll = world.service.publish(world.village.account(BOB), new NewStatus("Operator poll", null, null, null, null, "de-AT", null, null, null,
            List.of(), new NewStatus.NewPoll(List.of("a", "b"), Duration.ofHours(1), false, false), null, null, null));
        Status remote = world.remotePost(FRIDA, "operator", Visibility.PUBLIC);
        assertFound(found(DORA, "operator from:bob"), poll, reply);
        assertFound(found(DORA, "operator from:@frida@far.example"), remote);
        assertFound(found(DORA, "operator -from:@bob"), remote, parent);
        assertFound(found(BOB, "from:me operator"), poll, reply);
        assertFound(found(DORA, "operator from:nobody"));
        assertFound(found(DORA, "operator is:reply"), reply);
        assertFound(found(DORA, "operator -is:sensitive -has:poll"), remote, parent);
        assertFound(found(DORA, "operator has:poll"), poll);
        assertFound(found(DORA, "operator language:de"), poll);
        assertFound(found(BOB, "operator in:library"), poll, reply);
        assertFound(found(DORA, "operator in:all"), remote, poll, reply, parent);
        assertFound(found(DORA, "from:bob"), poll, reply);
        assertFound(found(DORA, "has:poll"), poll);
    }

    @Test
    void daysNarrow() {
        Status old = world.statuses.byUri(store("old-days", Instant.parse("2025-03-04T12:00:00Z"))).orElseThrow();
        Status young = world.statuses.byUri(store("young-days", Instant.parse("2025-03-06T00:00:00Z"))).orElseThrow();
        assertFound(found(DORA, "days before:2025-03-05"), old);
        assertFound(found(DORA, "days after:2025-03-04"), young);
        assertFound(found(DORA, "days during:2025-03-04"), old);
        assertFound(found(DORA, "days during:2025-03"), young, old);
        assertFound(found(DORA, "days during:2024"));
        assertFound(found(DORA, "days before:2025-13-45"), new Status[0]);
    }

    private String store(String name, Instant published) {
        world.remote.store(world.note(FRIDA, name, Visibility.PUBLIC, published));
        return "https://far.example/notes/" + name;
    }

    @Test
    void pagesGoOnByOffsetAndById() {
        Status[] posts = new Status[5];
        for (int number = 0; number < 5; number++) {
            posts[number] = post(ALICE, "Paged " + number);
        }
        assertFound(search.find(world.village.account(DORA), new StatusSearch.Wanted("paged", "village.example", null, null, null, 2, 2)).stream().map(Status::id).toList(),
            posts[2], posts[1]);
        assertFound(search.find(world.village.account(DORA), new StatusSearch.Wanted("paged", "village.example", ALICE, posts[3].id(), posts[0].id(), 20, 0)).stream()
            .map(Status::id).toList(), posts[2], posts[1]);
        assertFound(search.find(world.village.account(DORA), new StatusSearch.Wanted("paged", "village.example", BOB, null, null, 20, 0)).stream().map(Status::id).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\\", "a' | 'b", "!", "-", "\"", "\"\"", "from:", "from:@", "from:\"a b\"", "has:", ":", "::", "<->", "a:*", "&", "before:-1", "during:999999999-01",
        "\uD83D", "😀", "%", "_", "from:me@[::1]", "x:y", "-has:nothing", "language:\"'\""})
    void whateverIsTypedIsNoError(String typed) {
        found(DORA, typed);
        found(DORA, "word " + typed);
        found(DORA, typed.repeat(500));
    }

    // ---------------------------------------------------------------- index

    @Test
    void postsFromBeforeAreAdded() {
        Status post = post(ALICE, "Prehistoric");
        world.database.execute("delete from status_search");
        assertFound(found(DORA, "prehistoric"));
        new SearchFilling(world.searchIndex).run();
        assertFound(found(DORA, "prehistoric"), post);
    }

    @Test
    void theIndexIsRead() {
        world.database.transaction(() -> {
            // In an empty table every way costs the same: leave the one.
            world.database.execute("set local enable_seqscan = off");
            world.database.execute("set local enable_indexscan = off");
            StatusSearch.Statement statement = search.statement(world.village.account(DORA), SearchQuery.parse("word"),
                new StatusSearch.Wanted("", "village.example", null, null, null, 20, 0)).orElseThrow();
            String words = String.join("\n", world.database.list("explain " + statement.sql(), row -> row.getString(0), statement.parameters().toArray()));
            assertTrue(words.contains("status_search_words"), words);
        });
    }
}
