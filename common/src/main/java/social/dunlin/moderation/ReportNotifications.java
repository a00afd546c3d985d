package social.dunlin.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Moderators;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;

/** Tells moderators of a report; of somebody who is reported again and again, once a day until they have looked. */
@ApplicationScoped
public class ReportNotifications {
    private final Database database;
    private final Moderators moderators;
    private final NotificationService notifications;

    public ReportNotifications(Database database, Moderators moderators, NotificationService notifications) {
        this.database = database;
        this.moderators = moderators;
        this.notifications = notifications;
    }

    /**
     * In the transaction of the report. Index: report_of_target.
     *
     * @param localId the one of the two people who is here
     */
    void told(long reportId, long reporterId, long targetId, long localId) {
        boolean known = database.exists("""
            select from report where target_account_id = $1 and id < $2 and resolved_at is null and created_at > now() - interval '1 day'""",
            targetId, reportId);
        if (!known) {
            notifications.notifyAbout(NotificationType.ADMIN_REPORT, moderators.beside(localId), reporterId, reportId);
        }
    }
}
