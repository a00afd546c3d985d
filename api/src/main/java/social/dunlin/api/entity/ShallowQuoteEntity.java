package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** The quote of a quoted post: nesting ends here. */
@JsonNaming(SnakeCaseStrategy.class)
public record ShallowQuoteEntity(String state, String quotedStatusId) {
}
