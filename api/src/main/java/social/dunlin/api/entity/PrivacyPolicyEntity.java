package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param content HTML */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record PrivacyPolicyEntity(String updatedAt, String content) {
}
