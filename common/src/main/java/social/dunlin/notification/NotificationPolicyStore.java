package social.dunlin.notification;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationPolicy.Summary;
import social.dunlin.notification.NotificationPolicy.Treatment;

/** SQL of notification policies. {@link NotificationStore#create} asks the rows themselves. */
@ApplicationScoped
public class NotificationPolicyStore {
    private final Database database;

    public NotificationPolicyStore(Database database) {
        this.database = database;
    }

    /** Or the defaults. */
    public NotificationPolicy of(long accountId) {
        return database.first("select * from notification_policy where account_id = $1", NotificationPolicyStore::map, accountId)
            .orElse(NotificationPolicy.DEFAULTS);
    }

    public void save(long accountId, NotificationPolicy policy) {
        database.execute("""
            insert into notification_policy (account_id, for_not_following, for_not_followers, for_new_accounts, for_private_mentions,
              for_limited_accounts, for_bots)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (account_id) do update set
              for_not_following = excluded.for_not_following,
              for_not_followers = excluded.for_not_followers,
              for_new_accounts = excluded.for_new_accounts,
              for_private_mentions = excluded.for_private_mentions,
              for_limited_accounts = excluded.for_limited_accounts,
              for_bots = excluded.for_bots""",
            accountId, policy.notFollowing().apiName(), policy.notFollowers().apiName(), policy.newAccounts().apiName(),
            policy.privateMentions().apiName(), policy.limitedAccounts().apiName(), policy.bots().apiName());
    }

    /** Within a thousand notifications. Index: notification_filtered. */
    public Summary summary(long accountId) {
        return database.first("""
            select count(distinct from_account_id)::int as requests, count(*)::int as notifications from (
              select from_account_id from notification
              where account_id = $1 and filtered and %s limit 1000) waiting""".formatted(NotificationStore.TOLD),
            row -> new Summary(row.getInteger("requests"), row.getInteger("notifications")), accountId).orElseThrow();
    }

    private static NotificationPolicy map(Row row) {
        return new NotificationPolicy(treatment(row, "for_not_following"), treatment(row, "for_not_followers"), treatment(row, "for_new_accounts"),
            treatment(row, "for_private_mentions"), treatment(row, "for_limited_accounts"), treatment(row, "for_bots"));
    }

    private static Treatment treatment(Row row, String column) {
        return Treatment.ofApiName(row.getString(column)).orElseThrow();
    }
}
