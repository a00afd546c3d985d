package social.dunlin.relationship;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.database.RowMapper;
import social.dunlin.paging.Page;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Lists of related accounts, newest relation first; the cursor is the id of the relation's row. */
@ApplicationScoped
public class RelationshipLists {
    private static final int FAMILIAR_AT_MOST = 10;

    private final Database database;

    public RelationshipLists(Database database) {
        this.database = database;
    }

    /** Who follows the account; empty when it hides that from this viewer, or blocks them. Index: follow_of_target. */
    public List<Related> followers(Account account, Viewer viewer, Page page) {
        return connections(account, viewer, page, "target_account_id", "account_id");
    }

    /** Whom the account follows; empty when it hides that from this viewer, or blocks them. Index: follow_by_account. */
    public List<Related> following(Account account, Viewer viewer, Page page) {
        return connections(account, viewer, page, "account_id", "target_account_id");
    }

    private List<Related> connections(Account account, Viewer viewer, Page page, String mine, String theirs) {
        if (account.isSuspended() || account.hideCollections() && !viewer.is(account.id())) {
            return List.of();
        }
        String restrictions = """
            and ($5::bigint is null or $5 = $1 or not (%s)
                 and not exists (select from block where block.account_id = account.id and block.target_account_id = $5))
            and not exists (select from block where block.account_id = $1 and block.target_account_id = $5)
            """.formatted(StatusVisibility.hiddenFrom("account", "$5"));
        return list("follow", mine, theirs, "", restrictions, RelationshipLists::related, page, account.id(), viewer.idOrNull());
    }

    /** Who asks to follow. Index: follow_request_of_target. */
    public List<Related> followRequests(long accountId, Page page) {
        return list("follow_request", "target_account_id", "account_id", "", "", RelationshipLists::related, page, accountId);
    }

    /** Index: block_by_account. */
    public List<Related> blocks(long accountId, Page page) {
        return list("block", "account_id", "target_account_id", "", "", RelationshipLists::related, page, accountId);
    }

    /** Without those whose time is over. Index: mute_by_account. */
    public List<Muted> mutes(long accountId, Page page) {
        return list("mute", "account_id", "target_account_id", ", relation.expires_at",
            "and (relation.expires_at is null or relation.expires_at > now())", RelationshipLists::muted, page, accountId);
    }

    /** Index: endorsement_account_id_target_account_id_key. */
    public List<Related> endorsements(long accountId, Page page) {
        return list("endorsement", "account_id", "target_account_id", "", "", RelationshipLists::related, page, accountId);
    }

    /**
     * For each of the ids some of its followers whom the viewer follows; ids whose owner hides them are left out.
     * Index: follow_by_account, follow_account_id_target_account_id_key.
     */
    public Map<Long, List<Long>> familiarFollowers(long viewerId, Collection<Long> ids) {
        Map<Long, List<Long>> result = new HashMap<>();
        database.list("""
            select target.id, friend.account_id as friend_id
            from account target
            cross join lateral (
              select theirs.account_id
              from follow mine
              join follow theirs on theirs.account_id = mine.target_account_id and theirs.target_account_id = target.id
              join account on account.id = theirs.account_id and account.suspended_at is null and account.deleted_at is null
              where mine.account_id = $1
              order by theirs.id desc
              limit %d) as friend
            where target.id = any($2) and target.id <> $1 and not target.hide_collections""".formatted(FAMILIAR_AT_MOST),
            row -> result.computeIfAbsent(row.getLong("id"), id -> new ArrayList<>()).add(row.getLong("friend_id")),
            viewerId, ids.toArray(Long[]::new));
        return result;
    }

    /** Domains the account has blocked. Index: account_domain_block_account_id_host_key. */
    public List<BlockedHost> blockedHosts(long accountId, Page page) {
        List<BlockedHost> rows = database.list("""
            select id, host from account_domain_block
            where account_id = $1 and id < $2 and id > $3
            order by id %s
            limit $4""".formatted(page.direction()), row -> new BlockedHost(row.getLong("id"), row.getString("host")),
            accountId, page.before(), page.after(), page.limit());
        return page.ascending() ? rows.reversed() : rows;
    }

    /** Names in the SQL are constants of this class. {@code $1} = the owner, {@code $5} = the viewer when given. */
    private <T> List<T> list(String table, String mine, String theirs, String more, String condition, RowMapper<T> mapper, Page page, Object... owner) {
        String sql = """
            select relation.id as relation_id %s, %s
            from %s relation
            join account on account.id = relation.%s
            left join account_counter on account_counter.account_id = account.id
            where relation.%s = $1 and relation.id < $2 and relation.id > $3
              and account.suspended_at is null and account.deleted_at is null
              %s
            order by relation.id %s
            limit $4""".formatted(more, AccountStore.COLUMNS, table, theirs, mine, condition, page.direction());
        Object[] parameters = owner.length == 1
            ? new Object[] {owner[0], page.before(), page.after(), page.limit()}
            : new Object[] {owner[0], page.before(), page.after(), page.limit(), owner[1]};
        List<T> rows = database.list(sql, mapper, parameters);
        return page.ascending() ? rows.reversed() : rows;
    }

    private static Related related(Row row) {
        return new Related(row.getLong("relation_id"), AccountStore.map(row));
    }

    private static Muted muted(Row row) {
        return new Muted(row.getLong("relation_id"), AccountStore.map(row), instant(row, "expires_at"));
    }
}
