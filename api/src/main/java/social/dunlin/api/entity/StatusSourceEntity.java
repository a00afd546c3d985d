package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the author typed, for the form that edits it. @param contentType media type of the text, as Akkoma and GoToSocial say it */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record StatusSourceEntity(String id, String text, String spoilerText, String contentType) {
}
