package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;

/**
 * What a local account does to posts it may see. Each is idempotent and gives the post's new state; what one may not see
 * is refused as if it were not there. Of a boost the post inside is meant.
 */
@ApplicationScoped
public class StatusActions {
    public Status favourite(Account account, long statusId) {
        throw new UnsupportedOperationException();
    }

    public Status unfavourite(Account account, long statusId) {
        throw new UnsupportedOperationException();
    }

    /** Gives the boost's own row. @param visibility of the boost; null = the author's default */
    public Status reblog(Account account, long statusId, Visibility visibility) {
        throw new UnsupportedOperationException();
    }

    /** Gives the post that was boosted. */
    public Status unreblog(Account account, long statusId) {
        throw new UnsupportedOperationException();
    }
}
