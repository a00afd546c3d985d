package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A hashtag by name and address. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ShallowTagEntity(String name, String url) {
}
