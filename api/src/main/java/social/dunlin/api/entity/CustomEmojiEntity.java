package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param category only in the picker's list, and only when there is one */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record CustomEmojiEntity(
        String shortcode,
        String url,
        String staticUrl,
        boolean visibleInPicker,
        @JsonInclude(JsonInclude.Include.NON_NULL) String category) {
}
