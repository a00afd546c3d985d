package social.dunlin.federation.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import social.dunlin.config.Cryptography;

/** On the platforms we build for, the native library has to work: these tests run there. */
class SignatureProviderTest {
    private static final byte[] MESSAGE = "the tide is out".getBytes(StandardCharsets.UTF_8);

    @AfterEach
    void chooseAsUsual() {
        SignatureProvider.choose(Cryptography.AUTOMATIC);
    }

    @Test
    void nativeLibraryIsTakenWhereItWorksAndLeftWhenUnwanted() {
        assertEquals("native", SignatureProvider.name());
        SignatureProvider.choose(Cryptography.JAVA);
        assertEquals("java", SignatureProvider.name());
        SignatureProvider.choose(Cryptography.NATIVE);
        assertEquals("native", SignatureProvider.name());
    }

    /** Keys are read by one provider and kept while the other is chosen. */
    @ParameterizedTest
    @EnumSource(value = SignatureAlgorithm.class, names = {"RSA_SHA256", "RSA_SHA512", "ED25519"})
    void eachProviderTakesSignaturesAndKeysOfTheOther(SignatureAlgorithm algorithm) {
        KeyPair made = algorithm == SignatureAlgorithm.ED25519 ? Keys.generateEd25519() : Keys.generateRsa();
        for (Cryptography reader : new Cryptography[] {Cryptography.NATIVE, Cryptography.JAVA}) {
            SignatureProvider.choose(reader);
            PrivateKey privateKey = Keys.readPrivatePem(Keys.writePrivatePem(made.getPrivate())).orElseThrow();
            PublicKey publicKey = Keys.readPublicPem(Keys.writePublicPem(made.getPublic())).orElseThrow();
            SignatureProvider.choose(Cryptography.NATIVE);
            byte[] byNative = algorithm.sign(privateKey, MESSAGE);
            assertTrue(algorithm.verifies(publicKey, MESSAGE, byNative));
            SignatureProvider.choose(Cryptography.JAVA);
            byte[] byJava = algorithm.sign(privateKey, MESSAGE);
            assertTrue(algorithm.verifies(publicKey, MESSAGE, byNative));
            SignatureProvider.choose(Cryptography.NATIVE);
            assertTrue(algorithm.verifies(publicKey, MESSAGE, byJava));
        }
    }

    @ParameterizedTest
    @EnumSource(value = SignatureAlgorithm.class, names = {"RSA_SHA256", "RSA_SHA512", "ED25519"})
    void nothingButTheSignatureIsTaken(SignatureAlgorithm algorithm) {
        KeyPair made = algorithm == SignatureAlgorithm.ED25519 ? Keys.generateEd25519() : Keys.generateRsa();
        byte[] signature = algorithm.sign(made.getPrivate(), MESSAGE);
        byte[] changed = signature.clone();
        changed[3] ^= 1;
        assertFalse(algorithm.verifies(made.getPublic(), MESSAGE, changed));
        assertFalse(algorithm.verifies(made.getPublic(), new byte[0], signature));
        assertFalse(algorithm.verifies(made.getPublic(), MESSAGE, new byte[0]));
        assertFalse(algorithm.verifies(made.getPublic(), MESSAGE, new byte[5_000]));
    }
}
