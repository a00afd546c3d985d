package social.dunlin.status;

import java.time.Instant;

/** A post that waits for its time; {@code post} is what its author wanted, without time and key. */
public record ScheduledStatus(long id, long accountId, Instant scheduledAt, NewStatus post) {
}
