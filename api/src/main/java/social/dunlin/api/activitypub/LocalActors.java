package social.dunlin.api.activitypub;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.domain.Domain;
import social.dunlin.refusal.Refusal;

/** Local people by name, each on their own domain alone (hostile input 106). */
@ApplicationScoped
class LocalActors {
    private final AccountStore accounts;

    LocalActors(AccountStore accounts) {
        this.accounts = accounts;
    }

    /** 404 when there is none; 410 when deleted or suspended, for other servers were told that it is over. */
    Account existing(Domain domain, String name) {
        Account account = accounts.byHandle(name, domain.name())
            .filter(found -> found.domainId().orElse(-1) == domain.id() && !found.actorType().equals("Application"))
            .orElseThrow(Refusal::notFound);
        if (account.isSuspended()) {
            throw new Refusal(410, "This account is gone");
        }
        return account;
    }
}
