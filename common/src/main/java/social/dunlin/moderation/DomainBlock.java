package social.dunlin.moderation;

import java.time.Instant;
import java.util.Locale;

/**
 * What is done about a server and those below it.
 *
 * @param publicComment  plain text; empty = none, as the private one
 * @param obfuscated     its name is not told to readers as it is
 */
public record DomainBlock(String host, Severity severity, String publicComment, String privateComment, boolean obfuscated, Instant createdAt) {

    /** The API's names in lower case. */
    public enum Severity {
        /** Nothing but what is said of its media. */
        NOOP,
        /** Its people are limited. */
        SILENCE,
        /** Nothing comes from it and nothing goes there. */
        SUSPEND;

        public String apiName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Severity ofApiName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** The name as readers get it; of an obfuscated one the middle is starred, as Mastodon does. */
    public String publicName() {
        if (!obfuscated) {
            return host;
        }
        int shown = host.length() / 4;
        StringBuilder name = new StringBuilder(host);
        for (int index = shown + 1; index < host.length() - shown; index++) {
            if (host.charAt(index) != '.') {
                name.setCharAt(index, '*');
            }
        }
        return name.toString();
    }
}
