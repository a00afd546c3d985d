package social.dunlin.notification;

/** Who is told, about which post (null for follows), of whom, and about which other thing ({@link Notification}). */
public record Telling(long accountId, Long statusId, long fromAccountId, Long subjectId) {
    public Telling(long accountId, Long statusId, long fromAccountId) {
        this(accountId, statusId, fromAccountId, null);
    }
}
