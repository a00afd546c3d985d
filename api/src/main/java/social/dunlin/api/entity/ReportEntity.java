package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.moderation.Report;

/** Mastodon's Report. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ReportEntity(String id, boolean actionTaken, String actionTakenAt, String category, String comment, boolean forwarded, String createdAt,
                           List<String> statusIds, List<String> collectionIds, List<String> ruleIds, AccountEntity targetAccount) {
    public static ReportEntity of(Report report, AccountEntity target) {
        return new ReportEntity(Long.toString(report.id()), report.resolvedAt() != null, ApiTime.of(report.resolvedAt()), report.category().apiName(),
            report.comment(), report.forwarded(), ApiTime.of(report.createdAt()), texts(report.statusIds()), texts(report.collectionIds()),
            texts(report.ruleIds()), target);
    }

    private static List<String> texts(List<Long> ids) {
        return ids.stream().map(id -> Long.toString(id)).toList();
    }
}
