package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * @param updatedAt null for the short description, which keeps no time
 * @param content   HTML
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ExtendedDescriptionEntity(String updatedAt, String content) {
}
