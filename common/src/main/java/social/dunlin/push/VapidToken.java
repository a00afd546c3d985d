package social.dunlin.push;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** The signed word by which a push service knows who sends (RFC 8292 §2). */
final class VapidToken {
    /** The longest that is allowed. */
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private VapidToken() {
    }

    /**
     * @param audience origin of the push service
     * @param subject  how its operators reach ours: {@code mailto:} or {@code https:}
     */
    static String make(PrivateKey key, String audience, String subject, Instant now) {
        String claims = part(new JsonObject().put("typ", "JWT").put("alg", "ES256")) + "."
            + part(new JsonObject().put("aud", audience).put("exp", now.plus(LIFE).getEpochSecond()).put("sub", subject));
        try {
            // JWS wants the two numbers side by side, not in DER (RFC 7518 §3.4).
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(claims.getBytes(StandardCharsets.US_ASCII));
            return claims + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String part(JsonObject json) {
        return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
