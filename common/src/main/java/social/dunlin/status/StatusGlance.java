package social.dunlin.status;

import java.time.Instant;
import java.util.OptionalLong;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.visibility.QuoteVisibility;

/**
 * A look at a post that tells whether what was written of it before still holds, and all of it that changes without that:
 * counters, and what one reader did.
 *
 * @param version       grows no way, but differs after every change of the row; parts of the post touch the row (migration 0033)
 * @param authorVersion the same for the row of the author
 * @param author        the author's counters
 * @param flags         what the reader did; null when nobody is known to read
 * @param standing      how the reader stands to the author, as far as quoting goes
 */
public record StatusGlance(
        long id,
        long accountId,
        OptionalLong reblogOfId,
        long version,
        long authorVersion,
        int repliesCount,
        int reblogsCount,
        int favouritesCount,
        int quotesCount,
        AuthorCounts author,
        Flags flags,
        QuoteVisibility.Standing standing) {

    /** @param lastStatusAt null before the first post */
    public record AuthorCounts(int statuses, int followers, int following, Instant lastStatusAt) {
    }

    public long originalId() {
        return reblogOfId.orElse(id);
    }
}
