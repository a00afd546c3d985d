package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.Telling;
import social.dunlin.notification.NotificationType;

/** Tells local people that a post they quote has been edited: what stands in their own post says something else now. */
@ApplicationScoped
class QuotedUpdates {
    private final Database database;
    private final NotificationService notifications;

    QuotedUpdates(Database database, NotificationService notifications) {
        this.database = database;
        this.notifications = notifications;
    }

    /** Each is told by way of their own post. In the caller's transaction. Index: quote_of_status. */
    void tell(Status edited) {
        List<Telling> quoters = database.list("""
            select status.account_id, status.id from quote join status on status.id = quote.status_id
            where quote.quoted_status_id = $1 and quote.state = 'accepted' and status.local and status.account_id <> $2""",
            row -> new Telling(row.getLong("account_id"), row.getLong("id"), edited.accountId()), edited.id(), edited.accountId());
        notifications.notifyEach(NotificationType.QUOTED_UPDATE, quoters);
    }
}
