package social.dunlin.account;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * An identity, local or remote, as its row says.
 *
 * @param domainId the served domain of a local account; empty = remote
 * @param userId   the login that owns a local person
 * @param host     handle domain, for local accounts too
 * @param note     HTML, sanitised
 * @param fields   JSON array of {@link ProfileField}
 */
public record Account(
        long id,
        OptionalLong domainId,
        OptionalLong userId,
        String username,
        String host,
        String uri,
        String url,
        String actorType,
        String displayName,
        String note,
        String noteSource,
        String fields,
        String avatarRemoteUrl,
        String avatarBlob,
        String avatarDescription,
        String headerRemoteUrl,
        String headerBlob,
        String headerDescription,
        List<String> emojis,
        boolean locked,
        Boolean discoverable,
        boolean indexable,
        boolean hideCollections,
        boolean showMedia,
        boolean showMediaReplies,
        boolean showFeatured,
        boolean memorial,
        List<String> alsoKnownAs,
        OptionalLong movedToId,
        String inboxUrl,
        String sharedInboxUrl,
        String outboxUrl,
        String followersUrl,
        String followingUrl,
        String featuredUrl,
        Instant silencedAt,
        Instant suspendedAt,
        Instant deletedAt,
        Instant createdAt,
        Instant updatedAt,
        Instant fetchedAt,
        int statusesCount,
        int followersCount,
        int followingCount,
        Instant lastStatusAt) {

    public boolean isLocal() {
        return domainId.isPresent();
    }

    public boolean isSuspended() {
        return suspendedAt != null || deletedAt != null;
    }

    /** True when it names another account as its new home; then it neither posts nor follows. */
    public boolean hasMoved() {
        return movedToId.isPresent();
    }

    public boolean isBot() {
        return actorType.equals("Service") || actorType.equals("Application");
    }

    public boolean isGroup() {
        return actorType.equals("Group");
    }

    /** Whether others may put it into their collections: whoever lets themself be discovered. Of other servers' people it is not known. */
    public boolean isFeaturable() {
        return isLocal() && !isSuspended() && Boolean.TRUE.equals(discoverable);
    }

    /** {@code user} for local accounts, {@code user@host} for remote ones: the API's {@code acct}. */
    public String acct() {
        return isLocal() ? username : username + "@" + host;
    }

    /** {@code user@host}, always. */
    public String handle() {
        return username + "@" + host;
    }

    /** Where activities for this account go: the shared inbox when there is one. */
    public String deliveryInbox() {
        return sharedInboxUrl != null ? sharedInboxUrl : inboxUrl;
    }

    /** The page for people. */
    public String pageUrl() {
        return url != null ? url : uri;
    }
}
