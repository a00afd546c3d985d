package social.dunlin.api.web;

import social.dunlin.account.Account;
import social.dunlin.domain.Domain;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.SafeUrl;

/** Which accounts have a page, and which must not be shown any more. */
final class PublicAccounts {
    private PublicAccounts() {
    }

    /** People of the domain that was asked; of other servers those whose page may be linked to. Other domains of ours have their own pages. */
    static boolean hasPageOn(Domain domain, Account account) {
        return account.isLocal()
            ? account.domainId().getAsLong() == domain.id() && !account.actorType().equals("Application")
            : !account.isSuspended() && SafeUrl.http(account.pageUrl()) != null;
    }

    /** Mastodon's answers: 410 when it is gone for good, 403 while it is suspended. */
    static void requireShown(Account account) {
        if (account.deletedAt() != null) {
            throw new Refusal(410, "This account has been deleted");
        }
        if (account.suspendedAt() != null) {
            throw Refusal.forbidden("This account has been suspended");
        }
    }
}
