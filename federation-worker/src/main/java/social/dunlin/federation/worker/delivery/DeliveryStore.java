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
     * Leases up to {@code room} due deliveries: of hosts to which something urgent goes, and of those that follow
     * {@code after} in the alphabet, so that hosts take turns and a claim costs the same however many wait. A host has
     * {@code perHost} leased at a time, one when it is being probed, none while its circuit is open. Of one inbox and
     * subject only the oldest is taken. Of each host twice its share is locked, so that those with little to take leave
     * room to the others and few are locked for nothing.
     *
     * <p>The hosts are found by hopping along delivery_by_host, no further than needed (hence {@code offset 0}), and whether
     * anything is due of one in the order of that index: without the order a plan was seen that read the whole table for
     * each host, as all had been for one when it was analyzed. The urgent are found by delivery_urgent, the order of a
     * subject by delivery_order.
     */
    Claim claim(int room, PerHost perHost, Map<String, Integer> busy, String after, String owner, Duration lease) {
        List<Claimed> claimed = database.list("""
            with recursive waiting as (
              (select host from delivery where host > $9 order by host limit 1)
              union all
              select (select delivery.host from delivery where delivery.host > waiting.host order by delivery.host limit 1)
              from waiting where waiting.host is not null
            ), urgent as (
              select distinct host from (
                select host from delivery where priority < 5 and run_at <= now() order by priority, id limit 64) as soon
            ), candidate as (
              select host, true as urgent from urgent
              union all
              select host, false from waiting
            ), open as (
              select candidate.host, candidate.urgent, known.signature_scheme, known.healthy, known.room
              from candidate cross join lateral (
                select remote_host.signature_scheme,
                  remote_host.backoff_count = 0 and remote_host.last_success_at > now() - interval '1 hour' as healthy,
                  case when remote_host.backoff_count >= $7 then 1 when remote_host.backoff_count > 0 then $8
                    when remote_host.last_success_at > now() - interval '1 hour' then $4 else $10 end
                    - coalesce((select running from unnest($1::text[], $2::int[]) as busy (host, running) where busy.host = candidate.host), 0) as room
                from (values (1)) as one left join remote_host on remote_host.host = candidate.host
                where (remote_host.open_until is null or remote_host.open_until <= now())
                  and (remote_host.probe_leased_until is null or remote_host.probe_leased_until <= now())
                offset 0
              ) as known
              where candidate.host is not null and known.room > 0
                and exists (select from delivery
                  where delivery.host = candidate.host and delivery.run_at <= now()
                    and (delivery.leased_until is null or delivery.leased_until <= now())
                    and not exists (select from delivery as earlier
                      where earlier.inbox_url = delivery.inbox_url and earlier.subject = delivery.subject and earlier.id < delivery.id)
                  order by delivery.priority, delivery.id offset 0)
              limit $3
            ), host as (
              select host, signature_scheme, healthy, room from open group by 1, 2, 3, 4
            ), front as materialized (
              select due.id, host.host, host.signature_scheme, host.healthy, due.priority,
                row_number() over (partition by host.host order by due.priority, due.id) as nth
              from host cross join lateral (
                select delivery.id, delivery.priority from delivery
                where delivery.host = host.host and delivery.run_at <= now()
                  and (delivery.leased_until is null or delivery.leased_until <= now())
                  and not exists (select from delivery as earlier
                    where earlier.inbox_url = delivery.inbox_url and earlier.subject = delivery.subject and earlier.id < delivery.id)
                order by delivery.priority, delivery.id
                limit least(host.room, 1 + 2 * $3 / (select count(*) from host))
                for update skip locked
              ) as due
            ), chosen as (
              select id, signature_scheme, healthy from front order by nth, priority, id limit $3
            ), leased as (
              update delivery set leased_until = now() + make_interval(secs => $6), lease_owner = $5
              from chosen where delivery.id = chosen.id
              returning delivery.id, delivery.activity_id, delivery.inbox_url, delivery.host, delivery.attempts, delivery.priority,
                chosen.signature_scheme, coalesce(chosen.healthy, false) as healthy
            ), probing as (
              update remote_host set probe_leased_until = now() + make_interval(secs => $6)
              from leased where remote_host.host = leased.host and remote_host.backoff_count >= $7
            )
            select leased.*, outgoing_activity.account_id, outgoing_activity.body, outgoing_activity.synchronises_followers,
              not outgoing_activity.farewell and (sender.suspended_at is not null or sender.deleted_at is not null) as silenced,
              (select case when count(*) >= $3 then max(host) filter (where not urgent) end from open) as reached
            from leased join outgoing_activity on outgoing_activity.id = leased.activity_id
            join account sender on sender.id = outgoing_activity.account_id
            order by leased.priority, leased.id""", row -> new Claimed(map(row), row.getString("reached")),
            busy.keySet().toArray(String[]::new), busy.values().toArray(Integer[]::new), room, perHost.healthy, owner,
            seconds(lease), DeliverySchedule.FAILURES_TO_OPEN, perHost.failing, after, perHost.unproven);
        return new Claim(claimed.stream().map(Claimed::delivery).toList(),
            claimed.isEmpty() || claimed.getFirst().reached == null ? "" : claimed.getFirst().reached);
    }

    /** How many are leased for one host at a time: one that took something within the hour, one of which that is not known, one that fails. */
    record PerHost(int healthy, int unproven, int failing) {
    }

    /** @param reached the last host looked at in the order of the alphabet, from which the next claim goes on; "" = from the first, as all were looked at */
    record Claim(List<Delivery> deliveries, String reached) {
    }

    private record Claimed(Delivery delivery, String reached) {
    }

    private static Delivery map(Row row) {
        return new Delivery(row.getLong("id"), row.getLong("activity_id"), row.getLong("account_id"), row.getString("inbox_url"),
            row.getString("host"), row.getInteger("attempts"), row.getString("signature_scheme"), row.getBoolean("healthy"), row.getString("body"),
            row.getBoolean("synchronises_followers"), row.getBoolean("silenced"));
    }

    void renew(Collection<Delivery> running, String owner, Duration lease) {
        database.execute("""
            update delivery set leased_until = now() + make_interval(secs => $3)
            where id = any((select $1::bigint[])::bigint[]) and lease_owner = $2""", ids(running), owner, seconds(lease));
    }

    void release(Collection<Delivery> unfinished, String owner) {
        database.execute("update delivery set leased_until = null, lease_owner = null where id = any((select $1::bigint[])::bigint[]) and lease_owner = $2",
            ids(unfinished), owner);
    }

    /** Removes what has arrived or been given up, and bodies nobody waits for any more. Indexes: see the function. */
    void remove(Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        database.send("select remove_deliveries($1, $2)", ids(deliveries),
            deliveries.stream().map(Delivery::activityId).distinct().toArray(Long[]::new));
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
