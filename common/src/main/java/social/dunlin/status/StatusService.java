package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import social.dunlin.account.Account;

/** What a local author does with posts of their own: publish, edit, delete. */
@ApplicationScoped
public class StatusService {
    /** Publishes now and gives the new post; a repeated idempotency key gives the first one. */
    public Status publish(Account author, NewStatus wanted) {
        throw new UnsupportedOperationException();
    }

    /** Changes a post of the author's own and gives its new state; the same content again makes no new version. */
    public Status edit(Account author, long statusId, StatusChange change) {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes a post of the author's own.
     *
     * @param lastView     makes the answer out of the post before it is gone
     * @param deleteMedia  false leaves its attachments to a redraft
     */
    public <T> T delete(Account author, long statusId, boolean deleteMedia, Function<Status, T> lastView) {
        throw new UnsupportedOperationException();
    }
}
