package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.relationship.RelationshipStore.Ended;

/**
 * What other servers say about follows and blocks, for the inbox handlers. The handler has checked that
 * the sender may say it; each call is one transaction, may come twice, and writes its own answer.
 */
@ApplicationScoped
public class RemoteRelationships {
    private final Database database;
    private final RelationshipStore store;
    private final HomeBackfill home;
    private final RelationshipNotifications notifications;
    private final Outbox outbox;

    public RemoteRelationships(Database database, RelationshipStore store, HomeBackfill home, RelationshipNotifications notifications, Outbox outbox) {
        this.database = database;
        this.store = store;
        this.home = home;
        this.notifications = notifications;
        this.outbox = outbox;
    }

    /**
     * A remote account asks to follow a local one. The Accept or Reject is written to the outbox here. A
     * known follower who asks again gets a new Accept under the new id, for its server may have lost the first.
     *
     * @param uri id of the Follow; null when it has none
     */
    public FollowOutcome receiveFollow(Account remote, Account local, String uri) {
        return database.transaction(() -> {
            if (isRefused(remote, local)) {
                outbox.followRejected(local.id(), remote.id(), uri);
                return new FollowOutcome.Refused();
            }
            if (store.renameFollow(remote.id(), local.id(), uri)) {
                outbox.followAccepted(local.id(), remote.id(), uri);
                return new FollowOutcome.Accepted();
            }
            if (local.locked() || remote.silencedAt() != null) {
                store.addRequest(remote.id(), local.id(), uri, FollowOptions.UNCHANGED);
                notifications.followRequested(remote.id(), local.id());
                return new FollowOutcome.Pending();
            }
            store.removeRequest(remote.id(), local.id());
            store.addFollow(remote.id(), local.id(), uri, FollowOptions.UNCHANGED);
            notifications.followed(remote.id(), local.id());
            outbox.followAccepted(local.id(), remote.id(), uri);
            return new FollowOutcome.Accepted();
        });
    }

    /** The instance actor (Application) follows and is followed by relays only, which come by their own way. */
    private boolean isRefused(Account remote, Account local) {
        return local.isSuspended() || remote.isSuspended() || local.hasMoved()
            || local.actorType().equals("Application") && local.userId().isEmpty()
            || store.isFollowForbidden(remote.id(), local.id());
    }

    /** Whose follow of the target was sent under this id, pending or accepted. */
    public OptionalLong followerByUri(String followUri, long targetId) {
        return store.followerByUri(followUri, targetId);
    }

    /** Whether the follow or request between them was sent under an id, and under another one than this. */
    public boolean hasFollowUnderAnotherId(long followerId, long targetId, String followUri) {
        return store.hasFollowUnderAnotherId(followerId, targetId, followUri);
    }

    /** The followed account's server says yes. True when a request was waiting. */
    public boolean receiveAccept(long targetId, long localFollowerId) {
        return database.transaction(() -> {
            boolean waiting = store.acceptRequest(localFollowerId, targetId).isPresent();
            if (waiting) {
                home.fill(localFollowerId, targetId);
            }
            return waiting;
        });
    }

    /** The followed account's server says no, or ends a follow it had accepted. True when there was one. */
    public boolean receiveReject(long targetId, long localFollowerId) {
        return database.transaction(() -> end(localFollowerId, targetId));
    }

    /** A remote follower leaves or takes back the request. True when there was one. */
    public boolean receiveUndoFollow(long followerId, long localTargetId) {
        return database.transaction(() -> end(followerId, localTargetId));
    }

    /** {@code uri}: id of the Block; may be null. */
    public void receiveBlock(long blockerId, long localId, String uri) {
        database.transaction(() -> {
            store.addBlock(blockerId, localId, uri);
            end(blockerId, localId);
            end(localId, blockerId);
            home.removeAllTraces(localId, blockerId);
        });
    }

    /** True when there was a block. */
    public boolean receiveUndoBlock(long blockerId, long localId) {
        return store.endBlock(blockerId, localId).isPresent();
    }

    private boolean end(long followerId, long targetId) {
        List<Ended> ended = store.endFollow(followerId, targetId);
        if (ended.isEmpty()) {
            return false;
        }
        home.remove(followerId, targetId);
        notifications.withdrawn(followerId, targetId);
        return true;
    }
}
