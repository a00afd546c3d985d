package social.dunlin.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes that an app computes from a shared secret and the time: RFC 6238 with SHA-1, 30 seconds and six digits, which all apps know. */
final class Totp {
    static final int SECRET_BYTES = 20;
    private static final int SECONDS = 30;
    private static final int MODULUS = 1_000_000;
    /** How far clocks may differ, in steps. */
    private static final int TOLERANCE = 1;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {
    }

    static long stepAt(Instant time) {
        return time.getEpochSecond() / SECONDS;
    }

    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            // RFC 4226 §5.3: the last four bits say where the code's 31 bits stand.
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0x0f) & 0x7fffffff;
            return "%06d".formatted(number % MODULUS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The step whose code was typed. Every candidate is compared, and each in constant time. */
    static OptionalLong match(byte[] secret, String typed, Instant now) {
        byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = stepAt(now) - TOLERANCE; step <= stepAt(now) + TOLERANCE; step++) {
            if (MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), bytes)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** RFC 4648 §6; the length is a multiple of five bytes, so nothing is padded. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit += 5) {
            int index = bit / Byte.SIZE;
            int pair = (bytes[index] & 0xff) << Byte.SIZE | (index + 1 < bytes.length ? bytes[index + 1] & 0xff : 0);
            text.append(BASE32.charAt(pair >> 2 * Byte.SIZE - 5 - bit % Byte.SIZE & 31));
        }
        return text.toString();
    }
}
