package social.dunlin.federation.actor;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;

/**
 * An actor that deleted itself: its posts and relations go, its row stays as the memory that it was deleted, with
 * nothing of the person in it.
 */
@ApplicationScoped
public class RemoteActorRemoval {
    private final Database database;
    private final AccountStore accounts;
    private final EventBus events;

    public RemoteActorRemoval(Database database, AccountStore accounts, EventBus events) {
        this.database = database;
        this.accounts = accounts;
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
        repairCounters(id);
        database.execute("delete from media_attachment where status_id in (select id from status where account_id = $1)", id);
        database.execute("delete from status where account_id = $1", id);
        database.execute("delete from follow where account_id = $1 or target_account_id = $1", id);
        database.execute("delete from follow_request where account_id = $1 or target_account_id = $1", id);
        database.execute("delete from favourite where account_id = $1", id);
        database.execute("delete from emoji_reaction where account_id = $1", id);
        database.execute("delete from dislike where account_id = $1", id);
        database.execute("delete from status_pin where account_id = $1", id);
        database.execute("delete from featured_tag where account_id = $1", id);
        database.execute("delete from mention where account_id = $1", id);
        database.execute("delete from notification where from_account_id = $1", id);
        database.execute("delete from account_key where account_id = $1", id);
        database.execute("update account_counter set statuses_count = 0, followers_count = 0, following_count = 0 where account_id = $1", id);
        database.execute("""
            update account set deleted_at = now(), updated_at = now(), display_name = '', note = '', fields = '[]', emojis = '{}',
              avatar_remote_url = null, avatar_blob = null, avatar_description = '', header_remote_url = null, header_blob = null,
              header_description = '', also_known_as = '{}', attribution_domains = '{}'
            where id = $1 and domain_id is null""", id);
    }

    /** What the account counted for elsewhere. Indexes: follow_by_account, follow_of_target, favourite_by_account, status_by_account, quote_of_status. */
    private void repairCounters(long id) {
        database.execute("""
            update account_counter set followers_count = greatest(followers_count - 1, 0)
            where account_id in (select target_account_id from follow where account_id = $1)""", id);
        database.execute("""
            update account_counter set following_count = greatest(following_count - 1, 0)
            where account_id in (select account_id from follow where target_account_id = $1)""", id);
        database.execute("""
            update status_counter set favourites_count = greatest(favourites_count - 1, 0)
            where status_id in (select status_id from favourite where account_id = $1)""", id);
        database.execute("""
            update status_counter set reblogs_count = greatest(reblogs_count - 1, 0)
            where status_id in (select reblog_of_id from status where account_id = $1 and reblog_of_id is not null)""", id);
        database.execute("""
            update status_counter set quotes_count = greatest(quotes_count - gone.number, 0)
            from (select quote.quoted_status_id, count(*) as number from quote join status on status.id = quote.status_id
                  where status.account_id = $1 and quote.state = 'accepted' and quote.quoted_status_id is not null
                  group by quote.quoted_status_id) as gone
            where status_counter.status_id = gone.quoted_status_id""", id);
        database.execute("""
            update quote set state = 'deleted'
            where quoted_status_id in (select id from status where account_id = $1) and state in ('pending', 'accepted')""", id);
        database.execute("""
            update status_counter set replies_count = greatest(replies_count - gone.number, 0)
            from (select in_reply_to_id, count(*) as number from status
                  where account_id = $1 and in_reply_to_id is not null and visibility in ('public', 'unlisted')
                  group by in_reply_to_id) as gone
            where status_counter.status_id = gone.in_reply_to_id""", id);
    }
}
