package social.dunlin.removal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;
import social.dunlin.queue.Job;

/**
 * Takes away what a deleted account left here: its posts a few at a time, its relations, and of a local one everything
 * else. What it counted for elsewhere is counted no more. The account's row stays as the memory that it was deleted, so
 * that nobody else can take the name. Every step may run twice.
 */
@ApplicationScoped
public class AccountErasure {
    /** The kind of the job that erases what an account left; its payload is the account's id. */
    public static final String KIND = "account_erasure";
    /** The keys sign the last word and are dropped once that has gone; reports belong to the moderators. */
    private static final Set<String> KEPT = Set.of("account_key", "account_counter", "outgoing_activity", "report");

    private final Database database;
    private final EventBus events;

    public AccountErasure(Database database, EventBus events) {
        this.database = database;
        this.events = events;
    }

    /** One step more. */
    public static Job job(long accountId) {
        return Job.of(KIND, Long.toString(accountId)).withPriority(Job.LEISURELY).uniqueBy(Long.toString(accountId));
    }

    /** One step of erasing an account. False when nothing is left. */
    public boolean erase(long accountId, int postsAtOnce) {
        return database.transaction(() -> {
            if (erasePosts(accountId, postsAtOnce) > 0) {
                return true;
            }
            eraseRelations(accountId);
            // Feeds have no foreign keys (docs/adr/0029).
            database.execute("delete from home_entry where account_id = $1", accountId);
            ownedTables().stream().filter(owned -> !KEPT.contains(owned.table)).forEach(owned ->
                database.execute("delete from %s where %s = $1".formatted(owned.table, owned.column), accountId));
            // Posts that mentioned them do so no more.
            events.publish(new AccountChanged(accountId));
            return false;
        });
    }

    /** The name of a table and of its column, quoted by the database. */
    private record Owned(String table, String column) {
    }

    /** What would go with the account's row, were that deleted: all that belongs to an account or names one. */
    private List<Owned> ownedTables() {
        return database.list("""
            select owned.conrelid::regclass::text as table_name, quote_ident(owner.attname) as column_name
            from pg_constraint owned join pg_attribute owner on owner.attrelid = owned.conrelid and owner.attnum = owned.conkey[1]
            where owned.confrelid = 'account'::regclass and owned.contype = 'f' and owned.confdeltype = 'c'
            order by 1, 2""", row -> new Owned(row.getString("table_name"), row.getString("column_name")));
    }

    /**
     * Deletes the newest posts and gives their number. Indexes: status_by_account, quote_of_status,
     * media_attachment_by_status, and the keys of status and status_counter.
     */
    public int erasePosts(long accountId, int atMost) {
        Long[] ids = database.list("select id from status where account_id = $1 order by id desc limit $2", row -> row.getLong("id"), accountId, atMost)
            .toArray(Long[]::new);
        if (ids.length == 0) {
            return 0;
        }
        database.execute("""
            update status_counter set reblogs_count = greatest(reblogs_count - 1, 0)
            where status_id in (select reblog_of_id from status where id = any($1) and reblog_of_id is not null)""", (Object) ids);
        database.execute("""
            update status_counter set quotes_count = greatest(quotes_count - gone.number, 0)
            from (select quoted_status_id, count(*) as number from quote
                  where status_id = any($1) and state = 'accepted' and quoted_status_id is not null
                  group by quoted_status_id) as gone
            where status_counter.status_id = gone.quoted_status_id""", (Object) ids);
        database.execute("update quote set state = 'deleted' where quoted_status_id = any($1) and state in ('pending', 'accepted')", (Object) ids);
        database.execute("""
            update status_counter set replies_count = greatest(replies_count - gone.number, 0)
            from (select in_reply_to_id, count(*) as number from status
                  where id = any($1) and in_reply_to_id is not null and visibility in ('public', 'unlisted')
                  group by in_reply_to_id) as gone
            where status_counter.status_id = gone.in_reply_to_id""", (Object) ids);
        database.execute("delete from media_attachment where status_id = any($1)", (Object) ids);
        database.execute("delete from status where id = any($1)", (Object) ids);
        return ids.length;
    }

    /** Indexes: follow_by_account, follow_of_target, favourite_by_account, and those of the tables emptied. */
    public void eraseRelations(long accountId) {
        database.execute("""
            update account_counter set followers_count = greatest(followers_count - 1, 0)
            where account_id in (select target_account_id from follow where account_id = $1)""", accountId);
        database.execute("""
            update account_counter set following_count = greatest(following_count - 1, 0)
            where account_id in (select account_id from follow where target_account_id = $1)""", accountId);
        database.execute("""
            update status_counter set favourites_count = greatest(favourites_count - 1, 0)
            where status_id in (select status_id from favourite where account_id = $1)""", accountId);
        database.execute("delete from follow where account_id = $1 or target_account_id = $1", accountId);
        database.execute("delete from follow_request where account_id = $1 or target_account_id = $1", accountId);
        database.execute("delete from favourite where account_id = $1", accountId);
        database.execute("delete from emoji_reaction where account_id = $1", accountId);
        database.execute("delete from dislike where account_id = $1", accountId);
        database.execute("delete from status_pin where account_id = $1", accountId);
        database.execute("delete from featured_tag where account_id = $1", accountId);
        database.execute("delete from collection where account_id = $1", accountId);
        database.execute("delete from collection_item where account_id = $1", accountId);
        database.execute("delete from mention where account_id = $1", accountId);
        database.execute("delete from notification where from_account_id = $1", accountId);
        database.execute("update account_counter set statuses_count = 0, followers_count = 0, following_count = 0 where account_id = $1", accountId);
    }

    /** Nothing of the person stays in the row. */
    public void erasePerson(long accountId) {
        database.execute("""
            update account set deleted_at = coalesce(deleted_at, now()), updated_at = now(), user_id = null, display_name = '', note = '',
              note_source = '', fields = '[]', emojis = '{}', avatar_remote_url = null, avatar_blob = null, avatar_description = '',
              header_remote_url = null, header_blob = null, header_description = '', also_known_as = '{}', attribution_domains = '{}'
            where id = $1""", accountId);
    }
}
