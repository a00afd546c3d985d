package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.status.RemoteCommunities;
import social.dunlin.status.RemoteCommunities.Moderation;
import social.dunlin.status.RemoteStatuses;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/**
 * Activities that a community passes on to its followers (FEP-1b12): the inner one is as its author wrote it and carries no
 * proof. What it brings is therefore read at its origin: new posts, changed ones, deletions by authors. Only what
 * concerns the posts of that very community is taken on the community's word: votes and what its moderators do.
 */
@ApplicationScoped
class AnnouncedActivities {
    private final StatusStore statuses;
    private final AccountStore accounts;
    private final RemoteStatuses remoteStatuses;
    private final RemoteObjects objects;
    private final RemoteActors actors;
    private final RemoteCommunities communities;
    private final AnnouncedVotes votes;

    AnnouncedActivities(StatusStore statuses, AccountStore accounts, RemoteStatuses remoteStatuses, RemoteObjects objects, RemoteActors actors,
            RemoteCommunities communities, AnnouncedVotes votes) {
        this.statuses = statuses;
        this.accounts = accounts;
        this.remoteStatuses = remoteStatuses;
        this.objects = objects;
        this.actors = actors;
        this.communities = communities;
        this.votes = votes;
    }

    /** Why nothing comes of it; empty when something may. */
    static Optional<String> refusal(ApActivity inner, Account sender) {
        if (!sender.isGroup()) {
            return Optional.of("only communities pass activities on");
        }
        return inner.actor() == null || inner.object() == null ? Optional.of("the inner activity names no actor or no object")
            : switch (inner.type()) {
                case "Create", "Update", "Delete", "Like", "Dislike", "Lock", "Undo" -> Optional.empty();
                case "Add", "Remove" -> inner.target() != null && inner.target().id() != null && inner.target().id().equals(sender.featuredUrl())
                    ? Optional.empty() : Optional.of("moderators of communities elsewhere are not kept");
                case "Block" -> Optional.of("a ban is kept where it was pronounced");
                default -> Optional.of("no kind of activity that is passed on");
            };
    }

    /** Id of what it is about in the end: of an Undo, what the undone activity was about. May be null. */
    static String subject(ApActivity inner) {
        boolean undo = inner.type().equals("Undo") && inner.object() != null && inner.object().embedded() != null;
        return undo ? Vocabulary.activity(inner.object().embedded()).objectId() : inner.objectId();
    }

    /** {@link #refusal} was asked before. */
    void apply(ApActivity inner, Incoming incoming) {
        String uri = inner.objectId();
        switch (inner.type()) {
            case "Create" -> objects.byUri(uri, incoming.budget()).ifPresent(status -> communities.place(status, incoming.sender().id()));
            case "Update" -> update(uri, inner.actor(), incoming);
            case "Delete" -> statuses.byUri(uri).ifPresent(status -> delete(status, inner, incoming));
            case "Like", "Dislike" -> votes.cast(inner, incoming);
            case "Undo" -> undo(inner, incoming);
            default -> statuses.byUri(uri).ifPresent(status -> moderate(status, inner.type(), moderation(inner, incoming)));
        }
    }

    private static Moderation moderation(ApActivity inner, Incoming incoming) {
        return new Moderation(incoming.sender().id(), inner.actor(), inner.summary());
    }

    private void moderate(Status status, String type, Moderation moderation) {
        switch (type) {
            case "Lock" -> communities.lock(status, true, moderation);
            case "Add" -> communities.feature(status, true, moderation);
            default -> communities.feature(status, false, moderation);
        }
    }

    /** Of a known post or person the current state is fetched; an unknown post is one to be read. */
    private void update(String uri, String actor, Incoming incoming) {
        if (uri == null) {
            return;
        }
        if (uri.equals(actor) || uri.equals(incoming.sender().uri())) {
            actors.refresh(uri, incoming.budget());
        } else if (statuses.byUri(uri).isEmpty()) {
            objects.byUri(uri, incoming.budget()).ifPresent(status -> communities.place(status, incoming.sender().id()));
        } else {
            objects.fetchNote(uri, incoming.budget()).ifPresent(note -> author(note.attributedTo(), incoming)
                .ifPresent(author -> remoteStatuses.update(objects.clean(note, null, author, incoming.budget()))));
        }
    }

    private Optional<Account> author(String uri, Incoming incoming) {
        return actors.byUri(uri, incoming.budget()) instanceof ActorFetch.Found(Account author) && !author.isLocal() && !author.isSuspended()
            ? Optional.of(author) : Optional.empty();
    }

    /** By its author it is deleted when its origin says so too; by a moderator it leaves the community. */
    private void delete(Status status, ApActivity inner, Incoming incoming) {
        boolean byAuthor = accounts.byUri(inner.actor()).filter(actor -> actor.id() == status.accountId()).isPresent();
        if (!byAuthor) {
            communities.remove(status, moderation(inner, incoming));
        } else if (!status.local() && (Authority.mayAssert(incoming.sender().uri(), status.uri()) || objects.isGone(status.uri(), incoming.budget()))) {
            remoteStatuses.delete(status.uri(), inner.actor());
        }
    }

    private void undo(ApActivity undo, Incoming incoming) {
        ApReference object = undo.object();
        if (object.embedded() == null) {
            return;
        }
        ApActivity undone = Vocabulary.activity(object.embedded());
        switch (undone.type()) {
            case "Like", "Dislike" -> votes.withdraw(undone, incoming);
            case "Delete" -> restore(undone.objectId(), moderation(undo, incoming), incoming);
            case "Lock" -> known(undone).ifPresent(status -> communities.lock(status, false, moderation(undo, incoming)));
            default -> { }
        }
    }

    /** What its author deleted may come again when its origin serves it again. */
    private void restore(String uri, Moderation moderation, Incoming incoming) {
        if (uri == null) {
            return;
        }
        if (statuses.isTombstoned(uri)) {
            objects.fetchNote(uri, incoming.budget()).filter(note -> moderation.actorUri().equals(note.attributedTo()))
                .ifPresent(note -> remoteStatuses.undelete(uri, note.attributedTo()));
        }
        objects.byUri(uri, incoming.budget()).ifPresent(status -> {
            communities.restore(status, moderation);
            communities.place(status, moderation.groupId());
        });
    }

    private Optional<Status> known(ApActivity activity) {
        return activity.objectId() == null ? Optional.empty() : statuses.byUri(activity.objectId());
    }
}
