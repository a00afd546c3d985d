package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param quotedStatus null unless the state is accepted and the reader may see it */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record QuoteEntity(String state, StatusEntity quotedStatus) {
}
