package social.dunlin.activitypub;

/**
 * What a post quotes.
 *
 * @param target        id of the quoted post; null when it was revoked (a Tombstone)
 * @param form          the member it was read from
 * @param authorization id of the stamp ({@code quoteAuthorization}), or null
 */
public record ApQuote(String target, Form form, String authorization) {
    /** In the order of preference. Only {@link #QUOTE} is under consent (FEP-044f); the others are legacy. */
    public enum Form { QUOTE, MISSKEY, QUOTE_URL, QUOTE_URI, LINK_TAG }
}
