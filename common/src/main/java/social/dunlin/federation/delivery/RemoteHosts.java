package social.dunlin.federation.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import social.dunlin.database.Database;

/** What is known of other servers' health. Rows have an end: {@link #forgetOld}. */
@ApplicationScoped
public class RemoteHosts {
    /** Mastodon gives a server up after seven days of failures; ours may have been on holiday. */
    private static final int GONE_AFTER_DAYS = 14;
    private static final int GONE_AFTER_FAILURES = 16;

    private final Database database;
    private final DeliverySignal signal;

    public RemoteHosts(Database database, DeliverySignal signal) {
        this.database = database;
        this.signal = signal;
    }

    /**
     * Something arrived there. A host that had been failing gets what waits for it at once.
     *
     * @param schemes by host, the signature form it took; a null value leaves what is known
     */
    public void succeeded(Map<String, String> schemes) {
        if (schemes.isEmpty()) {
            return;
        }
        String[] hosts = schemes.keySet().toArray(String[]::new);
        int recovered = hurry(hosts);
        database.execute("""
            insert into remote_host (host, signature_scheme, last_success_at)
            select host, scheme, now() from unnest($1::text[], $2::text[]) as done (host, scheme)
            on conflict (host) do update set signature_scheme = coalesce(excluded.signature_scheme, remote_host.signature_scheme),
              backoff_count = 0, open_until = null, probe_leased_until = null, gone_at = null,
              last_success_at = now(), updated_at = now()
            where remote_host.backoff_count > 0 or remote_host.last_success_at is null
               or remote_host.last_success_at < now() - interval '1 hour'
               or excluded.signature_scheme is distinct from remote_host.signature_scheme""",
            hosts, schemes.values().toArray(String[]::new));
        if (recovered > 0) {
            signal.deliveriesWaiting();
        }
    }

    /**
     * A signed request came from there, so it is alive; whether its inbox is well again is another question. One
     * delivery asks it at once, and at no cost: a server that talks a lot while its inbox is ill must not use up the
     * attempts of all that waits for it. When that one arrives the rest follow ({@link #succeeded}).
     */
    public void heardFrom(String host) {
        boolean failing = database.execute("""
            update remote_host set open_until = null, probe_leased_until = null, gone_at = null, updated_at = now()
            where host = $1 and backoff_count > 0 and coalesce(last_failure_at < now() - interval '1 minute', true)
              and (probe_leased_until is null or probe_leased_until <= now())""", host) > 0;
        if (failing) {
            database.execute("""
                update delivery set run_at = now(), attempts = greatest(attempts - 1, 0)
                where id = (select id from delivery where host = $1 and leased_until is null order by priority, id limit 1)
                  and run_at > now()""", host);
            signal.deliveriesWaiting();
        }
    }

    private int hurry(String[] hosts) {
        return database.execute("""
            update delivery set run_at = now()
            where run_at > now() and host in (select host from remote_host where host = any($1) and backoff_count > 0)""",
            (Object) hosts);
    }

    /** The delay a failing host gets by its failures in a row. */
    @FunctionalInterface
    public interface OpenFor {
        Duration after(int failures);
    }

    /**
     * It did not answer, or answered that it is ill. From {@code failuresToOpen} in a row on its circuit is open for a time.
     * A host that nothing has reached for two weeks counts as gone: what goes to followers is no longer queued for it, only
     * what names somebody there ({@link Deliveries#send}), until something arrives or it speaks.
     */
    public void failed(Set<String> hosts, String error, int failuresToOpen, OpenFor openFor) {
        if (hosts.isEmpty()) {
            return;
        }
        Map<String, Integer> failing = new HashMap<>();
        database.list("""
            insert into remote_host (host, backoff_count, last_failure_at, last_error)
            select unnest($1::text[]), 1, now(), $2
            on conflict (host) do update set backoff_count = least(remote_host.backoff_count + 1, 1000), probe_leased_until = null,
              last_failure_at = now(), last_error = excluded.last_error, updated_at = now(),
              gone_at = case when remote_host.backoff_count >= $3 and coalesce(remote_host.last_success_at, '-infinity') < now() - make_interval(days => $4)
                then coalesce(remote_host.gone_at, now()) end
            returning host, backoff_count""",
            row -> failing.put(row.getString("host"), row.getInteger("backoff_count")), hosts.toArray(String[]::new), error,
            GONE_AFTER_FAILURES, GONE_AFTER_DAYS);
        failing.values().removeIf(failures -> failures < failuresToOpen);
        if (!failing.isEmpty()) {
            database.execute("""
                update remote_host set open_until = now() + make_interval(secs => open.seconds)
                from unnest($1::text[], $2::float8[]) as open (host, seconds) where remote_host.host = open.host""",
                failing.keySet().toArray(String[]::new),
                failing.values().stream().map(failures -> openFor.after(failures).toMillis() / 1000.0).toArray(Double[]::new));
        }
    }

    /** Housekeeping: hosts nothing was heard of for a month and nothing waits for. */
    public int forgetOld() {
        return database.execute("""
            delete from remote_host where updated_at < now() - interval '30 days'
              and not exists (select from delivery where delivery.host = remote_host.host)""");
    }
}
