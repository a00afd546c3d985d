package social.dunlin.account;

/**
 * How a local account posts and reads when nothing else is said.
 *
 * @param defaultVisibility  the API's word, see {@code social.dunlin.status.Visibility}
 * @param defaultLanguage    null = by the client
 * @param defaultQuotePolicy public, followers or nobody
 * @param expandMedia        default, show_all or hide_all
 */
public record AccountSettings(
        String defaultVisibility,
        boolean defaultSensitive,
        String defaultLanguage,
        String defaultQuotePolicy,
        String defaultContentType,
        String expandMedia,
        boolean expandSpoilers,
        boolean reduceMotion) {

    /** What holds for an account that never changed anything; the same as the columns' defaults. */
    public static final AccountSettings DEFAULTS = new AccountSettings("public", false, null, "public", "text/plain", "default", false, false);
}
