package social.dunlin.relationship;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.Telling;
import social.dunlin.notification.NotificationType;
import social.dunlin.relationship.Severance.Cause;

/** Remembers what people here lose with a server or an account, and tells them. Requests are no loss. */
@ApplicationScoped
public class Severances {
    /** People of the server {@code $3} and of those below it, by their handle or their id. */
    static final String AT_HOME = """
        (select id from account where domain_id is null
           and (host_is_within(host, $3) or host_is_within(lower(split_part(uri, '/', 3)), $3)))""";

    private final Database database;
    private final NotificationService notifications;

    public Severances(Database database, NotificationService notifications) {
        this.database = database;
        this.notifications = notifications;
    }

    /** In the caller's transaction, before the follows end: somebody blocks a server. Index: account_by_host. */
    void beforeBlock(long accountId, String host) {
        tell(Cause.USER_DOMAIN_BLOCK, host, "(select id from account where host = $3 and domain_id is null)", host, accountId);
    }

    /** In the caller's transaction, before the follows end: a server is blocked by this one. */
    void beforeServerBlock(String name) {
        tell(Cause.DOMAIN_BLOCK, name, AT_HOME, name, null);
    }

    /** In the caller's transaction, before the follows end: somebody elsewhere is suspended. */
    void beforeSuspension(Account remote) {
        tell(Cause.ACCOUNT_SUSPENSION, remote.acct(), "($3::bigint)", remote.id(), null);
    }

    /** One statement whatever the number. Indexes: follow_by_account, follow_of_target. */
    private void tell(Cause cause, String target, String remote, Object whom, Long only) {
        List<Telling> losers = database.list("""
            insert into relationship_severance (account_id, type, target_name, followers_count, following_count)
            select local.id, $1, $2, sum(lost.followers), sum(lost.following)
            from (select account_id as id, 0 as followers, 1 as following from follow where target_account_id in %1$s
                  union all
                  select target_account_id, 1, 0 from follow where account_id in %1$s) as lost
            join account local on local.id = lost.id and local.domain_id is not null
            where $4::bigint is null or local.id = $4
            group by local.id
            order by local.id
            returning id, account_id""".formatted(remote),
            row -> new Telling(row.getLong("account_id"), null, row.getLong("account_id"), row.getLong("id")), name(cause), target, whom, only);
        notifications.notifyEach(NotificationType.SEVERED_RELATIONSHIPS, losers);
    }

    /** Index: relationship_severance_pkey. */
    public List<Severance> byIds(Collection<Long> ids) {
        return database.list("select * from relationship_severance where id = any($1)", Severances::map, (Object) ids.toArray(Long[]::new));
    }

    private static String name(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private static Severance map(Row row) {
        return new Severance(row.getLong("id"), row.getLong("account_id"), Cause.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
            row.getString("target_name"), row.getInteger("followers_count"), row.getInteger("following_count"), instant(row, "created_at"));
    }
}
