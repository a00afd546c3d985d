package social.dunlin.notification;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.event.Event.NotificationsMerged;
import social.dunlin.event.EventBus;
import social.dunlin.paging.Page;

/**
 * What a policy set aside, sender by sender: to be let in, which holds for the future too, or to be thrown away. Requests
 * are no rows of their own but what the latest 5000 such notifications say, so that one taken back leaves nothing behind.
 */
@ApplicationScoped
public class NotificationRequests {
    private static final String REQUEST = """
        select notification.from_account_id, count(*)::int as notifications, max(notification.id) as newest,
          max(notification.status_id) as last_status_id, min(notification.created_at) as created_at, max(notification.created_at) as updated_at
        from (select * from notification where account_id = $1 and filtered order by id desc limit 5000) notification
        where %s
        """.formatted(NotificationStore.TOLD);

    private final Database database;
    private final EventBus events;

    public NotificationRequests(Database database, EventBus events) {
        this.database = database;
        this.events = events;
    }

    /** By their latest notification, newest first. Index: notification_filtered. */
    public List<NotificationRequest> list(long accountId, Page page) {
        List<NotificationRequest> found = database.list("""
            select * from (%s group by notification.from_account_id) request
            where newest < $2 and newest > $3
            order by newest %s limit $4""".formatted(REQUEST, page.direction()), NotificationRequests::map,
            accountId, page.before(), page.after(), page.limit());
        return page.ascending() ? found.reversed() : found;
    }

    public Optional<NotificationRequest> get(long accountId, long fromAccountId) {
        return database.first(REQUEST + " and notification.from_account_id = $2 group by notification.from_account_id",
            NotificationRequests::map, accountId, fromAccountId);
    }

    /** Shows what was set aside of these senders, and what they send from now on. Gives how many there were to accept. */
    public int accept(long accountId, Collection<Long> senders) {
        return database.transaction(() -> {
            int accepted = database.execute("""
                insert into notification_permission (account_id, from_account_id)
                select distinct $1::bigint, from_account_id from notification where account_id = $1 and filtered and from_account_id = any($2)
                on conflict do nothing""", accountId, senders.toArray(Long[]::new));
            int shown = database.execute("update notification set filtered = false where account_id = $1 and filtered and from_account_id = any($2)",
                accountId, senders.toArray(Long[]::new));
            if (shown > 0) {
                events.publish(new NotificationsMerged(accountId));
            }
            return Math.max(accepted, shown);
        });
    }

    /** Throws away what was set aside of these senders; what they send next is set aside again. */
    public int dismiss(long accountId, Collection<Long> senders) {
        return database.execute("delete from notification where account_id = $1 and filtered and from_account_id = any($2)",
            accountId, senders.toArray(Long[]::new));
    }

    private static NotificationRequest map(Row row) {
        return new NotificationRequest(row.getLong("from_account_id"), row.getInteger("notifications"), row.getLong("newest"),
            row.getLong("last_status_id"), instant(row, "created_at"), instant(row, "updated_at"));
    }
}
