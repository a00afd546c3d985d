package social.dunlin.notification;

import java.time.Instant;

/**
 * Notifications of one sender that were set aside. Its id is the sender's.
 *
 * @param newestId     the latest of them: the cursor of the list
 * @param lastStatusId the latest post they are about; null when they are about none
 */
public record NotificationRequest(long fromAccountId, int notifications, long newestId, Long lastStatusId, Instant createdAt, Instant updatedAt) {
}
