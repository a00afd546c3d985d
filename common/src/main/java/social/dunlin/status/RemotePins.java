package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
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

    public RemotePins(Database database, StatusStore statuses, InteractionStore store) {
        this.database = database;
        this.statuses = statuses;
        this.store = store;
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

    /** True when it is new. Index: featured_tag_pkey. */
    public boolean feature(long accountId, Hashtag hashtag) {
        return database.transaction(() -> {
            database.execute("insert into tag (name, display_name) values ($1, $2) on conflict do nothing", hashtag.normalised(), hashtag.display());
            return database.execute("""
                insert into featured_tag (account_id, tag_id) select $1, tag.id from tag
                where tag.name = $2 and (select count(*) from featured_tag where account_id = $1) < %d
                on conflict do nothing""".formatted(MAXIMUM_TAGS), accountId, hashtag.normalised()) > 0;
        });
    }

    /** True when it was featured. */
    public boolean unfeature(long accountId, Hashtag hashtag) {
        return database.execute("""
            delete from featured_tag using tag
            where featured_tag.account_id = $1 and tag.id = featured_tag.tag_id and tag.name = $2""", accountId, hashtag.normalised()) > 0;
    }
}
