package social.dunlin.removal;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.UserService;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;

/** People delete accounts of their own, for good. The login goes with its last account. */
@ApplicationScoped
public class AccountDeletion {
    private final Database database;
    private final AccountStore accounts;
    private final UserService users;
    private final Farewells farewells;
    private final AccountErasure erasure;
    private final Jobs jobs;
    private final EventBus events;

    public AccountDeletion(Database database, AccountStore accounts, UserService users, Farewells farewells, AccountErasure erasure, Jobs jobs,
            EventBus events) {
        this.database = database;
        this.accounts = accounts;
        this.users = users;
        this.farewells = farewells;
        this.erasure = erasure;
        this.jobs = jobs;
        this.events = events;
    }

    /** Gone at once for everybody; posts and relations are taken away by a job. Refuses with 422 when the password is wrong. */
    public void delete(long accountId, String password) {
        long userId = accounts.byId(accountId).filter(account -> account.deletedAt() == null).orElseThrow(Refusal::notFound)
            .userId().orElseThrow(Refusal::notFound);
        users.requirePassword(userId, password);
        database.transaction(() -> {
            Account account = accounts.byId(accountId).filter(found -> found.deletedAt() == null).orElseThrow(Refusal::notFound);
            farewells.leave(account);
            erasure.erasePerson(accountId);
            users.deleteWithoutAccounts(userId);
            jobs.enqueue(AccountErasure.job(accountId));
            events.publish(new AccountChanged(accountId));
        });
    }
}
