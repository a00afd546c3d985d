package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The quote of a quoted post: nesting ends here. */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record ShallowQuoteEntity(String state, String quotedStatusId) {
}
