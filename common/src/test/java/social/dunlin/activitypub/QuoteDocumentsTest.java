package social.dunlin.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.dunlin.activitypub.QuoteDocuments.Asked;
import social.dunlin.status.Visibility;
import social.dunlin.testing.GoldenFile;

/** What we write about quotes and votes, and the quotes real programs and FEP-044f write. */
class QuoteDocumentsTest {
    private static final Path FIXTURES = Path.of(System.getProperty("dunlin.test.shared")).resolve("fixtures/activitypub");
    private static final Uris URIS = new Uris("https://dunlin.example");
    private static final String ALICE = URIS.actor("alice");
    private static final String BOB = "https://remote.example/users/bob";
    private static final String QUOTED = "https://remote.example/notes/9";

    private static NoteView quoting(ApQuote quote) {
        return new NoteView(URIS.status("alice", 2), URIS.statusPage("alice", 2), ALICE,
            Audience.of(Visibility.PUBLIC, URIS.followers("alice"), List.of(BOB)), null,
            "<p class=\"quote-inline\">RE: <a href=\"https://remote.example/@bob/9\">https://remote.example/@bob/9</a></p><p>This!</p>", "en", false,
            Instant.parse("2026-02-03T04:05:06Z"), null, null, null, null, List.of(), List.of(), null, quote,
            new NoteView.QuotePolicy(List.of(URIS.followers("alice")), List.of()), 0L, 0L);
    }

    private static void check(String name, JsonNode json) throws Exception {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        GoldenFile.check(Path.of("activitypub", name), new ObjectMapper().writer(printer).writeValueAsString(json) + "\n");
    }

    @Test
    void whatIsSaidAboutQuotesIsPinned() throws Exception {
        Asked asked = new Asked("https://remote.example/requests/1", BOB, URIS.status("alice", 1), QUOTED);
        String stamp = URIS.quoteAuthorization("alice", 77);
        check("quote-request.json", QuoteDocuments.request(URIS.quoteRequest("alice", 2), ALICE, QUOTED, BOB,
            quoting(new ApQuote(QUOTED, ApQuote.Form.QUOTE, null))));
        check("quote-accept.json", QuoteDocuments.accept(URIS.acceptQuote("alice", 5), ALICE, asked, stamp));
        check("quote-reject.json", QuoteDocuments.reject(URIS.rejectQuote("alice", 5), ALICE, asked));
        check("quote-authorization.json", QuoteDocuments.authorization(stamp, ALICE, QUOTED, URIS.status("alice", 1)));
        check("quote-revocation.json", QuoteDocuments.revocation(stamp + "#delete", ALICE, stamp));
        check("vote.json", VoteDocument.create(URIS.vote("alice", 6), ALICE, "Yes & no", QUOTED, BOB));
    }

    @Test
    void quoteWithItsStampBearsEveryAlias() throws Exception {
        JsonNode json = NoteDocument.of(quoting(new ApQuote(QUOTED, ApQuote.Form.QUOTE, "https://remote.example/stamps/9")));
        check("note-quote.json", json);
        for (String name : List.of("quote", "quoteUrl", "quoteUri", "_misskey_quote")) {
            assertEquals(QUOTED, json.path(name).asText(), name);
        }
        assertEquals(QUOTED, json.at("/tag/0/href").asText());
        assertEquals(URIS.followers("alice"), json.at("/interactionPolicy/canQuote/automaticApproval/0").asText());
    }

    @Test
    void quoteOfTheOldKindClaimsNoConsent() {
        JsonNode json = NoteDocument.of(quoting(new ApQuote(QUOTED, ApQuote.Form.MISSKEY, null)));
        assertFalse(json.has("quote"));
        assertFalse(json.has("quoteAuthorization"));
        assertEquals(QUOTED, json.path("quoteUri").asText());
    }

    private static ApNote note(String fixture) throws Exception {
        ApEntity entity = Vocabulary.read(ActivityJson.parse(Files.readAllBytes(FIXTURES.resolve(fixture))));
        return (ApNote) (entity instanceof ApActivity activity ? Vocabulary.read(activity.object().embedded()) : entity);
    }

    @ParameterizedTest
    @CsvSource({
        "fep/044f-01-Note.json,             QUOTE,     https://example.com/users/alice/statuses/1,",
        "fep/044f-02-Note.json,             QUOTE,     https://example.com/users/alice/statuses/1,",
        "fep/044f-08-Note.json,             QUOTE,     https://example.com/users/alice/statuses/1, https://example.com/users/alice/stamps/1",
        "misskey/misskey_quote_post.json,   MISSKEY,   https://misskey.io/notes/8vs6wxufd0,",
        "fedibird/fedibird_quote_post.json, MISSKEY,   https://misskey.io/notes/8vsn2izjwh,",
        "fedibird/fedibird_quote_mismatched.json, MISSKEY, https://unnerv.jp/users/UN_NERV/statuses/107712176849067434,",
        "fep/e232-02-Note.json,             LINK_TAG,  https://server.example/objects/123,",
    })
    void quotesOfRealProgramsAreRead(String fixture, ApQuote.Form form, String target, String stamp) throws Exception {
        assertEquals(new ApQuote(target, form, stamp), note(fixture).quote());
    }

    @Test
    void objectLinkOfTheFepThatIsNoQuoteIsNone() throws Exception {
        assertNull(note("fep/e232-01-Note.json").quote());
    }

    @Test
    void stampHoldsForItsOwnPairAndAuthorOnly() throws Exception {
        ApObject stamp = ActivityJson.parse(Files.readAllBytes(FIXTURES.resolve("fep/044f-04-QuoteAuthorization.json")));
        String author = "https://example.com/users/alice";
        String quoting = "https://example.org/users/bob/statuses/1";
        String quoted = "https://example.com/users/alice/statuses/1";
        assertTrue(QuoteDocuments.isAuthorization(stamp, author, quoting, quoted));
        assertFalse(QuoteDocuments.isAuthorization(stamp, "https://example.com/users/mallory", quoting, quoted));
        assertFalse(QuoteDocuments.isAuthorization(stamp, author, "https://example.org/users/bob/statuses/2", quoted));
        assertFalse(QuoteDocuments.isAuthorization(stamp, author, quoting, "https://example.com/users/alice/statuses/2"));
        ApObject other = ActivityJson.parse(stamp.json().toString().replace("QuoteAuthorization", "Note").getBytes(StandardCharsets.UTF_8));
        assertFalse(QuoteDocuments.isAuthorization(other, author, quoting, quoted));
    }

    @Test
    void ownStampReadsBackAsOne() throws Exception {
        JsonNode json = QuoteDocuments.authorization(URIS.quoteAuthorization("alice", 77), ALICE, QUOTED, URIS.status("alice", 1));
        assertTrue(QuoteDocuments.isAuthorization(ActivityJson.parse(json.toString().getBytes(StandardCharsets.UTF_8)), ALICE, QUOTED, URIS.status("alice", 1)));
    }

    @Test
    void rejectOfTheFepNamesTheRequest() throws Exception {
        ApActivity reject = Vocabulary.activity(ActivityJson.parse(Files.readAllBytes(FIXTURES.resolve("fep/044f-07-Reject-QuoteRequest.json"))));
        assertEquals("https://example.com/users/bob/statuses/1/quote", reject.objectId());
        assertEquals("https://example.org/users/bob/statuses/1", Vocabulary.activity(reject.object().embedded()).instrument().id());
    }
}
