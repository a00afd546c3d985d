package social.dunlin.federation.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.OptionalLong;
import social.dunlin.database.Database;
import social.dunlin.federation.proof.OutgoingProofs;

/** Turns an activity and its audience into delivery rows, in the caller's transaction. */
@ApplicationScoped
public class Deliveries {
    private final Database database;
    private final DeliverySignal signal;
    private final OutgoingProofs proofs;

    public Deliveries(Database database, DeliverySignal signal, OutgoingProofs proofs) {
        this.database = database;
        this.signal = signal;
        this.proofs = proofs;
    }

    /**
     * Queues the activity for every distinct inbox of the audience, shared inboxes where there are any, and gives their
     * number. Nothing is written when nobody remote is concerned, or the sender is suspended; hosts that are gone get what
     * names somebody there and nothing else. Indexes: mention's key, status_reblogs,
     * status_replies, favourite_of_status, quote_of_status, poll's unique key, poll_vote's key, follow_of_target, account's key, remote_host's key.
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
            ), inbox as (
              select coalesce(account.shared_inbox_url, account.inbox_url) as inbox_url, wanted.priority
              from wanted join account on account.id = wanted.account_id
              where account.domain_id is null and account.suspended_at is null and account.deleted_at is null
                and account.inbox_url <> ''
              union all select relay.inbox_url, 6 from relay where $10 and relay.state = 'accepted'
            ), audience as (
              select inbox_url, min(priority) as priority from inbox group by 1
              having min(priority) < 5 or not exists (
                select from remote_host where remote_host.host = lower(split_part(inbox_url, '/', 3)) and remote_host.gone_at is not null)
            ), activity as (
              insert into outgoing_activity (account_id, uri, body, synchronises_followers)
              select $1, $2, $3, $9 where exists (select from audience)
                and not exists (select from account sender where sender.id = $1 and (sender.suspended_at is not null or sender.deleted_at is not null))
              returning id
            )
            insert into delivery (activity_id, inbox_url, host, subject, priority)
            select activity.id, audience.inbox_url, lower(split_part(audience.inbox_url, '/', 3)), $4, audience.priority
            from activity, audience""",
            activity.accountId(), activity.uri(), proofs.proven(activity.accountId(), activity.body()), activity.subject(),
            audience.accountIds().toArray(Long[]::new), orNull(audience.mentionedIn()), orNull(audience.interactedWith()),
            audience.followersOf().toArray(Long[]::new), activity.synchronises(), audience.relays());
        if (inboxes > 0) {
            signal.deliveriesWaiting();
        }
        return inboxes;
    }

    /** @param accountId who alone is told */
    public record Addressed(OutgoingActivity activity, long accountId) {
    }

    /**
     * Queues activities that are each meant for one account, by one statement. As {@link #send}, nothing is written for
     * who is not elsewhere or shut out, nor in the name of somebody suspended. Indexes: account's key.
     */
    public void sendEach(List<Addressed> all) {
        if (all.isEmpty()) {
            return;
        }
        int written = database.execute("""
            with wish as (
              select wish.*, coalesce(receiver.shared_inbox_url, receiver.inbox_url) as inbox_url
              from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[]) as wish (account_id, uri, body, subject, receiver_id)
              join account sender on sender.id = wish.account_id and sender.suspended_at is null and sender.deleted_at is null
              join account receiver on receiver.id = wish.receiver_id and receiver.domain_id is null
                and receiver.suspended_at is null and receiver.deleted_at is null and receiver.inbox_url <> ''
            ), activity as (
              insert into outgoing_activity (account_id, uri, body) select account_id, uri, body from wish returning id, uri
            )
            insert into delivery (activity_id, inbox_url, host, subject, priority)
            select activity.id, wish.inbox_url, lower(split_part(wish.inbox_url, '/', 3)), wish.subject, 1
            from wish join activity on activity.uri = wish.uri""",
            all.stream().map(each -> each.activity.accountId()).toArray(Long[]::new), all.stream().map(each -> each.activity.uri()).toArray(String[]::new),
            all.stream().map(each -> proofs.proven(each.activity.accountId(), each.activity.body())).toArray(String[]::new),
            all.stream().map(each -> each.activity.subject()).toArray(String[]::new), all.stream().map(Addressed::accountId).toArray(Long[]::new));
        if (written > 0) {
            signal.deliveriesWaiting();
        }
    }

    /**
     * The last word of an account: it goes to every inbox that is known, and what else waits in the account's name is
     * dropped.
     */
    public void farewell(OutgoingActivity activity) {
        forget(activity.accountId());
        database.execute("""
            with inbox as (
              select coalesce(shared_inbox_url, inbox_url) as inbox_url from account
              where domain_id is null and deleted_at is null and suspended_at is null and inbox_url <> ''
              union select inbox_url from relay where state = 'accepted'
            ), activity as (
              insert into outgoing_activity (account_id, uri, body, farewell)
              select $1, $2, $3, true where exists (select from inbox)
              returning id
            )
            insert into delivery (activity_id, inbox_url, host, subject, priority)
            select activity.id, inbox.inbox_url, lower(split_part(inbox.inbox_url, '/', 3)), $4, 8 from activity, inbox""",
            activity.accountId(), activity.uri(), proofs.proven(activity.accountId(), activity.body()), activity.subject());
        signal.deliveriesWaiting();
    }

    /** Nothing that waits in the account's name is delivered. */
    public void forget(long accountId) {
        database.execute("delete from outgoing_activity where account_id = $1", accountId);
    }

    /** Queues the activity for this one inbox, which may be nobody's that is stored here. */
    public void sendTo(OutgoingActivity activity, String inboxUrl) {
        database.execute("""
            with activity as (
              insert into outgoing_activity (account_id, uri, body) values ($1, $2, $3) returning id
            )
            insert into delivery (activity_id, inbox_url, host, subject)
            select activity.id, $5, lower(split_part($5, '/', 3)), $4 from activity""",
            activity.accountId(), activity.uri(), proofs.proven(activity.accountId(), activity.body()), activity.subject(), inboxUrl);
        signal.deliveriesWaiting();
    }

    private static Long orNull(OptionalLong id) {
        return id.isPresent() ? id.getAsLong() : null;
    }
}
