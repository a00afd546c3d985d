package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** What the author typed, for the form that edits it. */
@JsonNaming(SnakeCaseStrategy.class)
public record StatusSourceEntity(String id, String text, String spoilerText) {
}
