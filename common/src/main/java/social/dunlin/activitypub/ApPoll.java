package social.dunlin.activitypub;

import java.time.Instant;
import java.util.List;

/**
 * A poll.
 *
 * @param endsAt the earlier of {@code endTime} and the date in {@code closed}; null when it never ends
 * @param closed over by word ({@code closed: true}), whatever {@code endsAt} says
 * @param voters null when not told
 */
public record ApPoll(boolean multiple, List<Option> options, Instant endsAt, boolean closed, Long voters) {
    /** @param votes null when not told */
    public record Option(String title, Long votes) {
    }
}
