package social.dunlin.federation.fetch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.database.Database;

/**
 * What could not be fetched lately, so that a thousand activities with an unreachable key cost one request. Each entry
 * has an end, the pause doubling from one minute to a day, or to an hour for a host that is merely away; {@link #forgetOld} keeps the number bounded.
 */
@ApplicationScoped
public class FetchFailures {
    private static final int MAXIMUM_ENTRIES = 100_000;

    private final Database database;

    public FetchFailures(Database database) {
        this.database = database;
    }

    /** Why an address failed, while its pause lasts. Index: fetch_failure's key. */
    public Optional<Fetched.Reason> current(String uri) {
        return database.first("select reason from fetch_failure where uri = $1 and retry_after > now()",
            row -> Fetched.Reason.valueOf(row.getString("reason")), uri);
    }

    public void remember(String uri, Fetched.Reason reason) {
        database.execute("""
            insert into fetch_failure (uri, failures, retry_after, reason)
            values ($1, 1, now() + interval '1 minute', $2)
            on conflict (uri) do update set failures = least(fetch_failure.failures + 1, 20), reason = excluded.reason,
              retry_after = now() + least(make_interval(hours => $3), interval '1 minute' * power(2, least(fetch_failure.failures, 12)))""",
            uri, reason.name(), reason == Fetched.Reason.UNREACHABLE ? 1 : 24);
    }

    void forget(String uri) {
        database.execute("delete from fetch_failure where uri = $1", uri);
    }

    /** Housekeeping: what is long over, and the oldest beyond the cap. Index: fetch_failure_age. */
    public int forgetOld() {
        return database.execute("""
            delete from fetch_failure where retry_after < now() - interval '2 days'
               or retry_after < (select retry_after from fetch_failure order by retry_after desc offset $1 limit 1)""",
            MAXIMUM_ENTRIES);
    }
}
