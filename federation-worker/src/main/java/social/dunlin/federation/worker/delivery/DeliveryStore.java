package social.dunlin.federation.worker.delivery;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of leased deliveries. Each statement takes many rows. */
@ApplicationScoped
class DeliveryStore {
    private static final int ERROR_LENGTH = 500;

    private final Database database;

    DeliveryStore(Database database) {
        this.database = database;
    }

    /**
     * Leases up to {@code slots} due deliveries. Hosts take turns; each has {@code perHost} at a time, one when it is
     * being probed, none while its circuit is open. Of one inbox and subject only the oldest is taken. The hosts are
     * found by hopping along delivery_by_host, the order of a subject by delivery_order.
     */
    List<Delivery> claim(int slots, int perHost, Map<String, Integer> busy, String owner, Duration lease) {
        return database.list("""
            with recursive waiting as (
              (select host from delivery order by host limit 1)
              union all
              select (select delivery.host from delivery where delivery.host > waiting.host order by delivery.host limit 1)
              from waiting where waiting.host is not null
            ), busy as (
              select * from unnest($1::text[], $2::int[]) as busy (host, running)
            ), open as (
              select waiting.host, remote_host.signature_scheme,
                case when remote_host.backoff_count >= $7 then 1 else $4::int end - coalesce(busy.running, 0) as room
              from waiting left join remote_host on remote_host.host = waiting.host left join busy on busy.host = waiting.host
              where waiting.host is not null
                and (remote_host.open_until is null or remote_host.open_until <= now())
                and (remote_host.probe_leased_until is null or remote_host.probe_leased_until <= now())
            ), front as materialized (
              select due.id, open.host, open.signature_scheme, due.priority,
                row_number() over (partition by open.host order by due.priority, due.id) as nth
              from open cross join lateral (
                select delivery.id, delivery.priority from delivery
                where delivery.host = open.host and delivery.run_at <= now()
                  and (delivery.leased_until is null or delivery.leased_until <= now())
                  and not exists (select from delivery as earlier
                    where earlier.inbox_url = delivery.inbox_url and earlier.subject = delivery.subject and earlier.id < delivery.id)
                order by delivery.priority, delivery.id
                limit greatest(open.room, 0)
                for update skip locked
              ) as due
            ), chosen as (
              select id, signature_scheme from front order by nth, priority, id limit $3
            ), leased as (
              update delivery set leased_until = now() + make_interval(secs => $6), lease_owner = $5
              from chosen where delivery.id = chosen.id
              returning delivery.id, delivery.activity_id, delivery.inbox_url, delivery.host, delivery.attempts, delivery.priority,
                chosen.signature_scheme
            ), probing as (
              update remote_host set probe_leased_until = now() + make_interval(secs => $6)
              from leased where remote_host.host = leased.host and remote_host.backoff_count >= $7
            )
            select leased.*, outgoing_activity.account_id, outgoing_activity.body, outgoing_activity.synchronises_followers,
              not outgoing_activity.farewell and (sender.suspended_at is not null or sender.deleted_at is not null) as silenced
            from leased join outgoing_activity on outgoing_activity.id = leased.activity_id
            join account sender on sender.id = outgoing_activity.account_id
            order by leased.priority, leased.id""", DeliveryStore::map,
            busy.keySet().toArray(String[]::new), busy.values().toArray(Integer[]::new), slots, perHost, owner,
            seconds(lease), DeliverySchedule.FAILURES_TO_OPEN);
    }

    private static Delivery map(Row row) {
        return new Delivery(row.getLong("id"), row.getLong("activity_id"), row.getLong("account_id"), row.getString("inbox_url"),
            row.getString("host"), row.getInteger("attempts"), row.getString("signature_scheme"), row.getString("body"),
            row.getBoolean("synchronises_followers"), row.getBoolean("silenced"));
    }

    void renew(Collection<Delivery> running, String owner, Duration lease) {
        database.execute("""
            update delivery set leased_until = now() + make_interval(secs => $3)
            where id = any($1) and lease_owner = $2""", ids(running), owner, seconds(lease));
    }

    void release(Collection<Delivery> unfinished, String owner) {
        database.execute("update delivery set leased_until = null, lease_owner = null where id = any($1) and lease_owner = $2",
            ids(unfinished), owner);
    }

    /** Removes what has arrived or been given up, and bodies nobody waits for any more. */
    void remove(Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        database.execute("delete from delivery where id = any($1)", (Object) ids(deliveries));
        database.execute("""
            delete from outgoing_activity where id = any($1)
              and not exists (select from delivery where delivery.activity_id = outgoing_activity.id)""",
            (Object) deliveries.stream().map(Delivery::activityId).distinct().toArray(Long[]::new));
    }

    record GivenUp(Delivery delivery, String error) {
    }

    /** Keeps what is given up, with its error; to be followed by {@link #remove}. */
    void keepDead(List<GivenUp> dead) {
        if (dead.isEmpty()) {
            return;
        }
        database.execute("""
            insert into dead_delivery (id, account_id, activity_uri, inbox_url, host, attempts, error)
            select delivery.id, outgoing_activity.account_id, outgoing_activity.uri, delivery.inbox_url, delivery.host,
              delivery.attempts + 1, dead.error
            from unnest($1::bigint[], $2::text[]) as dead (id, error)
            join delivery on delivery.id = dead.id join outgoing_activity on outgoing_activity.id = delivery.activity_id
            on conflict (id) do nothing""",
            dead.stream().map(each -> each.delivery().id()).toArray(Long[]::new),
            dead.stream().map(each -> shortened(each.error())).toArray(String[]::new));
    }

    record Retry(Delivery delivery, Duration delay, String error) {
    }

    void retry(List<Retry> retries, String owner) {
        if (retries.isEmpty()) {
            return;
        }
        database.execute("""
            update delivery set attempts = attempts + 1, last_error = retry.error, leased_until = null, lease_owner = null,
              run_at = now() + make_interval(secs => retry.delay)
            from unnest($1::bigint[], $2::float8[], $3::text[]) as retry (id, delay, error)
            where delivery.id = retry.id and delivery.lease_owner = $4""",
            retries.stream().map(each -> each.delivery().id()).toArray(Long[]::new),
            retries.stream().map(each -> seconds(each.delay())).toArray(Double[]::new),
            retries.stream().map(each -> shortened(each.error())).toArray(String[]::new), owner);
    }

    /**
     * How long until something falls due, a lease ends or a circuit may be probed; what waits for an earlier one of its
     * subject is left out. Indexes: delivery_due, delivery_order.
     */
    Optional<Duration> untilDue() {
        return database.first("""
            select extract(epoch from min(greatest(delivery.run_at, delivery.leased_until, remote_host.open_until, remote_host.probe_leased_until))
              - now())::float8 as seconds
            from (select host, run_at, leased_until from delivery
                  where not exists (select from delivery as earlier
                    where earlier.inbox_url = delivery.inbox_url and earlier.subject = delivery.subject and earlier.id < delivery.id)
                  order by run_at limit 500) as delivery
            left join remote_host on remote_host.host = delivery.host""", row -> row.getDouble("seconds"))
            .map(seconds -> Duration.ofMillis((long) Math.max(0, seconds * 1000)));
    }

    private static Long[] ids(Collection<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::id).toArray(Long[]::new);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String shortened(String error) {
        return error.length() > ERROR_LENGTH ? error.substring(0, ERROR_LENGTH) : error;
    }
}
