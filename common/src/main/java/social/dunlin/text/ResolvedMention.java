package social.dunlin.text;

/**
 * The account behind a mention.
 *
 * @param profileUrl the page (or actor id) the link leads to
 * @param username   shown after the {@code @} where it is unambiguous
 * @param acctShown  {@code user@host}, shown where two people of the same text share a user name, and in profile fields
 */
public record ResolvedMention(String profileUrl, String username, String acctShown) {
}
