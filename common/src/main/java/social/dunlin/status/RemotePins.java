package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.text.Hashtag;

/** What remote accounts show on their profiles: pinned posts and featured hashtags. Bounded, idempotent. */
@ApplicationScoped
public class RemotePins {
    private static final int MAXIMUM_PINS = 50;
    private static final int MAXIMUM_TAGS = 30;

    private final Database database;
    private final StatusStore statuses;
    private final InteractionStore store;
    private final FeaturedTagStore tags;

    public RemotePins(Database database, StatusStore statuses, InteractionStore store, FeaturedTagStore tags) {
        this.database = database;
        this.statuses = statuses;
        this.store = store;
        this.tags = tags;
    }

    /** Pins a post of the account's own that others may read. True when it is new. */
    public boolean pin(long accountId, long statusId) {
        return database.transaction(() -> statuses.byId(statusId)
            .filter(status -> status.accountId() == accountId && !status.isReblog() && status.visibility() != Visibility.DIRECT)
            .filter(status -> store.lockedPinCount(accountId) < MAXIMUM_PINS && store.pin(accountId, status.id())).isPresent());
    }

    /** True when it was pinned. */
    public boolean unpin(long accountId, long statusId) {
        return store.unpin(accountId, statusId);
    }

    /**
     * Makes these the pins, the first one shown first: of a person its own posts, of a community those that stand in it.
     * Index: status_pin's unique key.
     */
    public void replace(long accountId, List<Long> statusIds) {
        Long[] wanted = statusIds.stream().limit(MAXIMUM_PINS).toArray(Long[]::new);
        database.transaction(() -> {
            store.lockedPinCount(accountId);
            database.execute("delete from status_pin where account_id = $1", accountId);
            database.execute("""
                insert into status_pin (account_id, status_id)
                select $1, status.id from unnest($2::bigint[]) with ordinality as wanted (id, place) join status on status.id = wanted.id
                where (status.account_id = $1 or status.group_account_id = $1) and status.reblog_of_id is null and status.visibility <> 'direct'
                order by place desc
                on conflict do nothing""", accountId, wanted);
        });
    }

    /** True when it is new. */
    public boolean feature(long accountId, Hashtag hashtag) {
        return tags.feature(accountId, hashtag, MAXIMUM_TAGS);
    }

    /** True when it was featured. */
    public boolean unfeature(long accountId, Hashtag hashtag) {
        return tags.unfeature(accountId, hashtag);
    }
}
