package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Mastodon's NotificationRequest. @param notificationsCount as text; @param lastStatus absent when they are about none */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record NotificationRequestEntity(String id, String createdAt, String updatedAt, String notificationsCount, AccountEntity account,
                                        @JsonInclude(Include.NON_NULL) RawJson lastStatus) {
}
