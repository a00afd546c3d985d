package social.dunlin.relationship;

import java.time.Instant;
import social.dunlin.account.Account;

/**
 * An entry of the list of muted accounts.
 *
 * @param relationId cursor of the list
 * @param expiresAt  null = for ever
 */
public record Muted(long relationId, Account account, Instant expiresAt) {
}
