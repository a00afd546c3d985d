package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.object.Authority;
import social.dunlin.relationship.RemoteRelationships;
import social.dunlin.status.Reaction;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.RemoteReactions;
import social.dunlin.status.RemoteStatuses;
import social.dunlin.status.StatusStore;

/**
 * The sender takes back a Follow, Like, Dislike, EmojiReact, Announce, Block or Accept of its own, embedded or by its id, or
 * an embedded Delete.
 */
@ApplicationScoped
class UndoHandler implements ActivityHandler {
    private final LocalPeople people;
    private final UndoneById byId;
    private final RemoteRelationships relationships;
    private final RemoteInteractions interactions;
    private final RemoteReactions reactions;
    private final OwnPosts posts;
    private final RemoteStatuses remoteStatuses;
    private final StatusStore statuses;
    private final EarlyUndos earlyUndos;

    UndoHandler(LocalPeople people, UndoneById byId, RemoteRelationships relationships, RemoteInteractions interactions,
            RemoteReactions reactions, OwnPosts posts, RemoteStatuses remoteStatuses, StatusStore statuses, EarlyUndos earlyUndos) {
        this.people = people;
        this.byId = byId;
        this.relationships = relationships;
        this.interactions = interactions;
        this.reactions = reactions;
        this.posts = posts;
        this.remoteStatuses = remoteStatuses;
        this.statuses = statuses;
        this.earlyUndos = earlyUndos;
    }

    @Override
    public String type() {
        return "Undo";
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    /** An id must live where the sender does, an embedded activity must be the sender's. */
    @Override
    public Verdict verify(Incoming incoming) {
        ApReference object = incoming.activity().object();
        if (object == null) {
            return new Verdict.Ignored("nothing is undone");
        }
        String sender = incoming.sender().uri();
        boolean idAtHome = object.id() == null || Authority.mayAssert(sender, object.id());
        String actor = object.embedded() == null ? sender : Vocabulary.activity(object.embedded()).actor();
        return Verdict.when(idAtHome && (object.id() != null || object.embedded() != null) && (actor == null || actor.equals(sender)),
            "it is not the sender's to undo");
    }

    @Override
    public void apply(Incoming incoming) {
        ApReference object = incoming.activity().object();
        if (object.id() == null) {
            undo(incoming.sender(), object);
            return;
        }
        earlyUndos.lock(object.id());
        if (undo(incoming.sender(), object)) {
            earlyUndos.noteEffective(incoming.activity().id());
        } else {
            earlyUndos.noteFruitless(incoming.activity().id(), object.id());
        }
    }

    /** True when something was undone. */
    private boolean undo(Account sender, ApReference object) {
        return object.embedded() == null || object.embedded().type().isEmpty()
            ? undo(sender, object.id()) : undo(sender, Vocabulary.activity(object.embedded()));
    }

    private boolean undo(Account sender, ApActivity undone) {
        return switch (undone.type()) {
            case "Follow" -> people.byUri(undone.objectId())
                .filter(local -> relationships.receiveUndoFollow(sender.id(), local.id())).isPresent();
            // With a target it was a ban, which had no effect here.
            case "Block" -> undone.target() == null && people.byUri(undone.objectId())
                .filter(local -> relationships.receiveUndoBlock(sender.id(), local.id())).isPresent();
            case "Like" -> posts.byUri(undone.objectId()).filter(status -> reactions.undoLike(sender.id(), status.id(), undone.id())).isPresent();
            case "Dislike" -> posts.byUri(undone.objectId()).filter(status -> reactions.undoDislike(sender.id(), status.id())).isPresent();
            case "EmojiReact", "EmojiReaction" -> posts.byUri(undone.objectId())
                .filter(status -> reactions.undoReaction(sender.id(), status.id(), undone.id(), emoji(undone))).isPresent();
            case "Delete" -> undone.objectId() != null && remoteStatuses.undelete(undone.objectId(), sender.uri());
            case "Announce" -> undoAnnounce(sender, undone);
            case "Accept" -> undoAccept(sender, undone.object());
            default -> false;
        };
    }

    /** By its id, else by the post: boosted twice, the post is held under the first id. */
    private boolean undoAnnounce(Account sender, ApActivity announce) {
        boolean byItsId = announce.id() != null && interactions.undoAnnounce(sender.id(), announce.id());
        return byItsId || announce.objectId() != null && statuses.byUri(announce.objectId())
            .filter(status -> interactions.undoAnnounceOf(sender.id(), status.id())).isPresent();
    }

    private static String emoji(ApActivity reaction) {
        return ReactionReader.read(reaction).map(Reaction::name).orElse(null);
    }

    private boolean undoAccept(Account sender, ApReference follow) {
        OptionalLong follower = people.followerOf(sender, follow);
        return follower.isPresent() && relationships.receiveReject(sender.id(), follower.getAsLong());
    }

    /** By the id alone we must know what it was. */
    private boolean undo(Account sender, String uri) {
        return switch (byId.find(sender.id(), uri)) {
            case UndoneById.Follow(long localId) -> relationships.receiveUndoFollow(sender.id(), localId);
            case UndoneById.Block(long localId) -> relationships.receiveUndoBlock(sender.id(), localId);
            case UndoneById.Like(long statusId) -> reactions.undoLike(sender.id(), statusId, uri);
            case UndoneById.Dislike(long statusId) -> reactions.undoDislike(sender.id(), statusId);
            case UndoneById.Reaction(long statusId) -> reactions.undoReaction(sender.id(), statusId, uri, null);
            // One that has not come yet may be an Announce: the statuses remember that it is undone.
            case UndoneById.Announce announce -> interactions.undoAnnounce(sender.id(), uri);
        };
    }
}
