package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.emoji.CustomEmoji;

/** @param category only in the picker's list, and only when there is one */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record CustomEmojiEntity(
        String shortcode,
        String url,
        String staticUrl,
        boolean visibleInPicker,
        @JsonInclude(JsonInclude.Include.NON_NULL) String category) {

    /** Within another entity: without category. */
    public static CustomEmojiEntity of(CustomEmoji emoji) {
        return new CustomEmojiEntity(emoji.shortcode(), emoji.url(), emoji.staticUrl(), emoji.visible(), null);
    }

    /** For {@code /api/v1/custom_emojis}. */
    public static CustomEmojiEntity forPicker(CustomEmoji emoji) {
        return new CustomEmojiEntity(emoji.shortcode(), emoji.url(), emoji.staticUrl(), emoji.visible(), emoji.category());
    }
}
