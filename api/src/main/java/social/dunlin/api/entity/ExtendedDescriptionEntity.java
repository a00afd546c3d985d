package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * @param updatedAt null: the text comes from the configuration, which keeps no time
 * @param content   HTML
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ExtendedDescriptionEntity(String updatedAt, String content) {
}
