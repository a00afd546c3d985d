package social.dunlin.activitypub;

import java.time.Instant;
import java.util.List;

/**
 * A poll.
 *
 * @param endsAt null when it never ends
 * @param closed it is over, whatever {@code endsAt} says
 * @param voters null when not told
 */
public record ApPoll(boolean multiple, List<Option> options, Instant endsAt, boolean closed, Long voters) {
    /** @param votes null when not told */
    public record Option(String title, Long votes) {
    }
}
