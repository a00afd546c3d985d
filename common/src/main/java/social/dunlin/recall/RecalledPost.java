package social.dunlin.recall;

import java.time.Instant;
import social.dunlin.status.Visibility;

/**
 * A post as its row and its counters have it.
 *
 * @param reblogOfId 0 for a post that boosts none
 * @param mentioned  whom a private or direct post is for besides followers; nobody for others
 * @param expiresAt  null for what stays
 * @param version    of the row, as in {@link social.dunlin.status.StatusGlance}
 */
public record RecalledPost(
        long id,
        long accountId,
        long reblogOfId,
        long conversationId,
        Visibility visibility,
        Ids mentioned,
        boolean quotableByFollowers,
        Instant expiresAt,
        long version,
        int repliesCount,
        int reblogsCount,
        int favouritesCount,
        int quotesCount) {

    /** A post that was asked for and is not there. */
    static RecalledPost gone(long id) {
        return new RecalledPost(id, 0, 0, 0, Visibility.DIRECT, Ids.NONE, false, Instant.EPOCH, 0, 0, 0, 0, 0);
    }

    boolean isGone() {
        return accountId == 0;
    }

    public boolean isBoost() {
        return reblogOfId != 0;
    }

    public boolean isFor(RecalledReader reader) {
        return mentioned.contains(reader.id());
    }

    int weight() {
        return 200 + 8 * mentioned.size();
    }

    public boolean hasEnded(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
