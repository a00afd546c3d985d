package social.dunlin.oauth;

/** A browser that is logged in. {@code csrfToken} stands in every form it gets. */
public record WebSession(long userId, long accountId, long domainId, String csrfToken) {
}
