package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A version of a post. @param createdAt when it became so */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record StatusEditEntity(
        String content,
        String spoilerText,
        boolean sensitive,
        String createdAt,
        AccountEntity account,
        @JsonInclude(Include.NON_NULL) PollOptions poll,
        List<MediaAttachmentEntity> mediaAttachments,
        List<CustomEmojiEntity> emojis) {

    public record PollOptions(List<Title> options) {
    }

    public record Title(String title) {
    }
}
