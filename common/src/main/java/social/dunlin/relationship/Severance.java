package social.dunlin.relationship;

import java.time.Instant;

/**
 * Follows that ended all at once.
 *
 * @param target    the server, or the account as {@code name@server}
 * @param followers how many followers the account lost
 * @param following how many it followed
 */
public record Severance(long id, long accountId, Cause cause, String target, int followers, int following, Instant createdAt) {

    /** Why; the API's names in lower case. */
    public enum Cause {
        /** The server was blocked by this one. */
        DOMAIN_BLOCK,
        /** The account itself blocked the server. */
        USER_DOMAIN_BLOCK,
        /** Somebody elsewhere was suspended here. */
        ACCOUNT_SUSPENSION
    }
}
