package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;

/**
 * What happens when somebody has come: the moderators and administrators of the domain are told, as Mastodon does, and who
 * came by an invitation follows its maker if it says so.
 */
@ApplicationScoped
public class Arrivals {
    /** The job of the follow; its payload is {@code FOLLOWER FOLLOWED}. */
    public static final String FOLLOW = "invited-follow";

    private final Database database;
    private final NotificationService notifications;
    private final Jobs jobs;
    private final Moderators moderators;

    public Arrivals(Database database, NotificationService notifications, Jobs jobs, Moderators moderators) {
        this.database = database;
        this.notifications = notifications;
        this.jobs = jobs;
        this.moderators = moderators;
    }

    /** @param accountIds of a login that was let in just now: one, or none when it was in before */
    void letIn(List<Long> accountIds) {
        accountIds.stream().findFirst().ifPresent(arrived -> {
            notifications.notify(NotificationType.ADMIN_SIGN_UP, moderators.beside(arrived), arrived, null);
            inviterOf(arrived).forEach(inviter -> jobs.enqueue(Job.of(FOLLOW, arrived + " " + inviter)));
        });
    }

    /** One, or none. */
    private List<Long> inviterOf(long accountId) {
        return database.list("""
            select invite.followed_account_id as id from account
            join dunlin_user on dunlin_user.id = account.user_id join invite on invite.id = dunlin_user.invite_id
            where account.id = $1 and invite.followed_account_id is not null""", row -> row.getLong("id"), accountId);
    }
}
