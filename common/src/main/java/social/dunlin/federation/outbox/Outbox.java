package social.dunlin.federation.outbox;

import java.util.List;
import social.dunlin.status.Reaction;
import social.dunlin.status.Status;

/**
 * What local people did and other servers should learn. Each call writes a job in the caller's
 * transaction and costs nothing when nobody remote is concerned; rendering, audience and delivery happen
 * in the federation worker. Calls for local-only posts are ignored, so that no caller can leak one.
 *
 * <p>What is removed here must be told by value, because its row is gone when the job runs.
 */
public interface Outbox {
    /** A new post of a local account: Create{Note}, or for a boost Announce. */
    void statusCreated(long statusId);

    /**
     * The same for a post at hand.
     *
     * @param concerned whether anybody on another server may be: false leaves no job
     */
    void statusCreated(Status status, boolean concerned);

    /** Update{Note}. */
    void statusEdited(long statusId);

    /**
     * Delete{Tombstone}. Must be called before the row is deleted, in the same transaction: the audience
     * (mentioned, boosters, repliers) is read here.
     */
    void statusDeleted(long statusId);

    /** Undo{Announce}; called before the boost's own row is deleted. */
    void reblogUndone(long reblogStatusId);

    /** Like of a remote post. */
    void favourited(long accountId, long statusId);

    /** Undo{Like}. {@code likeUri} is the id under which the Like was sent; may be null. */
    void favouriteUndone(long accountId, long statusId, String likeUri);

    /** EmojiReact to a remote post (FEP-c0e0); the row of the reaction exists and gets its activity id here. */
    void reacted(long accountId, long statusId, Reaction reaction);

    /** Undo{EmojiReact}. {@code uri} is the id under which it was sent; may be null. */
    void reactionUndone(long accountId, long statusId, Reaction reaction, String uri);

    /** Follow of a remote account; the follow or follow request row exists and gets its activity id here. */
    void followRequested(long accountId, long targetAccountId);

    /** Undo{Follow}. {@code followUri} is the id under which the Follow was sent; may be null. */
    default void followUndone(long accountId, long targetAccountId, String followUri) {
        followsUndone(List.of(new FollowTold(accountId, targetAccountId, followUri)));
    }

    /** The same of many, at the cost of one. */
    void followsUndone(List<FollowTold> follows);

    /** Accept{Follow}: a local account takes a remote follower. {@code followUri} is the remote activity's id. */
    default void followAccepted(long localAccountId, long followerId, String followUri) {
        followsAccepted(List.of(new FollowTold(localAccountId, followerId, followUri)));
    }

    /** The same of many, at the cost of one. */
    void followsAccepted(List<FollowTold> follows);

    /** Reject{Follow}, also for a follower taken before. */
    default void followRejected(long localAccountId, long followerId, String followUri) {
        followsRejected(List.of(new FollowTold(localAccountId, followerId, followUri)));
    }

    /** The same of many, at the cost of one. */
    void followsRejected(List<FollowTold> follows);

    void blocked(long accountId, long targetAccountId);

    /** Undo{Block}. {@code blockUri} is the id under which the Block was sent; may be null. */
    void blockUndone(long accountId, long targetAccountId, String blockUri);

    /** Update{Person}. */
    void accountChanged(long accountId);

    /** Add/Remove of the featured collection. */
    void pinChanged(long accountId, long statusId, boolean pinned);

    /** Add/Remove of a hashtag shown on the profile. */
    void hashtagFeatured(long accountId, String name, boolean featured);

    /** Move to the followers, after what was told before; the account names its new home already. */
    void accountMoved(long accountId);
}
