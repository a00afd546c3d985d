package social.dunlin.moderation;

import java.time.Instant;

/** What the moderators said to somebody here. @param text plain text */
public record AccountWarning(long id, long accountId, String text, Instant createdAt) {
}
