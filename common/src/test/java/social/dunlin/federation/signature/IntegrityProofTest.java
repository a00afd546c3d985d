package social.dunlin.federation.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;

class IntegrityProofTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.5Z");
    private static final KeyPair KEY = Keys.generateEd25519();

    private static ObjectNode read(String json) throws MalformedDocument {
        return ActivityJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode vector() throws IOException {
        return new ObjectMapper().readTree(Path.of(System.getProperty("dunlin.test.shared"), "reference", "federation-signature-vectors.json").toFile())
            .get("objectIntegrityProofs").get(0);
    }

    private static boolean holds(ObjectNode document, PublicKey key, Instant now) {
        List<IntegrityProof> proofs = IntegrityProof.of(document);
        return proofs.size() == 1 && proofs.getFirst().verifies(key, now);
    }

    @Test
    void vectorOfTheReferenceHolds() throws IOException, MalformedDocument {
        JsonNode vector = vector();
        ObjectNode document = read(vector.get("signedDocument").toString());
        PublicKey key = Multikey.decode(vector.get("publicKeyMultibase").asText()).orElseThrow();
        assertTrue(holds(document, key, NOW));
        assertEquals("https://server.example/users/alice#ed25519-key", IntegrityProof.of(document).getFirst().verificationMethod());
        ObjectNode unsecured = document.deepCopy();
        unsecured.remove("proof");
        assertEquals(vector.get("jcsDocument").asText(), new String(IntegrityProof.canonical(unsecured), StandardCharsets.UTF_8));
    }

    @Test
    void changedDocumentIsNotProven() throws IOException, MalformedDocument {
        JsonNode vector = vector();
        ObjectNode document = read(vector.get("signedDocument").toString());
        ((ObjectNode) document.get("object")).put("content", "Hello, world");
        assertFalse(holds(document, Multikey.decode(vector.get("publicKeyMultibase").asText()).orElseThrow(), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", "{\"@context\": \"x\", \"a\": [1.0, 1e2, -0.0, 0.1, 12345678901234567890, null, true]}",
        "{\"\\u20ac\": \"\\ud83d\\ude00 \\n\", \"\u00e9\": \"\", \"z\": {\"b\": {}, \"a\": []}}"})
    void whatWeSignIsReadBackInWhateverForm(String json) throws IOException, MalformedDocument {
        ObjectNode signed = IntegrityProof.sign(read(json), "https://a.example/k", KEY.getPrivate(), NOW);
        ObjectNode again = read(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(signed));
        assertTrue(holds(again, KEY.getPublic(), NOW));
        assertFalse(holds(again, Keys.generateEd25519().getPublic(), NOW));
        assertEquals("2026-11-20T10:00:00Z", again.at("/proof/created").asText());
    }

    @Test
    void expiredProofProvesNothing() throws MalformedDocument {
        ObjectNode signed = IntegrityProof.sign(read("{\"a\": 1}"), "https://a.example/k", KEY.getPrivate(), NOW);
        ((ObjectNode) signed.get("proof")).put("expires", "2026-11-20T09:00:00Z");
        assertFalse(holds(signed, KEY.getPublic(), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"proof\": null}", "{\"proof\": \"x\"}", "{\"proof\": []}", "{\"proof\": {\"type\": \"DataIntegrityProof\"}}",
        "{\"proof\": {\"type\": \"DataIntegrityProof\", \"cryptosuite\": \"eddsa-rdfc-2022\", \"proofPurpose\": \"assertionMethod\", \"verificationMethod\": \"x\"}}"})
    void otherProofsAreNone(String json) throws MalformedDocument {
        assertTrue(IntegrityProof.of(read(json)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "z", "zz0OIl", "u1234", "z2222222222"})
    void valueThatIsNoSignatureProvesNothing(String value) throws MalformedDocument {
        ObjectNode signed = IntegrityProof.sign(read("{\"a\": 1}"), "https://a.example/k", KEY.getPrivate(), NOW);
        ((ObjectNode) signed.get("proof")).put("proofValue", value);
        assertFalse(holds(signed, KEY.getPublic(), NOW));
    }
}
