package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.ZoneOffset;
import java.util.List;
import social.dunlin.search.TagHistory;

/**
 * Mastodon's Tag.
 *
 * @param id        "0" for a hashtag that nobody has used: Mastodon's is empty then, which is no id
 * @param name      as people write it
 * @param following left out without a reader, as is {@code featuring}
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record TagEntity(String id, String name, String url, List<Day> history,
                        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean following,
                        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean featuring) {
    /** Numbers as text; {@code day} in seconds since 1970. */
    public record Day(String day, String uses, String accounts) {
        static Day of(TagHistory history) {
            return new Day(Long.toString(history.day().atStartOfDay(ZoneOffset.UTC).toEpochSecond()),
                Integer.toString(history.uses()), Integer.toString(history.accounts()));
        }
    }
}
