package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param quotedStatus null unless the quote is accepted and the reader may see the post; given when they have hidden its author */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record QuoteEntity(String state, StatusEntity quotedStatus) {
}
