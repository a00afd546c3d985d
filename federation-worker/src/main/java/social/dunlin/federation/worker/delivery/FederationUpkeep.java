package social.dunlin.federation.worker.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.database.Database;
import social.dunlin.federation.delivery.RemoteHosts;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.queue.PeriodicTask;

/**
 * Ends what federation would keep for ever: deliveries a week old, bodies nobody waits for, and what is remembered of
 * hosts and failed addresses, which strangers choose (hostile input 55).
 */
@ApplicationScoped
public class FederationUpkeep implements PeriodicTask {
    private final Database database;
    private final RemoteHosts hosts;
    private final FetchFailures failures;

    public FederationUpkeep(Database database, RemoteHosts hosts, FetchFailures failures) {
        this.database = database;
        this.hosts = hosts;
        this.failures = failures;
    }

    @Override
    public String name() {
        return "federation-upkeep";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        buryOld();
        // Two processes that end the last two deliveries of a body at once each see the other's.
        database.execute("""
            delete from outgoing_activity where created_at < now() - interval '1 hour'
              and not exists (select from delivery where delivery.activity_id = outgoing_activity.id)""");
        dropKeysOfTheDeleted();
        failures.forgetOld();
        hosts.forgetOld();
    }

    /** Their last word has gone or been given up. Index: account_hidden. */
    private void dropKeysOfTheDeleted() {
        database.execute("""
            delete from account_key using account
            where account.id = account_key.account_id and account.domain_id is not null and account.deleted_at < now() - interval '14 days'""");
    }

    /** Behind an open circuit attempts are not used up, so that time must end them. */
    private void buryOld() {
        database.execute("""
            with old as (
              delete from delivery using outgoing_activity
              where outgoing_activity.id = delivery.activity_id and outgoing_activity.created_at < now() - interval '7 days'
              returning delivery.id, delivery.inbox_url, delivery.host, delivery.attempts, delivery.last_error,
                outgoing_activity.account_id, outgoing_activity.uri
            )
            insert into dead_delivery (id, account_id, activity_uri, inbox_url, host, attempts, error)
            select id, account_id, uri, inbox_url, host, attempts, coalesce(last_error, 'the host was not reached for a week') from old
            on conflict (id) do nothing""");
    }
}
