package social.dunlin.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts for one subscriber, so that the push service reads nothing: by RFC 8291, and by the draft before it
 * (draft-ietf-webpush-encryption-04) that the relays of old clients take apart.
 */
final class PushEncryption {
    static final int SALT_BYTES = 16;
    static final int AUTH_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int RECORD_SIZE = 4096;
    private static final byte LAST_RECORD = 2;

    private PushEncryption() {
    }

    /** A body for {@code Content-Encoding: aes128gcm}: salt and sender's key stand before the one record (RFC 8188 §2.1). */
    static byte[] standard(byte[] plain, ECPublicKey subscriber, byte[] auth, KeyPair sender, byte[] salt) {
        byte[] senderPoint = PointP256.of((ECPublicKey) sender.getPublic());
        byte[] secret = hmac(auth, agreed(sender, subscriber));
        byte[] material = hmac(secret, text("WebPush: info"), zero(), PointP256.of(subscriber), senderPoint, one());
        byte[] random = hmac(salt, material);
        byte[] key = Arrays.copyOf(hmac(random, text("Content-Encoding: aes128gcm"), zero(), one()), KEY_BYTES);
        byte[] nonce = Arrays.copyOf(hmac(random, text("Content-Encoding: nonce"), zero(), one()), NONCE_BYTES);
        byte[] sealed = seal(key, nonce, plain, new byte[] {LAST_RECORD});
        return ByteBuffer.allocate(salt.length + Integer.BYTES + 1 + senderPoint.length + sealed.length)
            .put(salt).putInt(RECORD_SIZE).put((byte) senderPoint.length).put(senderPoint).put(sealed).array();
    }

    /** A body for {@code Content-Encoding: aesgcm}: salt and sender's key travel in header fields. */
    static byte[] draft(byte[] plain, ECPublicKey subscriber, byte[] auth, KeyPair sender, byte[] salt) {
        byte[] secret = hmac(auth, agreed(sender, subscriber));
        byte[] material = hmac(secret, text("Content-Encoding: auth"), zero(), one());
        byte[] random = hmac(salt, material);
        byte[] parties = ByteBuffer.allocate(2 * (Short.BYTES + PointP256.BYTES))
            .putShort((short) PointP256.BYTES).put(PointP256.of(subscriber))
            .putShort((short) PointP256.BYTES).put(PointP256.of((ECPublicKey) sender.getPublic())).array();
        byte[] key = Arrays.copyOf(hmac(random, text("Content-Encoding: aesgcm"), zero(), text("P-256"), zero(), parties, one()), KEY_BYTES);
        byte[] nonce = Arrays.copyOf(hmac(random, text("Content-Encoding: nonce"), zero(), text("P-256"), zero(), parties, one()), NONCE_BYTES);
        return seal(key, nonce, new byte[Short.BYTES], plain);
    }

    private static byte[] agreed(KeyPair sender, ECPublicKey subscriber) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(sender.getPrivate());
            agreement.doPhase(subscriber, true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Both steps of HKDF with SHA-256 (RFC 5869), as no output here is longer than one block. */
    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] seal(byte[] key, byte[] nonce, byte[] first, byte[] second) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            byte[] whole = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, whole, first.length, second.length);
            return cipher.doFinal(whole);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] text(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zero() {
        return new byte[] {0};
    }

    private static byte[] one() {
        return new byte[] {1};
    }
}
