package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.object.Authority;
import social.dunlin.relationship.RemoteRelationships;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** The sender takes back a Follow, Like, Announce, Block or Accept of its own, embedded or by its id. */
@ApplicationScoped
class UndoHandler implements ActivityHandler {
    private final LocalPeople people;
    private final UndoneById byId;
    private final RemoteRelationships relationships;
    private final RemoteInteractions interactions;
    private final StatusStore statuses;

    UndoHandler(LocalPeople people, UndoneById byId, RemoteRelationships relationships, RemoteInteractions interactions, StatusStore statuses) {
        this.people = people;
        this.byId = byId;
        this.relationships = relationships;
        this.interactions = interactions;
        this.statuses = statuses;
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
        if (object.embedded() == null || object.embedded().type().isEmpty()) {
            undo(incoming.sender(), object.id());
        } else {
            undo(incoming.sender(), Vocabulary.activity(object.embedded()));
        }
    }

    private void undo(Account sender, ApActivity undone) {
        switch (undone.type()) {
            case "Follow" -> people.byUri(undone.objectId())
                .ifPresent(local -> relationships.receiveUndoFollow(sender.id(), local.id()));
            case "Block" -> people.byUri(undone.objectId())
                .ifPresent(local -> relationships.receiveUndoBlock(sender.id(), local.id()));
            case "Like" -> local(undone.objectId()).ifPresent(status -> interactions.undoFavourite(sender.id(), status.id()));
            case "Announce" -> {
                if (undone.id() != null) {
                    interactions.undoAnnounce(sender.id(), undone.id());
                }
            }
            case "Accept" -> undoAccept(sender, undone.object());
            default -> { }
        }
    }

    private Optional<Status> local(String uri) {
        return uri == null ? Optional.empty() : statuses.byUri(uri).filter(Status::local);
    }

    private void undoAccept(Account sender, ApReference follow) {
        OptionalLong follower = people.followerOf(sender, follow);
        follower.ifPresent(local -> relationships.receiveReject(sender.id(), local));
    }

    /** By the id alone we must know what it was. */
    private void undo(Account sender, String uri) {
        switch (byId.find(sender.id(), uri)) {
            case UndoneById.Follow(long localId) -> relationships.receiveUndoFollow(sender.id(), localId);
            case UndoneById.Block(long localId) -> relationships.receiveUndoBlock(sender.id(), localId);
            case UndoneById.Like(long statusId) -> interactions.undoFavourite(sender.id(), statusId);
            // One that has not come yet may be an Announce: the statuses remember that it is undone.
            case UndoneById.Announce announce -> interactions.undoAnnounce(sender.id(), uri);
        }
    }
}
