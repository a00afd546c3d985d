package social.dunlin.oauth;

import java.time.Instant;

/**
 * A browser session as its owner sees it.
 *
 * @param key names it; the hash of the id that the browser holds, which opens nothing
 */
public record OpenSession(String key, String userAgent, String ip, Instant createdAt, Instant lastSeenAt) {
}
