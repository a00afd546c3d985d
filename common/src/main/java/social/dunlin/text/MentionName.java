package social.dunlin.text;

import java.util.Locale;

/**
 * Whom a written mention means, in the form two spellings of the same mention share (lower case).
 *
 * @param username local part
 * @param host     host with optional {@code :port}; null for an account of this server
 */
public record MentionName(String username, String host) {
    public MentionName {
        username = username.toLowerCase(Locale.ROOT);
        host = host == null ? null : host.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return host == null ? username : username + "@" + host;
    }
}
