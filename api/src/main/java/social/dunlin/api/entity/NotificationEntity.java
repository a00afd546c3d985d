package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * @param status   absent for what is about no post; so are the report, the lost follows, the warning and the collection
 * @param fallback only for clients that say which kinds they know
 * @param filtered true for what the reader's policy set aside, else absent
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record NotificationEntity(
        String id,
        String type,
        String createdAt,
        String groupKey,
        AccountEntity account,
        @JsonInclude(Include.NON_NULL) RawJson status,
        @JsonInclude(Include.NON_NULL) ReportEntity report,
        @JsonInclude(Include.NON_NULL) SeveranceEntity event,
        @JsonInclude(Include.NON_NULL) AccountWarningEntity moderationWarning,
        @JsonInclude(Include.NON_NULL) CollectionEntity collection,
        @JsonInclude(Include.NON_NULL) NotificationFallbackEntity fallback,
        @JsonInclude(Include.NON_NULL) Boolean filtered) {
}
