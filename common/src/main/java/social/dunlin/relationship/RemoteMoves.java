package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;

/**
 * A remote account that lives elsewhere now (Move). Whether the move is real was decided before; here local people are
 * brought along, a few at a time.
 */
@ApplicationScoped
public class RemoteMoves {
    /** As Mastodon and GoToSocial have it. */
    private static final int COOL_DOWN_DAYS = 7;

    private final Database database;
    private final AccountStore accounts;
    private final MoveStore store;
    private final RelationshipService relationships;

    public RemoteMoves(Database database, AccountStore accounts, MoveStore store, RelationshipService relationships) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.relationships = relationships;
    }

    /** Notes where the account went. False when it moved elsewhere within a few days: then nobody follows it. */
    public boolean move(long from, long to) {
        return database.transaction(() -> store.move(from, to, COOL_DOWN_DAYS));
    }

    /**
     * The next local followers follow the new account and leave the old one; when none is left, mutes, remarks and blocks
     * follow. Each call is one transaction. False when nothing is left to do.
     */
    public boolean bringAlong(long from, long to, int atOnce) {
        return database.transaction(() -> {
            Map<Long, Account> both = accounts.byIds(List.of(from, to));
            Account target = both.get(to);
            if (!both.containsKey(from) || target == null || target.isSuspended() || !store.hasMoved(from, to)) {
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
}
