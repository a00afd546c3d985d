package social.dunlin.push;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import social.dunlin.database.Database;

/** SQL of push subscriptions. */
@ApplicationScoped
class PushSubscriptionStore {
    private static final String COLUMNS = "id, account_id, endpoint, public_key, auth_secret, standard, policy, alerts::text as alerts";

    private final Database database;

    PushSubscriptionStore(Database database) {
        this.database = database;
    }

    /** Puts it in the place of the one the token had. */
    PushSubscription write(long tokenId, PushSubscription wanted) {
        return database.first("""
            insert into push_subscription (token_id, account_id, endpoint, public_key, auth_secret, standard, policy, alerts)
            values ($1, $2, $3, $4, $5, $6, $7, ($8::text)::jsonb)
            on conflict (token_id) do update set endpoint = excluded.endpoint, public_key = excluded.public_key,
              auth_secret = excluded.auth_secret, standard = excluded.standard, policy = excluded.policy, alerts = excluded.alerts
            returning\s""" + COLUMNS, PushSubscriptionStore::map, tokenId, wanted.accountId(), wanted.endpoint(), Buffer.buffer(wanted.publicKey()),
            Buffer.buffer(wanted.authSecret()), wanted.standard(), wanted.policy().apiName(), json(wanted.alerts())).orElseThrow();
    }

    Optional<PushSubscription> change(long tokenId, PushPolicy policy, Map<String, Boolean> alerts) {
        return database.first("update push_subscription set policy = $2, alerts = ($3::text)::jsonb where token_id = $1 returning " + COLUMNS,
            PushSubscriptionStore::map, tokenId, policy.apiName(), json(alerts));
    }

    Optional<PushSubscription> ofToken(long tokenId) {
        return database.first("select %s from push_subscription where token_id = $1".formatted(COLUMNS), PushSubscriptionStore::map, tokenId);
    }

    Optional<PushSubscription> byId(long id) {
        return database.first("select %s from push_subscription where id = $1".formatted(COLUMNS), PushSubscriptionStore::map, id);
    }

    void deleteOfToken(long tokenId) {
        database.execute("delete from push_subscription where token_id = $1", tokenId);
    }

    void delete(long id) {
        database.execute("delete from push_subscription where id = $1", id);
    }

    /** Which notification wakes whom. */
    record Due(long subscriptionId, long notificationId, String endpoint) {
    }

    /** Those that are wanted, in one statement. Indexes: push_subscription_by_account, the unique key of follow. */
    List<Due> due(Collection<Long> notificationIds) {
        return database.list("""
            select subscription.id as subscription_id, notification.id as notification_id, subscription.endpoint
            from notification join push_subscription subscription on subscription.account_id = notification.account_id
            join oauth_token on oauth_token.id = subscription.token_id and oauth_token.revoked_at is null
            where notification.id = any((select $1::bigint[])::bigint[]) and not notification.filtered
              and coalesce((subscription.alerts ->> notification.type)::boolean, false)
              and case subscription.policy
                when 'all' then true
                when 'followed' then exists (select from follow where follow.account_id = notification.account_id
                                             and follow.target_account_id = notification.from_account_id)
                when 'follower' then exists (select from follow where follow.account_id = notification.from_account_id
                                             and follow.target_account_id = notification.account_id)
                else false end""",
            row -> new Due(row.getLong("subscription_id"), row.getLong("notification_id"), row.getString("endpoint")),
            (Object) notificationIds.toArray(Long[]::new));
    }

    private static String json(Map<String, Boolean> alerts) {
        return new JsonObject(new TreeMap<>(alerts)).encode();
    }

    private static PushSubscription map(Row row) {
        Map<String, Boolean> alerts = new TreeMap<>();
        new JsonObject(row.getString("alerts")).forEach(entry -> alerts.put(entry.getKey(), Boolean.TRUE.equals(entry.getValue())));
        return new PushSubscription(row.getLong("id"), row.getLong("account_id"), row.getString("endpoint"), row.getBuffer("public_key").getBytes(),
            row.getBuffer("auth_secret").getBytes(), row.getBoolean("standard"), PushPolicy.ofApiName(row.getString("policy")).orElseThrow(), alerts);
    }
}
