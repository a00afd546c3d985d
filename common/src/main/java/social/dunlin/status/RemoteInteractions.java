package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** What remote accounts do to posts stored here. All idempotent, and silent about what the account may not see. */
@ApplicationScoped
public class RemoteInteractions {
    /**
     * Announce: the boost as a row of its own.
     *
     * @param uri        id of the Announce activity
     * @param visibility of the boost, from its addressing
     * @param published  null = now
     */
    public StoredStatus announce(long accountId, long statusId, String uri, Visibility visibility, Instant published) {
        throw new UnsupportedOperationException();
    }

    /** Undo{Announce} by the activity's id. True when a boost went away; remembered when it had not come yet. */
    public boolean undoAnnounce(long accountId, String uri) {
        throw new UnsupportedOperationException();
    }

    /** Like. @param uri id of the activity. True when it is new. */
    public boolean favourite(long accountId, long statusId, String uri) {
        throw new UnsupportedOperationException();
    }

    /** Undo{Like}. True when one went away. */
    public boolean undoFavourite(long accountId, long statusId) {
        throw new UnsupportedOperationException();
    }

    /** A vote on a local poll by the option's text. True when it counted. */
    public boolean vote(long accountId, long statusId, String option, String uri) {
        throw new UnsupportedOperationException();
    }
}
