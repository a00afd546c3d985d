package social.dunlin.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random text given out once: token, client secret, code or session id. 256 random bits need no slow
 * hash, so SHA-256 is what is stored and looked up.
 */
public final class OpaqueSecret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private OpaqueSecret() {
    }

    /** 32 random bytes, URL-safe base64 without padding: 43 characters. */
    public static String make() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    /** For secrets of another form. */
    public static byte[] random(int bytes) {
        byte[] made = new byte[bytes];
        RANDOM.nextBytes(made);
        return made;
    }

    /** The form in which a secret is stored and looked up. */
    public static byte[] hash(String secret) {
        return sha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Compares in constant time. */
    public static boolean matches(String secret, byte[] hash) {
        return MessageDigest.isEqual(hash(secret), hash);
    }
}
