package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Mastodon's Instance, first version; older clients know nothing else. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record InstanceV1Entity(
        String uri,
        String title,
        String shortDescription,
        String description,
        String email,
        String version,
        Urls urls,
        Stats stats,
        String thumbnail,
        List<String> languages,
        boolean registrations,
        boolean approvalRequired,
        boolean invitesEnabled,
        InstanceConfiguration configuration,
        AccountEntity contactAccount,
        List<RuleEntity> rules) {

    /** @param streamingApi base of the streaming API */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Urls(String streamingApi) {
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record Stats(int userCount, long statusCount, int domainCount) {
    }
}
