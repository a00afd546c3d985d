package social.dunlin.filter;

import java.time.Instant;
import java.util.List;

/**
 * A filter of one reader.
 *
 * @param contexts  never empty
 * @param expiresAt null = never; an expired filter is listed but matches nothing
 */
public record Filter(long id, String title, List<FilterContext> contexts, FilterAction action, Instant expiresAt, List<Keyword> keywords,
                     List<FilteredStatus> statuses) {

    /** A word or phrase, taken as it is written but for its case; {@code wholeWord}: not within a longer word. */
    public record Keyword(long id, long filterId, String keyword, boolean wholeWord) {
    }

    /** A single post that matches. */
    public record FilteredStatus(long id, long filterId, long statusId) {
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
