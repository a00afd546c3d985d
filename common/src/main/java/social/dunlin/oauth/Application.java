package social.dunlin.oauth;

import java.time.Instant;
import java.util.List;

/** A client that registered itself. */
public record Application(long id, String clientId, byte[] secretHash, String name, String website, List<String> redirectUris, Scopes scopes,
                          Instant createdAt) {
    /** Shows the code on a page instead of redirecting. */
    public static final String OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";
}
