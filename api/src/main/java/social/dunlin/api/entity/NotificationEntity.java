package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param status absent for follows; @param filtered true for what the reader's policy set aside, else absent */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record NotificationEntity(
        String id,
        String type,
        String createdAt,
        String groupKey,
        AccountEntity account,
        @JsonInclude(Include.NON_NULL) RawJson status,
        @JsonInclude(Include.NON_NULL) Boolean filtered) {
}
