package social.dunlin.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/**
 * Accounts by the beginning of their handle or a part of their display name. Whom the viewer follows comes
 * first, then local people, then by number of followers; an exact user name before all.
 */
@ApplicationScoped
public class AccountSearch {
    /** From each of the indexes, before ranking. */
    private static final int CANDIDATES = 400;

    private final Database database;

    public AccountSearch(Database database) {
        this.database = database;
    }

    /**
     * @param typed     {@code user}, {@code @user@ho}, or a name
     * @param following only those whom the viewer follows
     */
    public List<Account> find(String typed, Viewer viewer, boolean following, int limit, int offset) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        text = text.startsWith("@") ? text.substring(1) : text;
        int at = text.indexOf('@');
        String username = at < 0 ? text : text.substring(0, at);
        String host = at < 0 ? "" : text.substring(at + 1);
        if (username.isEmpty()) {
            return List.of();
        }
        return database.list("""
            with named as (
              select account.id from account
              where %4$s and account.host like $2 || '%%' and not $5
              limit %1$d),
            shown as (
              select account.id from account
              where $6 and lower(account.display_name) like '%%' || $1 || '%%' and not $5
              limit %1$d),
            followed as (
              select account.id from follow join account on account.id = follow.target_account_id
              where follow.account_id = $3
                and (lower(account.username) like $1 || '%%' and account.host like $2 || '%%'
                     or $6 and lower(account.display_name) like '%%' || $1 || '%%')),
            found as (select id from named union select id from shown union select id from followed)
            select %2$s
            from found
            join account on account.id = found.id
            left join account_counter on account_counter.account_id = account.id
            where account.suspended_at is null and account.deleted_at is null and not account.pending
              and not (account.actor_type = 'Application' and account.domain_id is not null)
              and ($3::bigint is null or not %3$s)
            order by lower(account.username) = $4 desc, account.id in (select id from followed) desc,
              account.domain_id is not null desc, coalesce(account_counter.followers_count, 0) desc, account.id
            limit %5$d offset $7""".formatted(CANDIDATES, AccountStore.COLUMNS, StatusVisibility.hiddenFrom("account", "$3::bigint"),
                Like.beginning("lower(account.username)", "$4::text"), limit),
            AccountStore::map, Like.escaped(username), Like.escaped(host), viewer.idOrNull(), username, following, at < 0, offset);
    }
}
