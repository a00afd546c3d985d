package social.dunlin.notification;

import java.time.Instant;
import java.util.List;

/**
 * Notifications of one kind about one thing, shown together.
 *
 * @param members   how many there are, up to the top of the page
 * @param newestId  the latest on this page
 * @param oldestId  the earliest on this page
 * @param latestAt  when the latest came
 * @param senders   newest first, eight at most
 * @param statusId  null for follows and what is about no post
 * @param subjectId as in {@link Notification}
 */
public record NotificationGroup(String groupKey, NotificationType type, int members, long newestId, long oldestId, Instant latestAt,
                                List<Long> senders, Long statusId, Long subjectId) {
}
