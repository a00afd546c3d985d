package social.dunlin.relationship;

import social.dunlin.account.Account;

/**
 * An entry of a list of accounts.
 *
 * @param relationId id of the relation's row: the cursor of the list (never the account's id)
 */
public record Related(long relationId, Account account) {
}
