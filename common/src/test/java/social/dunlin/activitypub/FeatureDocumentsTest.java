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
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import social.dunlin.activitypub.FeatureDocuments.Asked;
import social.dunlin.activitypub.FeatureDocuments.Member;
import social.dunlin.testing.GoldenFile;

/** What we write and read about collections of accounts (FEP-7aa9). */
class FeatureDocumentsTest {
    private static final Uris URIS = new Uris("https://dunlin.example");
    private static final String ALICE = URIS.actor("alice");
    private static final String MAKER = "https://remote.example/users/mia";
    private static final String THEIRS = "https://remote.example/collections/9";
    private static final Instant THEN = Instant.parse("2026-02-03T04:05:06Z");

    private static FeatureDocuments.Collection collection() {
        String uri = URIS.collection("alice", 4);
        return new FeatureDocuments.Collection(uri, ALICE, "Birders", "Of the <coast>", "en", false, true,
            new ApTag.Hashtag(URIS.tag("Waders"), "Waders"), THEN, THEN.plusSeconds(60),
            List.of(new Member(uri + "#items/7", URIS.actor("bob"), "Person", Uris.featureAuthorization(URIS.actor("bob"), 7))));
    }

    private static void check(String name, JsonNode json) throws Exception {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        GoldenFile.check(Path.of("activitypub", name), new ObjectMapper().writer(printer).writeValueAsString(json) + "\n");
    }

    @Test
    void whatIsSaidAboutCollectionsIsPinned() throws Exception {
        Asked asked = new Asked("https://remote.example/requests/1", MAKER, ALICE, THEIRS);
        String authorization = Uris.featureAuthorization(ALICE, 5);
        check("featured-collection.json", FeatureDocuments.of(collection()));
        check("featured-collection-add.json", FeatureDocuments.added(ALICE + "#collections/1", collection(), URIS.featuredCollections("alice")));
        check("featured-collection-update.json", FeatureDocuments.updated(ALICE + "#collections/2", collection()));
        check("featured-item-add.json", FeatureDocuments.memberAdded(ALICE + "#collections/3", ALICE, collection().members().getFirst(), collection().id()));
        check("feature-accept.json", FeatureDocuments.accept(URIS.acceptFeature("alice", 6), asked, authorization));
        check("feature-reject.json", FeatureDocuments.reject(URIS.rejectFeature("alice", 6), asked));
        check("feature-authorization.json", FeatureDocuments.authorization(authorization, ALICE, THEIRS));
        check("feature-revocation.json", FeatureDocuments.revocation(authorization + "#delete", ALICE, authorization));
    }

    private static ApObject object(String json) throws MalformedDocument {
        return ActivityJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWeWriteWeRead() throws Exception {
        ApFeaturedCollection read = ApFeaturedCollection.read(object(FeatureDocuments.of(collection()).toString()), 10);
        assertEquals(new ApFeaturedCollection(URIS.collection("alice", 4), ALICE, null, "Birders", "Of the &lt;coast&gt;", "en", false, true, "#Waders",
            List.of(new ApFeaturedCollection.Item(URIS.collection("alice", 4) + "#items/7", URIS.actor("bob"), Uris.featureAuthorization(URIS.actor("bob"), 7)))), read);
        assertEquals(List.of(), ApFeaturedCollection.read(object(FeatureDocuments.of(collection()).toString()), 0).items());
    }

    @Test
    void oddCollectionsAreReadAsFarAsTheyGo() throws MalformedDocument {
        ApFeaturedCollection read = ApFeaturedCollection.read(object("""
            {"id": "https://remote.example/collections/9", "type": ["OrderedCollection", "FeaturedCollection"], "attributedTo": {"id": "%s"}, "name": ["Odd"],
             "summaryMap": "no map", "sensitive": "true", "topic": "https://remote.example/tags/x", "totalItems": -1, "orderedItems": [null, 7, "x",
              {"type": "FeaturedItem"}, {"type": "Note", "id": "https://remote.example/1", "featuredObject": "%s"},
              {"type": "FeaturedItem", "id": "https://remote.example/2", "featuredObject": {"id": "%s"}}]}""".formatted(MAKER, ALICE, ALICE)), 10);
        assertEquals(MAKER + " Odd  true", read.attributedTo() + " " + read.name() + " " + read.summary() + " " + read.sensitive());
        assertNull(read.topic());
        assertEquals(List.of(new ApFeaturedCollection.Item("https://remote.example/2", ALICE, null)), read.items());
    }

    @Test
    void consentNamesTheMemberAndTheCollection() throws MalformedDocument {
        ApObject consent = object(FeatureDocuments.authorization("https://remote.example/consents/1", MAKER, THEIRS).toString());
        assertTrue(FeatureDocuments.isAuthorization(consent, MAKER, THEIRS));
        assertFalse(FeatureDocuments.isAuthorization(consent, ALICE, THEIRS));
        assertFalse(FeatureDocuments.isAuthorization(consent, MAKER, THEIRS + "1"));
        assertFalse(FeatureDocuments.isAuthorization(object("{\"type\": \"QuoteAuthorization\", \"interactionTarget\": \"%s\", \"interactingObject\": \"%s\"}"
            .formatted(MAKER, THEIRS)), MAKER, THEIRS));
    }
}
