package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * Mastodon's Instance, second version.
 *
 * @param sourceUrl  null until the source code has a public home
 * @param wrapstodon the year to look back on, in its last days
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record InstanceEntity(
        String domain,
        String title,
        String version,
        String sourceUrl,
        String description,
        String wrapstodon,
        Usage usage,
        Thumbnail thumbnail,
        List<Icon> icon,
        List<String> languages,
        InstanceConfiguration configuration,
        Registrations registrations,
        Map<String, Integer> apiVersions,
        Contact contact,
        List<RuleEntity> rules) {

    public record Usage(Users users) {
    }

    /** @param activeMonth people seen within four weeks */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Users(int activeMonth) {
    }

    public record Thumbnail(String url, String description) {
    }

    /** @param size such as {@code 48x48} */
    public record Icon(String src, String size) {
    }

    /** @param message HTML, only when closed */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Registrations(boolean enabled, boolean approvalRequired, String message, Integer minAge, Boolean reasonRequired, String url) {
    }

    public record Contact(String email, AccountEntity account) {
    }
}
