package social.dunlin.announcement;

import java.time.Instant;
import java.util.List;

/**
 * Something the people of this server should know.
 *
 * @param text     Markdown
 * @param content  HTML, sanitised
 * @param emojis   codes of ours that are used
 * @param allDay   starts and ends are days
 * @param startsAt when what it is about begins; null = not said, as for {@code endsAt}
 * @param read     whether the reader has put it away
 */
public record Announcement(long id, String text, String content, List<String> emojis, boolean allDay, Instant startsAt, Instant endsAt,
                           Instant publishedAt, Instant updatedAt, boolean read) {
}
