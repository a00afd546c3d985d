package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * @param updatedAt null: the text comes from the configuration, which keeps no time
 * @param content   HTML
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ExtendedDescriptionEntity(String updatedAt, String content) {
}
