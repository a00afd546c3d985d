package social.dunlin.notification;

import java.time.Instant;

/**
 * Something somebody was told.
 *
 * @param statusId null for follows
 * @param groupKey what it is shown together with; never null
 * @param filtered set aside by the receiver's policy
 */
public record Notification(long id, long accountId, NotificationType type, long fromAccountId, Long statusId, String groupKey, boolean filtered,
                           Instant createdAt) {
}
