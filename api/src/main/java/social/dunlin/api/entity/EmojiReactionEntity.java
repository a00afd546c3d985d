package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How many answered a post with one emoji, as Pleroma, Akkoma and Fedibird say it.
 *
 * @param name     the emoji, or a custom one's code without colons
 * @param me       whether the reader is among them
 * @param url      a custom emoji's picture, else null
 * @param accounts who; only where it was asked for
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record EmojiReactionEntity(
        String name,
        int count,
        boolean me,
        String url,
        String staticUrl,
        @JsonInclude(Include.NON_NULL) List<AccountEntity> accounts) {

    /** The same for a reader who is among them. */
    EmojiReactionEntity byReader() {
        return new EmojiReactionEntity(name, count, true, url, staticUrl, accounts);
    }
}
