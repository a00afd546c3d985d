package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;
import social.dunlin.text.PlainText;

/**
 * What communities of other servers (Group actors, FEP-1b12) say of the posts that stand in them. A community is believed
 * about itself and nothing else: every call names the community that spoke, and a post of another one, or of none, is left
 * alone. What a moderator did and was done here too leaves a row (hostile input 44).
 */
@ApplicationScoped
public class RemoteCommunities {
    private static final int MAXIMUM_PINS = 50;
    private static final int MAXIMUM_REASON = 1000;

    private final Database database;
    private final CommunityStore store;
    private final RemoteInteractions interactions;

    public RemoteCommunities(Database database, CommunityStore store, RemoteInteractions interactions) {
        this.database = database;
        this.store = store;
        this.interactions = interactions;
    }

    /** A moderator and why; {@code reason} may be null. */
    public record Moderation(long groupId, String actorUri, String reason) {
        private String plainReason() {
            return PlainText.plainText(reason, MAXIMUM_REASON);
        }
    }

    /**
     * The community announced the post. It stands there when its author says so too by addressing the community, and no
     * moderator has removed it.
     */
    public void place(Status status, long groupId) {
        if (!isRemoved(groupId, status)) {
            store.place(status.id(), groupId);
        }
    }

    private boolean isRemoved(long groupId, Status status) {
        return store.stands(groupId, status.uri(), "remove", "restore");
    }

    public boolean isIn(Status status, long groupId) {
        return status.groupAccountId().isPresent() && status.groupAccountId().getAsLong() == groupId;
    }

    /**
     * A moderator takes a post out of the community: it and its boost by the community go from there. The post itself is
     * its author's and stays.
     */
    public boolean remove(Status status, Moderation moderation) {
        return database.transaction(() -> {
            if (!store.displace(status.id(), moderation.groupId)) {
                return false;
            }
            store.unpin(moderation.groupId, status.id());
            interactions.undoAnnounceOf(moderation.groupId, status.id());
            note(moderation, "remove", status);
            return true;
        });
    }

    /** What a moderator had removed stands in the community again. */
    public boolean restore(Status status, Moderation moderation) {
        return database.transaction(() -> {
            if (!isRemoved(moderation.groupId, status)) {
                return false;
            }
            note(moderation, "restore", status);
            store.place(status.id(), moderation.groupId);
            return true;
        });
    }

    /** No more answers are wanted, or they are again. People here cannot answer then; late answers of others the community does not announce. */
    public boolean lock(Status status, boolean locked, Moderation moderation) {
        boolean changed = isIn(status, moderation.groupId) && store.stands(moderation.groupId, status.uri(), "lock", "unlock") != locked;
        if (changed) {
            note(moderation, locked ? "lock" : "unlock", status);
        }
        return changed;
    }

    /** Pinned to the community's page, or no longer. */
    public boolean feature(Status status, boolean featured, Moderation moderation) {
        return database.transaction(() -> {
            boolean changed = isIn(status, moderation.groupId) && (featured
                ? store.pin(moderation.groupId, status.id(), MAXIMUM_PINS) : store.unpin(moderation.groupId, status.id()));
            if (changed) {
                note(moderation, featured ? "feature" : "unfeature", status);
            }
            return changed;
        });
    }

    private void note(Moderation moderation, String action, Status status) {
        store.note(moderation.groupId, moderation.actorUri, action, status.uri(), moderation.plainReason());
    }
}
