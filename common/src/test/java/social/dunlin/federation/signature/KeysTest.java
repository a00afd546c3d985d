package social.dunlin.federation.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KeysTest {
    private static final JsonNode VECTOR_KEYS = SignatureVectorsTest.read().get("keys");

    @TestFactory
    Stream<DynamicTest> everyFormOfAVectorsKeyIsTheSameKey() {
        return VECTOR_KEYS.properties().stream().map(entry -> dynamicTest(entry.getKey(), () -> {
            PublicKey key = Keys.readPublicPem(entry.getValue().get("publicKeyPem").asText()).orElseThrow();
            assertEquals(Optional.of(key), Keys.readPublicPem(Keys.writePublicPem(key)));
            if (entry.getValue().has("publicKeyPkcs1Pem")) {
                assertEquals(Optional.of(key), Keys.readPublicPem(entry.getValue().get("publicKeyPkcs1Pem").asText()));
            }
            if (entry.getValue().has("publicKeyMultibase")) {
                String multibase = entry.getValue().get("publicKeyMultibase").asText();
                assertEquals(Optional.of(key), Multikey.decode(multibase));
                assertEquals(multibase, Multikey.encode(key));
            }
            if (entry.getValue().has("privateKeyPem")) {
                var privateKey = Keys.readPrivatePem(entry.getValue().get("privateKeyPem").asText()).orElseThrow();
                byte[] message = {1, 2, 3};
                SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(key);
                assertTrue(algorithm.verifies(key, message, algorithm.sign(privateKey, message)));
            }
        }));
    }

    @Test
    void pemIsReadWithAnyLineEnds() {
        String pem = VECTOR_KEYS.get("own-rsa2048").get("publicKeyPem").asText();
        Optional<PublicKey> key = Keys.readPublicPem(pem);
        assertTrue(key.isPresent());
        assertEquals(key, Keys.readPublicPem(pem.replace("\n", "\r\n")));
        assertEquals(key, Keys.readPublicPem(pem.strip()));
        assertEquals(key, Keys.readPublicPem("  \n" + pem.replace("\n", "\n  ")));
        assertEquals(key, Keys.readPublicPem(pem.replace("\n", "")));
    }

    @Test
    void whatIsNoUsableKeyIsRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(512);
        assertEquals(Optional.empty(), Keys.readPublicPem(Keys.writePublicPem(generator.generateKeyPair().getPublic())));
        assertEquals(Optional.empty(), Keys.readPublicPem(null));
        assertEquals(Optional.empty(), Keys.readPublicPem(""));
        assertEquals(Optional.empty(), Keys.readPublicPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
        assertEquals(Optional.empty(), Keys.readPublicPem("-----BEGIN PUBLIC KEY-----\n\n-----END PUBLIC KEY-----"));
        assertEquals(Optional.empty(), Keys.readPublicPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"));
        assertEquals(Optional.empty(), Keys.readPublicPem("-----BEGIN PUBLIC KEY-----" + "A".repeat(20_000)));
    }

    @Test
    void whatIsNoMultikeyIsRefused() {
        assertEquals(Optional.empty(), Multikey.decode(null));
        assertEquals(Optional.empty(), Multikey.decode(""));
        assertEquals(Optional.empty(), Multikey.decode("z"));
        assertEquals(Optional.empty(), Multikey.decode("z0OIl"));
        assertEquals(Optional.empty(), Multikey.decode("u7QEB"));
        assertEquals(Optional.empty(), Multikey.decode("z" + "1".repeat(400)));
        assertEquals(Optional.empty(), Multikey.decode("z" + "2".repeat(100_000)));
    }

    @Test
    void generatedKeysSurviveBeingWrittenAndRead() {
        for (KeyPair pair : new KeyPair[] {Keys.generateRsa(), Keys.generateEd25519()}) {
            assertEquals(Optional.of(pair.getPublic()), Keys.readPublicPem(Keys.writePublicPem(pair.getPublic())));
            assertEquals(Optional.of(pair.getPrivate()), Keys.readPrivatePem(Keys.writePrivatePem(pair.getPrivate())));
            assertEquals(Optional.of(pair.getPublic()), Multikey.decode(Multikey.encode(pair.getPublic())));
        }
        assertEquals(2048, ((RSAPublicKey) Keys.generateRsa().getPublic()).getModulus().bitLength());
    }
}
