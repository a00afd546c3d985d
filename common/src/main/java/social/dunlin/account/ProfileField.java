package social.dunlin.account;

import java.time.Instant;

/**
 * A line of the profile.
 *
 * @param value      HTML, sanitised
 * @param source     what a local author typed; null for remote accounts
 * @param verifiedAt when the rel=me link was seen; null = not verified
 */
public record ProfileField(String name, String value, String source, Instant verifiedAt) {
    public ProfileField verified(Instant seen) {
        return new ProfileField(name, value, source, seen);
    }
}
