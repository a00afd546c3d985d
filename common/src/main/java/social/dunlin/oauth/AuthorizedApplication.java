package social.dunlin.oauth;

import java.time.Instant;

/**
 * An application that somebody lets act for an account of theirs; all of its tokens together.
 *
 * @param website    null when it names none
 * @param handle     of the account it acts for
 * @param lastUsedAt by the day; null = never
 */
public record AuthorizedApplication(long applicationId, long accountId, String name, String website, String handle, Instant since, Instant lastUsedAt,
                                    Scopes scopes) {
    /** What tells one from the others of a login. */
    public record Name(long applicationId, long accountId) {
    }
}
