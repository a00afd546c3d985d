package social.dunlin.suggestion;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Whom somebody might like to follow. */
@ApplicationScoped
public class Suggestions {
    /** Looked at from each source before ranking. */
    private static final int CANDIDATES = 200;
    /** Of people one follows, for the sake of those who follow thousands. */
    private static final int FRIENDS = 500;
    private static final String FINDABLE = """
        account.discoverable and account.suspended_at is null and account.deleted_at is null and account.silenced_at is null
        and account.moved_to_id is null and not account.memorial and not (account.actor_type = 'Application')
        """;

    private final Database database;

    public Suggestions(Database database) {
        this.database = database;
    }

    /** @param byFriends followed by people one follows; otherwise by many */
    public record Suggestion(Account account, boolean byFriends) {
    }

    /** Those whom the people one follows follow, the more the sooner, then those whom most here follow. Index: follow_by_account. */
    public List<Suggestion> of(long accountId, int limit, int offset) {
        return database.list("""
            with friends as (
              select target_account_id as id from follow where account_id = $1 order by follow.id desc limit %1$d),
            of_friends as (
              select follow.target_account_id as id, count(*) as number
              from friends join follow on follow.account_id = friends.id
              group by 1 order by 2 desc, 1 limit %2$d),
            most_followed as (
              select account.id from account join account_counter on account_counter.account_id = account.id
              where %3$s order by account_counter.followers_count desc, account.id limit %2$d),
            candidates as (
              select id, number from of_friends union all select id, 0 from most_followed where id not in (select id from of_friends))
            select candidates.number > 0 as by_friends, %4$s
            from candidates join (%5$s) on account.id = candidates.id
            where %3$s and account.id <> $1 and not %6$s
              and not exists (select from follow where follow.account_id = $1 and follow.target_account_id = account.id)
              and not exists (select from follow_request where follow_request.account_id = $1 and follow_request.target_account_id = account.id)
              and not exists (select from block where block.account_id = account.id and block.target_account_id = $1)
              and not exists (select from suggestion_dismissal where suggestion_dismissal.account_id = $1 and suggestion_dismissal.target_account_id = account.id)
            order by candidates.number desc, coalesce(account_counter.followers_count, 0) desc, account.id
            limit $2 offset $3""".formatted(FRIENDS, CANDIDATES, FINDABLE, AccountStore.COLUMNS, AccountStore.TABLES,
                StatusVisibility.hiddenFrom("account", "$1::bigint")), Suggestions::suggestion, accountId, limit, offset);
    }

    private static Suggestion suggestion(Row row) {
        return new Suggestion(AccountStore.map(row), row.getBoolean("by_friends"));
    }

    /** Never again. Somebody who does not exist is never suggested anyway. */
    public void dismiss(long accountId, long targetId) {
        database.execute("""
            insert into suggestion_dismissal (account_id, target_account_id) select $1, id from account where id = $2
            on conflict do nothing""", accountId, targetId);
    }

    /**
     * Everybody who lets themselves be discovered.
     *
     * @param domainId   only people of this served domain; null = all
     * @param newestFirst by when they came; otherwise by when they last posted
     */
    public List<Account> directory(Viewer viewer, Long domainId, boolean newestFirst, int limit, int offset) {
        return database.list("""
            select %s from (%s)
            where %s and ($2::bigint is null or account.domain_id = $2) and ($1::bigint is null or not %s)
            order by %s limit $3 offset $4""".formatted(AccountStore.COLUMNS, AccountStore.TABLES, FINDABLE,
                StatusVisibility.hiddenFrom("account", "$1::bigint"),
                newestFirst ? "account.id desc" : "account_counter.last_status_at desc nulls last, account.id desc"),
            AccountStore::map, viewer.idOrNull(), domainId, limit, offset);
    }
}
