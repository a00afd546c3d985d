package social.dunlin.federation.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;

/** Sends on what was received, unchanged, to people who would otherwise miss it. */
@ApplicationScoped
public class Forwards {
    private final Database database;
    private final DeliverySignal signal;

    public Forwards(Database database, DeliverySignal signal) {
        this.database = database;
        this.signal = signal;
    }

    /**
     * Queues it for the followers of a local account, who signs; once, however often it is asked for. Indexes:
     * follow_of_target, seen_activity's key.
     *
     * @param exceptInbox where it came from
     * @return how many inboxes get it
     */
    public int toFollowersOf(OutgoingActivity received, String exceptInbox) {
        return database.transaction(() -> {
            boolean first = database.execute("insert into seen_activity (uri) values ('forwarded ' || $1::text) on conflict do nothing", received.uri()) > 0;
            int inboxes = first ? queue(received, exceptInbox) : 0;
            if (inboxes > 0) {
                signal.deliveriesWaiting();
            }
            return inboxes;
        });
    }

    private int queue(OutgoingActivity received, String exceptInbox) {
        return database.execute("""
            with audience as (
              select distinct coalesce(account.shared_inbox_url, account.inbox_url) as inbox_url
              from follow join account on account.id = follow.account_id
              where follow.target_account_id = $1 and account.domain_id is null and account.suspended_at is null
                and account.deleted_at is null and account.inbox_url <> ''
                and coalesce(account.shared_inbox_url, account.inbox_url) <> $5
            ), activity as (
              insert into outgoing_activity (account_id, uri, body)
              select $1, $2, $3 where exists (select from audience)
              returning id
            )
            insert into delivery (activity_id, inbox_url, host, subject, priority)
            select activity.id, audience.inbox_url, lower(split_part(audience.inbox_url, '/', 3)), $4, 7
            from activity, audience""",
            received.accountId(), received.uri(), received.body(), received.subject(), exceptInbox);
    }
}
