package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;

/** Tells the moderators and administrators of a domain that somebody has come, as Mastodon does. */
@ApplicationScoped
public class Arrivals {
    private final Database database;
    private final NotificationService notifications;

    public Arrivals(Database database, NotificationService notifications) {
        this.database = database;
        this.notifications = notifications;
    }

    /** @param accountIds of a login that was let in just now: one, or none when it was in before */
    void letIn(List<Long> accountIds) {
        accountIds.stream().findFirst().ifPresent(arrived -> notifications.notify(NotificationType.ADMIN_SIGN_UP, moderatorsBeside(arrived), arrived, null));
    }

    private List<Long> moderatorsBeside(long accountId) {
        return database.list("""
            select account.id from dunlin_user join account on account.user_id = dunlin_user.id
            where dunlin_user.role in ('moderator', 'admin') and account.domain_id = (select domain_id from account where id = $1)""",
            row -> row.getLong("id"), accountId);
    }
}
