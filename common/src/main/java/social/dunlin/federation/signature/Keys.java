package social.dunlin.federation.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Making, reading and writing keys. Public keys are read as SPKI and as PKCS#1 PEM with whatever line ends the sender
 * has, RSA between 1024 and 4096 bits: longer ones would let a stranger spend our time.
 */
public final class Keys {
    private static final int OWN_RSA_BITS = 2048;
    private static final int MINIMUM_RSA_BITS = 1024;
    private static final int MAXIMUM_RSA_BITS = 4096;
    private static final int MAXIMUM_EXPONENT_BITS = 64;
    private static final int MAXIMUM_PEM_LENGTH = 16 * 1024;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "Ed25519", "EC");

    private Keys() {
    }

    public static KeyPair generateRsa() {
        return generate("RSA", OWN_RSA_BITS);
    }

    public static KeyPair generateEd25519() {
        return generate("Ed25519", 0);
    }

    /** A public key of someone else; empty when it is none that we use. */
    public static Optional<PublicKey> readPublicPem(String pem) {
        return readPem(pem).flatMap(block -> switch (block.label()) {
            case "PUBLIC KEY" -> decodePublic(block.content());
            case "RSA PUBLIC KEY" -> decodePublic(Der.wrapRsaPublicKey(block.content()));
            default -> Optional.empty();
        });
    }

    /** One of our own private keys: PKCS#8, or PKCS#1 when it was imported. */
    public static Optional<PrivateKey> readPrivatePem(String pem) {
        return readPem(pem).flatMap(block -> switch (block.label()) {
            case "PRIVATE KEY" -> decodePrivate(block.content());
            case "RSA PRIVATE KEY" -> decodePrivate(Der.wrapRsaPrivateKey(block.content()));
            default -> Optional.empty();
        });
    }

    /** As actors publish it in {@code publicKeyPem}. */
    public static String writePublicPem(PublicKey key) {
        return writePem("PUBLIC KEY", key.getEncoded());
    }

    public static String writePrivatePem(PrivateKey key) {
        return writePem("PRIVATE KEY", key.getEncoded());
    }

    static Optional<PublicKey> decodePublic(byte[] subjectPublicKeyInfo) {
        return decode(factory -> factory.generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo)))
                .filter(Keys::isUsable);
    }

    private static Optional<PrivateKey> decodePrivate(byte[] pkcs8) {
        return decode(factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8))).filter(Keys::isUsable);
    }

    private static boolean isUsable(Key key) {
        if (!(key instanceof RSAKey rsa)) {
            return true;
        }
        int bits = rsa.getModulus().bitLength();
        boolean exponent = !(key instanceof RSAPublicKey publicKey)
                || publicKey.getPublicExponent().bitLength() <= MAXIMUM_EXPONENT_BITS;
        return bits >= MINIMUM_RSA_BITS && bits <= MAXIMUM_RSA_BITS && exponent;
    }

    private interface Decoder<K extends Key> {
        K decode(KeyFactory factory) throws GeneralSecurityException;
    }

    private static <K extends Key> Optional<K> decode(Decoder<K> decoder) {
        for (String algorithm : ALGORITHMS) {
            try {
                return Optional.of(decoder.decode(SignatureProvider.keyFactory(algorithm)));
            } catch (GeneralSecurityException ofAnotherKind) {
                continue;
            }
        }
        return Optional.empty();
    }

    private record PemBlock(String label, byte[] content) {
    }

    private static Optional<PemBlock> readPem(String pem) {
        if (pem == null || pem.length() > MAXIMUM_PEM_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PemBlock(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String writePem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
