package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * @param updatedAt since when the text is known to hold
 * @param content   HTML
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ExtendedDescriptionEntity(String updatedAt, String content) {
}
