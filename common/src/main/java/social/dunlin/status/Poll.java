package social.dunlin.status;

import java.time.Instant;
import java.util.List;

/**
 * A poll with its tallies.
 *
 * @param id          its own, not the post's
 * @param tallies     votes per option
 * @param votersCount null when the origin does not say
 * @param expiresAt   null = never
 * @param closedAt    when its end was handled; null = not yet
 */
public record Poll(long id, long statusId, long accountId, List<String> options, List<Integer> tallies, boolean multiple,
                   boolean hideTotals, int votesCount, Integer votersCount, Instant expiresAt, Instant closedAt) {

    public boolean isExpired(Instant now) {
        return closedAt != null || expiresAt != null && !expiresAt.isAfter(now);
    }
}
