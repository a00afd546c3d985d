package social.dunlin.federation.actor;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;
import social.dunlin.queue.Jobs;
import social.dunlin.removal.AccountErasure;

/**
 * An actor that deleted itself: its posts and relations go, its row stays as the memory that it was deleted, with
 * nothing of the person in it. Of many posts the newest go at once and the others by a job.
 */
@ApplicationScoped
public class RemoteActorRemoval {
    private static final int POSTS_AT_ONCE = 500;

    private final Database database;
    private final AccountStore accounts;
    private final AccountErasure erasure;
    private final Jobs jobs;
    private final EventBus events;

    public RemoteActorRemoval(Database database, AccountStore accounts, AccountErasure erasure, Jobs jobs, EventBus events) {
        this.database = database;
        this.accounts = accounts;
        this.erasure = erasure;
        this.jobs = jobs;
        this.events = events;
    }

    /** True when a remote account of this id was there and goes; local ones are never touched. */
    public boolean remove(String uri) {
        return database.transaction(() -> {
            Account account = accounts.byUri(uri).filter(known -> !known.isLocal() && known.deletedAt() == null).orElse(null);
            if (account == null) {
                return false;
            }
            empty(account.id());
            events.publish(new AccountChanged(account.id()));
            return true;
        });
    }

    private void empty(long id) {
        if (erasure.erasePosts(id, POSTS_AT_ONCE) == POSTS_AT_ONCE) {
            jobs.enqueue(AccountErasure.job(id));
        }
        erasure.eraseRelations(id);
        database.execute("delete from account_key where account_id = $1", id);
        erasure.erasePerson(id);
    }
}
