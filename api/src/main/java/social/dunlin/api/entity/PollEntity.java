package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** @param votersCount null for single choice; {@code voted} and {@code ownVotes} only with a token */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record PollEntity(
        String id,
        String expiresAt,
        boolean expired,
        boolean multiple,
        int votesCount,
        Integer votersCount,
        @JsonInclude(Include.NON_NULL) Boolean voted,
        @JsonInclude(Include.NON_NULL) List<Integer> ownVotes,
        List<Option> options,
        List<CustomEmojiEntity> emojis) {

    /** @param votesCount null while totals are hidden */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Option(String title, Integer votesCount) {
    }
}
