package social.dunlin.federation.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import social.dunlin.database.Database;

/** Turns an activity and its audience into delivery rows, in the caller's transaction. */
@ApplicationScoped
public class Deliveries {
    private final Database database;
    private final DeliverySignal signal;

    public Deliveries(Database database, DeliverySignal signal) {
        this.database = database;
        this.signal = signal;
    }

    /**
     * Queues the activity for every distinct inbox of the audience, shared inboxes where there are any, and gives their
     * number. Nothing is written when nobody remote is concerned. Indexes: mention's key, status_reblogs,
     * status_replies, favourite_of_status, quote_of_status, poll's unique key, poll_vote's key, follow_of_target, account's key.
     */
    public int send(OutgoingActivity activity, Audience audience) {
        int inboxes = database.execute("""
            with named as (
              select unnest($5::bigint[]) as account_id
              union select mention.account_id from mention where mention.status_id = $6
            ), interested as (
              select status.account_id from status where status.reblog_of_id = $7
              union select status.account_id from status where status.in_reply_to_id = $7
              union select favourite.account_id from favourite where favourite.status_id = $7
              union select status.account_id from quote join status on status.id = quote.status_id where quote.quoted_status_id = $7
              union select poll_vote.account_id from poll join poll_vote on poll_vote.poll_id = poll.id where poll.status_id = $7
            ), wanted as (
              select account_id, 1 as priority from named
              union all select account_id, 3 from interested
              union all select follow.account_id, 5 from follow where follow.target_account_id = any($8::bigint[])
              union all select follow.account_id, 5 from status boost
                join follow on follow.target_account_id = boost.account_id
                where boost.reblog_of_id = $7 and boost.local and boost.visibility in ('public', 'unlisted', 'private')
            ), audience as (
              select coalesce(account.shared_inbox_url, account.inbox_url) as inbox_url, min(wanted.priority) as priority
              from wanted join account on account.id = wanted.account_id
              where account.domain_id is null and account.suspended_at is null and account.deleted_at is null
                and account.inbox_url <> ''
              group by 1
            ), activity as (
              insert into outgoing_activity (account_id, uri, body)
              select $1, $2, $3 where exists (select from audience)
              returning id
            )
            insert into delivery (activity_id, inbox_url, host, subject, priority)
            select activity.id, audience.inbox_url, lower(split_part(audience.inbox_url, '/', 3)), $4, audience.priority
            from activity, audience""",
            activity.accountId(), activity.uri(), activity.body(), activity.subject(),
            audience.accountIds().toArray(Long[]::new), orNull(audience.mentionedIn()), orNull(audience.interactedWith()),
            audience.followersOf().toArray(Long[]::new));
        if (inboxes > 0) {
            signal.deliveriesWaiting();
        }
        return inboxes;
    }

    private static Long orNull(OptionalLong id) {
        return id.isPresent() ? id.getAsLong() : null;
    }
}
