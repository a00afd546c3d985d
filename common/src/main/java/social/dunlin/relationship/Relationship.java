package social.dunlin.relationship;

import java.time.Instant;
import java.util.List;

/**
 * How an account stands to another one, seen by the first.
 *
 * @param id              the other account
 * @param showingReblogs  of the follow or the follow request; false when there is neither
 * @param languages       null = all
 * @param mutingExpiresAt null = for ever, or not muted
 * @param note            the viewer's private note; "" = none
 */
public record Relationship(
        long id,
        boolean following,
        boolean showingReblogs,
        boolean notifying,
        List<String> languages,
        boolean followedBy,
        boolean blocking,
        boolean blockedBy,
        boolean muting,
        boolean mutingNotifications,
        Instant mutingExpiresAt,
        boolean requested,
        boolean requestedBy,
        boolean domainBlocking,
        boolean endorsed,
        String note) {

    /** As the answer to a follow of an unlocked remote account says it: see {@link RelationshipService#follow}. */
    Relationship presumedAccepted() {
        return new Relationship(id, true, showingReblogs, notifying, languages, followedBy, blocking, blockedBy,
            muting, mutingNotifications, mutingExpiresAt, false, requestedBy, domainBlocking, endorsed, note);
    }
}
