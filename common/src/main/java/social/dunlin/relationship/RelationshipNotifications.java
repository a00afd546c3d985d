package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.relationship.RelationshipStore.Ended;

/** What changes of a relationship do to notifications. */
@ApplicationScoped
class RelationshipNotifications {
    private final NotificationService notifications;
    private final Database database;

    RelationshipNotifications(NotificationService notifications, Database database) {
        this.notifications = notifications;
        this.database = database;
    }

    void followed(long followerId, long targetId) {
        notifications.notify(NotificationType.FOLLOW, List.of(targetId), followerId, null);
    }

    void followRequested(long followerId, long targetId) {
        notifications.notify(NotificationType.FOLLOW_REQUEST, List.of(targetId), followerId, null);
    }

    /** The follow has ended, or the request is answered: nothing is left to tell. */
    void withdrawn(long followerId, long targetId) {
        withdrawn(List.of(new Ended(followerId, targetId, null)));
    }

    /** The same of many. Index: notification's unique key. */
    void withdrawn(List<Ended> follows) {
        database.execute("""
            delete from notification using unnest($1::bigint[], $2::bigint[]) as ended (follower_id, target_id)
            where notification.account_id = ended.target_id and notification.type = any($3) and notification.from_account_id = ended.follower_id
              and notification.status_id is null""",
            follows.stream().map(Ended::accountId).toArray(Long[]::new), follows.stream().map(Ended::targetId).toArray(Long[]::new),
            new String[] {NotificationType.FOLLOW.apiName(), NotificationType.FOLLOW_REQUEST.apiName()});
    }

    /** All that came from an account. Index: notification_from. */
    void forget(long accountId, long fromAccountId) {
        database.execute("delete from notification where account_id = $1 and from_account_id = $2", accountId, fromAccountId);
    }

    /** All that came from a server. Index: notification_by_account. */
    void forgetHost(long accountId, String host) {
        database.execute("""
            delete from notification using account
            where notification.account_id = $1 and account.id = notification.from_account_id
              and account.host = $2 and account.domain_id is null""", accountId, host);
    }
}
