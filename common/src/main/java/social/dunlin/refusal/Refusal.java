package social.dunlin.refusal;

import java.time.Duration;
import java.util.Optional;

/**
 * An expected "no": the text is safe to show to whoever asked, the status says how HTTP puts it.
 * Texts follow Mastodon's where clients lean on them (reference: behaviours §4).
 */
public class Refusal extends RuntimeException {
    private final int status;
    private final transient Duration retryAfter;

    public Refusal(int status, String safeText) {
        this(status, safeText, null);
    }

    private Refusal(int status, String safeText, Duration retryAfter) {
        super(safeText, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** When it is worth asking again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public static Refusal badRequest(String safeText) {
        return new Refusal(400, safeText);
    }

    /** The token is missing, unknown or revoked. */
    public static Refusal unauthorized() {
        return new Refusal(401, "The access token is invalid");
    }

    public static Refusal forbidden(String safeText) {
        return new Refusal(403, safeText);
    }

    /** Not there, or not for this reader: the two look alike. */
    public static Refusal notFound() {
        return new Refusal(404, "Record not found");
    }

    /** The input is understood and refused, as Mastodon says it: {@code Validation failed: …}. */
    public static Refusal invalid(String reason) {
        return new Refusal(422, "Validation failed: " + reason);
    }

    public static Refusal unprocessable(String safeText) {
        return new Refusal(422, safeText);
    }

    public static Refusal tooManyRequests(Duration retryAfter) {
        return new Refusal(429, "Too many requests", retryAfter);
    }

    /** Another server did not answer as it should. */
    public static Refusal unavailable(String safeText) {
        return new Refusal(503, safeText);
    }
}
