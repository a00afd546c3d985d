package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.database.Database;

/** Who holds leases, and whose session lock is gone. A handful of rows. */
@ApplicationScoped
class LeaseHolderStore {
    private static final String WITHOUT_LOCK = """
        not exists (
          select from pg_locks
          where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
            and objsubid = 1 and (classid::bigint << 32 | objid::bigint) = lease_holder.lock)
        """;

    /** What wakes those who deliver; federation.delivery.DeliverySignal says it. */
    private static final String DELIVERIES = "delivery";

    private final Database database;

    LeaseHolderStore(Database database) {
        this.database = database;
    }

    void add(String name, long lock) {
        database.execute("insert into lease_holder (name, lock) values ($1, $2) on conflict do nothing", name, lock);
    }

    void remove(String name) {
        database.execute("delete from lease_holder where name = $1", name);
    }

    /** Those whose lock is not held now, but for oneself. */
    List<String> withoutLock(String own) {
        return database.list("select name from lease_holder where name <> $1 and " + WITHOUT_LOCK, row -> row.getString("name"), own);
    }

    /**
     * Ends the leases of these, wherever they have some, and forgets them; gives the kinds of work that may be had now.
     * Attempts are counted and given up by whoever takes up the work, as when a lease ends by time. Relies on job_running; all
     * deliveries are looked at, which happens once for a process that was killed.
     */
    List<String> free(Collection<String> names) {
        return database.transaction(() -> database.list("""
            with gone as (
              delete from lease_holder where name = any($1) and %s returning name
            ), freed_job as (
              update job set leased_until = now() from gone
              where state = 'running' and lease_owner = gone.name and leased_until > now() returning kind
            ), freed_delivery as (
              update delivery set leased_until = now() from gone
              where lease_owner = gone.name and leased_until > now() returning host
            ), freed_probe as (
              update remote_host set probe_leased_until = now() from (select distinct host from freed_delivery) as freed
              where remote_host.host = freed.host and probe_leased_until > now()
            ), freed_task as (
              update periodic_task set leased_until = now() from gone
              where lease_owner = gone.name and leased_until > now() returning periodic_task.name
            )
            select kind from freed_job union select $2 from freed_delivery union select $3 from freed_task
            """.formatted(WITHOUT_LOCK), row -> row.getString("kind"), names.toArray(String[]::new), DELIVERIES, Housekeeping.KIND));
    }
}
