package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the people of this server are told.
 *
 * @param mentions always empty, as is {@code statuses}: announcements name nobody and no post
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record AnnouncementEntity(
        String id,
        String content,
        String startsAt,
        String endsAt,
        boolean allDay,
        String publishedAt,
        String updatedAt,
        boolean read,
        List<Object> mentions,
        List<Object> statuses,
        List<StatusEntity.TagView> tags,
        List<CustomEmojiEntity> emojis,
        List<Reaction> reactions) {

    /** @param url only for custom emoji */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Reaction(String name, int count, boolean me, @JsonInclude(Include.NON_NULL) String url,
                           @JsonInclude(Include.NON_NULL) String staticUrl) {
    }
}
