package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Posts of other servers as inbox handlers bring them. Whether the sender may assert them was decided before. All
 * idempotent: the second delivery of the same thing has no second effect, and what was deleted stays deleted.
 */
@ApplicationScoped
public class RemoteStatuses {
    /** Create{Note}: the post with all that belongs to it, its place in home feeds, its notifications. */
    public StoredStatus store(RemoteStatus data) {
        throw new UnsupportedOperationException();
    }

    /** Update{Note}: a later version; an older one changes nothing, the same one only its tallies. Unknown posts are stored. */
    public StoredStatus update(RemoteStatus data) {
        throw new UnsupportedOperationException();
    }

    /**
     * Delete{Note}: leaves a tombstone even when the post was never seen here.
     *
     * @param actorUri who signed; only the post's author (or somebody of its host, for one never seen) can delete it
     * @return true when a post went away
     */
    public boolean delete(String uri, String actorUri) {
        throw new UnsupportedOperationException();
    }
}
