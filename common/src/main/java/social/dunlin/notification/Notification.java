package social.dunlin.notification;

import java.time.Instant;

/**
 * Something somebody was told.
 *
 * @param statusId  null for follows and what is about no post
 * @param subjectId the report, collection, warning or loss it is about, by its type; null for all others
 * @param groupKey  what it is shown together with; never null
 * @param filtered  set aside by the receiver's policy
 */
public record Notification(long id, long accountId, NotificationType type, long fromAccountId, Long statusId, Long subjectId, String groupKey,
                           boolean filtered, Instant createdAt) {
}
