package social.dunlin.federation.relay;

/**
 * A relay as it is stored.
 *
 * @param url       an inbox (Mastodon's style: one follows Public) or an actor (LitePub's: one follows it)
 * @param inboxUrl  null until it is known
 * @param actorUri  null until it has answered
 * @param followUri null until it was asked
 */
public record Relay(long id, String url, String inboxUrl, String actorUri, String followUri, State state) {
    /** How it stands with us. */
    public enum State {
        /** Named by the administrator, not asked yet. */
        IDLE,
        PENDING,
        ACCEPTED,
        REJECTED,
        /** There is no such relay. */
        FAILED
    }

    boolean isNamedByInbox() {
        return url.endsWith("/inbox");
    }
}
