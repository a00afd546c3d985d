package social.dunlin.relationship;

/**
 * An entry of an account's list of blocked domains.
 *
 * @param relationId cursor of the list
 */
public record BlockedHost(long relationId, String host) {
}
