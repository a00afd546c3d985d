package social.dunlin.moderation;

import java.time.Instant;
import java.util.List;

/** A report as it is stored; {@code resolvedAt} is null while it waits for a moderator. */
public record Report(long id, long accountId, long targetId, List<Long> statusIds, List<Long> collectionIds, String comment, ReportCategory category, List<Long> ruleIds,
                     boolean forwarded, Instant createdAt, Instant resolvedAt) {
}
