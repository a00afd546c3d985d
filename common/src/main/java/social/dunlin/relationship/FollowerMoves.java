package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.queue.Jobs;

/**
 * An account that lives elsewhere now (Move). Whether the move is real was decided before; here it is noted, and local
 * people are brought along, a few at a time.
 */
@ApplicationScoped
public class FollowerMoves {
    /** As Mastodon and GoToSocial have it. */
    private static final int REMOTE_COOL_DOWN_DAYS = 7;
    private static final int LOCAL_COOL_DOWN_DAYS = 30;

    private final Database database;
    private final AccountStore accounts;
    private final MoveStore store;
    private final RelationshipService relationships;
    private final Jobs jobs;

    public FollowerMoves(Database database, AccountStore accounts, MoveStore store, RelationshipService relationships, Jobs jobs) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.relationships = relationships;
        this.jobs = jobs;
    }

    /** Notes where the account went. False when it moved elsewhere a short time ago: then nobody follows it. */
    public boolean move(Account from, Account to) {
        return database.transaction(() -> {
            boolean moved = store.move(from.id(), to.id(), from.isLocal() ? LOCAL_COOL_DOWN_DAYS : REMOTE_COOL_DOWN_DAYS);
            if (moved) {
                jobs.enqueue(new FollowerMove(from.id(), to.id()).job());
            }
            return moved;
        });
    }

    /** The account has not moved after all. Who has followed it to the new place stays there. */
    public boolean moveBack(Account account) {
        return store.moveBack(account.id());
    }

    /**
     * The next local followers follow the new account and leave the old one; when none is left, mutes, remarks and blocks
     * follow. Each call is one transaction. False when nothing is left to do.
     */
    public boolean bringAlong(long from, long to, int atOnce) {
        return database.transaction(() -> {
            Map<Long, Account> both = accounts.byIds(List.of(from, to));
            Account target = both.get(to);
            if (!both.containsKey(from) || target == null || target.isSuspended() || !store.hasMoved(from, to) || hasComeBack(both.get(from))) {
                return false;
            }
            List<Long> followers = store.followers(from, atOnce);
            if (!followers.isEmpty()) {
                relationships.moveFollows(store.request(from, to, followers), followers, both.get(from), target);
                return true;
            }
            store.carryMutesAndNotes(from, to);
            List<Long> blockers = store.blockersLeft(from, to, atOnce);
            blockers.forEach(blocker -> relationships.block(blocker, to));
            return !blockers.isEmpty();
        });
    }

    /** Of a remote account a fetch in between may just not have told of the move yet. */
    private static boolean hasComeBack(Account from) {
        return from.isLocal() && !from.hasMoved();
    }
}
