package social.dunlin.oauth;

/**
 * A browser that is logged in.
 *
 * @param csrfToken stands in every form it gets
 * @param key       names the session to its owner, see {@link OpenSession}
 */
public record WebSession(long userId, long accountId, long domainId, String csrfToken, String key) {
}
