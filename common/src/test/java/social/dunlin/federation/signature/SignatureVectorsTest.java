package social.dunlin.federation.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import social.dunlin.federation.signature.StructuredFields.Item;
import social.dunlin.federation.signature.VerificationOutcome.Refused;
import social.dunlin.federation.signature.VerificationOutcome.Verified;
import social.dunlin.id.ObjectUri;

/** Every vector of the shared reference: the bytes signed, whether they verify, and what a server should answer. */
class SignatureVectorsTest {
    private static final JsonNode VECTORS = read();

    private enum Expected {
        ACCEPT,
        REFUSE,
        /** Tests of the signature base alone, among them a response. */
        BASE_ONLY
    }

    @TestFactory
    Stream<DynamicTest> everyHttpSignatureVectorHolds() {
        return stream(VECTORS.get("httpSignatures"))
                .map(vector -> dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    @TestFactory
    Stream<DynamicTest> everyFollowersDigestVectorHolds() {
        return stream(VECTORS.get("followersCollectionDigests").get("vectors"))
                .map(vector -> dynamicTest(vector.get("id").asText(), () -> assertEquals(
                        vector.get("digestHex").asText(),
                        FollowersDigest.of(stream(vector.get("followers"))
                                .map(follower -> ObjectUri.parse(follower.asText())).toList()))));
    }

    private static void check(JsonNode vector) {
        boolean cavage = vector.get("scheme").asText().equals("draft-cavage");
        if (cavage) {
            checkSigningString(vector);
        } else {
            checkSignatureBase(vector);
        }
        Expected expected = expected(vector);
        if (expected != Expected.BASE_ONLY) {
            checkOutcome(vector, expected);
        }
    }

    private static void checkSigningString(JsonNode vector) {
        SignedRequest request = request(vector);
        boolean withQuery = !vector.path("quirk").asText().equals("query-string");
        CavageSignature signature = CavageSignature.parse(request.header("Signature").orElseThrow());
        assertEquals(vector.get("signingString").asText(), signature.signingString(request, withQuery));
        assertEquals(vector.get("signatureValidOverSigningString").asBoolean(), verifies(vector, "signingString"));
    }

    private static void checkSignatureBase(JsonNode vector) {
        JsonNode message = vector.has("request") ? vector.get("request") : vector.get("response");
        List<Header> headers = headers(message);
        String signatures = headers.stream().filter(header -> header.isNamed("Signature")).findFirst().orElseThrow().value();
        String inputs = headers.stream().filter(header -> header.isNamed("Signature-Input")).findFirst().orElseThrow()
                .value();
        Function<Item, String> component = vector.has("request")
                ? item -> MessageSignature.requestComponent(request(vector), item)
                : item -> responseComponent(message, headers, item);
        MessageSignature signature = MessageSignature.parse(inputs, signatures).getLast();
        assertEquals(vector.get("signatureBase").asText(), signature.base(component));
        assertEquals(vector.get("signatureValidOverSignatureBase").asBoolean(), verifies(vector, "signatureBase"));
    }

    private static String responseComponent(JsonNode response, List<Header> headers, Item item) {
        return item.value().equals("@status") ? response.get("status").asText()
                : headers.stream().filter(header -> header.isNamed(item.value())).findFirst().orElseThrow().value();
    }

    private static boolean verifies(JsonNode vector, String base) {
        SignatureAlgorithm algorithm = switch (vector.get("algorithmUsed").asText()) {
            case "rsa-sha256" -> SignatureAlgorithm.RSA_SHA256;
            case "rsa-sha512" -> SignatureAlgorithm.RSA_SHA512;
            case String registered -> SignatureAlgorithm.ofRegisteredName(registered).orElseThrow();
        };
        return algorithm.verifies(key(vector), vector.get(base).asText().getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(vector.get("signatureBase64").asText()));
    }

    private static void checkOutcome(JsonNode vector, Expected expected) {
        SignedRequest request = request(vector);
        PublicKey key = key(vector);
        VerificationOutcome outcome = new SignatureVerifier(request.targetUri().host()::equals).verify(
                request, new FixedKeys(key), Clock.fixed(Instant.parse(vector.get("evaluateAt").asText()), ZoneOffset.UTC));
        if (expected == Expected.ACCEPT) {
            assertEquals(FixedKeys.OWNER, assertInstanceOf(Verified.class, outcome).owner());
        } else {
            assertEquals(401, assertInstanceOf(Refused.class, outcome).status());
        }
    }

    private static Expected expected(JsonNode vector) {
        String expect = vector.get("expect").asText();
        return switch (vector.get("id").asText()) {
            // Where servers differ we take the lenient side, as the reference advises.
            case "cavage-own-post-created-with-rsa-sha256", "cavage-own-post-rsa-sha512", "rfc9421-own-post-no-target" ->
                    Expected.ACCEPT;
            case "cavage-ietf-C1", "cavage-ietf-C2", "cavage-ietf-C3", "rfc9421-B.2.1" -> Expected.REFUSE;
            default -> {
                if (expect.startsWith("base-building test")) {
                    yield Expected.BASE_ONLY;
                }
                assertTrue(expect.startsWith("accept") || expect.startsWith("reject 401"), "unknown expectation: " + expect);
                yield expect.startsWith("accept") ? Expected.ACCEPT : Expected.REFUSE;
            }
        };
    }

    private static SignedRequest request(JsonNode vector) {
        JsonNode request = vector.get("request");
        return new SignedRequest(request.get("method").asText(), ObjectUri.parse(request.get("url").asText()),
                headers(request), request.path("bodyUtf8").asText("").getBytes(StandardCharsets.UTF_8));
    }

    private static List<Header> headers(JsonNode message) {
        List<Header> headers = new ArrayList<>();
        message.get("headers").forEach(line -> headers.add(new Header(line.get(0).asText(), line.get(1).asText())));
        return headers;
    }

    private static PublicKey key(JsonNode vector) {
        String pem = VECTORS.get("keys").get(vector.get("key").asText()).get("publicKeyPem").asText();
        return Keys.readPublicPem(pem).orElseThrow();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static JsonNode read() {
        Path file = Path.of(System.getProperty("dunlin.test.shared"), "reference", "federation-signature-vectors.json");
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** One key under every id. */
    record FixedKeys(PublicKey key) implements KeyLookup {
        static final String OWNER = "https://peer.example/users/alice";

        @Override
        public Answer find(String keyId) {
            return new Found(key, OWNER);
        }

        @Override
        public Answer refresh(String keyId) {
            return new Found(key, OWNER);
        }
    }
}
