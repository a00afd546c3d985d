package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Emoji reactions and downvotes of remote accounts. All idempotent, and without effect on posts the account may not see. */
@ApplicationScoped
public class RemoteReactions {
    private final Database database;
    private final StatusStore statuses;
    private final ReactionStore store;
    private final RemoteInteractions interactions;
    private final StatusVisibility visibility;

    public RemoteReactions(Database database, StatusStore statuses, ReactionStore store, RemoteInteractions interactions, StatusVisibility visibility) {
        this.database = database;
        this.statuses = statuses;
        this.store = store;
        this.interactions = interactions;
        this.visibility = visibility;
    }

    /** True when it is new. @param uri id of the activity */
    public boolean react(long accountId, long statusId, Reaction reaction, String uri) {
        return database.transaction(() -> mayReact(accountId, statusId) && store.react(accountId, statusId, reaction, uri));
    }

    private boolean mayReact(long accountId, long statusId) {
        Optional<Status> status = statuses.byId(statusId).filter(found -> !found.isReblog());
        return status.isPresent() && visibility.mayFavourite(Viewer.of(accountId), status.get());
    }

    /** By the activity's id, else by the emoji, either of which may be null. True when one went away. */
    public boolean undoReaction(long accountId, long statusId, String uri, String name) {
        return uri != null && store.unreactByUri(accountId, statusId, uri) || name != null && store.unreact(accountId, statusId, name);
    }

    /** A Like that may have carried an emoji is taken back. True when something went away. */
    public boolean undoLike(long accountId, long statusId, String uri) {
        return database.transaction(() -> {
            boolean reaction = undoReaction(accountId, statusId, uri, null);
            return interactions.undoFavourite(accountId, statusId) || reaction;
        });
    }

    /** One vote each: who votes down no longer votes up. True when it is new. */
    public boolean dislike(long accountId, long statusId, String uri) {
        return database.transaction(() -> {
            if (!mayReact(accountId, statusId) || !store.dislike(accountId, statusId, uri)) {
                return false;
            }
            interactions.undoFavourite(accountId, statusId);
            return true;
        });
    }

    /** True when one went away. */
    public boolean undoDislike(long accountId, long statusId) {
        return store.undislike(accountId, statusId);
    }
}
