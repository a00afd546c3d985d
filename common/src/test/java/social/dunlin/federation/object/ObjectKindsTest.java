package social.dunlin.federation.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.status.Status;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.text.HtmlToText;

/** What readers see of objects of every kind. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectKindsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private FederationWorld world;
    private String author;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        world = new FederationWorld(database, vertx, options);
        author = world.settle("far", "author");
    }

    @AfterAll
    void end() {
        world.close();
    }

    private Optional<Status> fetched(String members) {
        String uri = world.fediverse.url("far", "/o/" + NUMBER.incrementAndGet());
        world.fediverse.serve(uri, """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s", "attributedTo": "%s", "to": "as:Public", %s}"""
            .formatted(uri, author, members.replace('\'', '"').replace("HERE", uri)));
        return world.objects.byUri(uri, Budgets.forActivity());
    }

    private Status status(String members) {
        return fetched(members).orElseThrow();
    }

    /** What is to be read, an empty line between paragraphs. */
    private String text(Status status) {
        return HtmlToText.convert(status.content()).replace(status.uri(), "ITSELF");
    }

    private String media(Status status) {
        return world.database.list("select type, remote_url from media_attachment where status_id = $1 order by position",
            row -> row.getString("type") + " " + row.getString("remote_url"), status.id()).toString();
    }

    @Test
    void unknownKindIsATitleWithItsAbstractAndALink() {
        Status recipe = status("'type': 'pt:Recipe', 'name': 'Bread & butter', 'summary': '<p>Good <script>x</script>bread.</p>'");
        assertEquals("Bread & butter\n\nGood bread.\n\nITSELF", text(recipe));
        assertEquals("Bread & butter", recipe.title());
        assertEquals("", recipe.spoilerText());
    }

    @Test
    void objectWithoutATypeIsReadAsWell() {
        assertEquals("Object", status("'content': 'hm'").objectType());
    }

    @Test
    void linkPostShowsWhatItLinksTo() {
        assertEquals("News\n\nhttps://news.example/1\n\nITSELF",
            text(status("'type': 'Page', 'name': 'News', 'attachment': [{'type': 'Link', 'href': 'https://news.example/1'}]")));
        assertEquals("News\n\nhttps://news.example/2\n\nITSELF", text(status("'type': 'Page', 'name': 'News', 'url': 'https://news.example/2'")));
    }

    @Test
    void hostileInput67_linkOfAnotherSchemeIsNotShown() {
        assertEquals("News\n\nITSELF", text(status("'type': 'Page', 'name': 'News', 'url': 'javascript:alert(1)',"
            + " 'attachment': [{'type': 'Link', 'href': 'javascript:alert(2)'}]")));
    }

    @Test
    void eventSaysWhenAndWhere() {
        assertEquals("Dance\n\nCome!\n\n2026-12-11 19:00 – 2026-12-11 21:00 UTC, Town & hall\n\nITSELF",
            text(status("'type': 'Event', 'name': 'Dance', 'content': '<p>Come!</p>', 'startTime': '2026-12-11T20:00:00+01:00',"
                + " 'endTime': '2026-12-11T21:00:00Z', 'location': {'type': 'Place', 'name': 'Town & hall'}")));
        assertEquals("Dance\n\n2026-12-11 19:00 UTC\n\nITSELF", text(status("'type': 'Event', 'name': 'Dance', 'startTime': '2026-12-11T19:00:00Z'")));
    }

    @Test
    void titleOfAPollOrNoteIsShownAboveItsText() {
        Status poll = status("'type': 'Question', 'name': 'Lunch?', 'content': '<p>Vote</p>', 'oneOf': [{'name': 'Yes'}, {'name': 'No'}]");
        assertEquals("Lunch?\n\nVote", text(poll));
        assertEquals("A title\n\nA text", text(status("'type': 'Note', 'name': 'A title', 'content': '<p>A text</p>'")));
    }

    @Test
    void noteThatIsAllTitleIsNoWarning() {
        Status titled = status("'type': 'Note', 'name': 'image', 'summary': 'image', 'inReplyTo': null, 'attachment': [{'type': 'Image', 'url': 'https://far.example/i'}]");
        assertEquals("", titled.spoilerText());
        assertEquals("image\n\nITSELF", text(titled));
        assertEquals("[image https://far.example/i]", media(titled));
    }

    @Test
    void pictureOrRecordingThatIsThePostIsShown() {
        assertEquals("[image https://far.example/large.jpg]", media(status("'type': 'Image', 'name': 'Sea', 'url': ["
            + "{'type': 'Link', 'mediaType': 'text/html', 'href': 'https://far.example/page'},"
            + "{'type': 'Link', 'mediaType': 'image/jpeg', 'href': 'https://far.example/large.jpg', 'width': 20, 'height': 10},"
            + "{'type': 'Link', 'mediaType': 'image/jpeg', 'href': 'https://far.example/small.jpg'}]")));
        assertEquals("[audio https://far.example/song.ogg]", media(status("'type': 'Audio', 'name': 'Song', 'url': ["
            + "{'type': 'Link', 'mimeType': 'audio/ogg', 'href': 'https://far.example/song.ogg'}]")));
    }

    @Test
    void languageMapsStandForTexts() {
        Status status = status("'type': 'Article', 'nameMap': {'de': 'Titel'}, 'summaryMap': {'de': 'Kurz'}, 'contentMap': {'de': '<p>Text</p>'}");
        assertEquals("Titel\n\nText\n\nITSELF", text(status));
        assertEquals("de", status.language());
    }

    @Test
    void sourceAndItsKindAreKept() {
        Status status = status("'type': 'Note', 'content': '<p><b>x</b></p>', 'source': {'content': '**x**', 'mediaType': 'text/markdown'}");
        assertEquals("**x**", status.textSource());
        assertEquals("text/markdown", status.contentType());
        assertNull(status("'type': 'Note', 'content': 'x'").textSource());
    }

    @Test
    void votesAndStoriesAreNoPosts() {
        assertFalse(fetched("'type': 'Note', 'name': 'Yes', 'inReplyTo': 'https://far.example/polls/1'").isPresent());
        assertFalse(fetched("'type': 'Story', 'attachment': {'type': 'Image', 'url': 'https://far.example/s.jpg'}, 'name': 'x'").isPresent());
    }
}
