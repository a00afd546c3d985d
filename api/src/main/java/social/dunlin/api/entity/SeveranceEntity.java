package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import social.dunlin.relationship.Severance;

/** Mastodon's RelationshipSeveranceEvent. @param purged always: who it was is not kept */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record SeveranceEntity(String id, String type, boolean purged, String targetName, int followersCount, int followingCount, String createdAt) {
    static SeveranceEntity of(Severance severance) {
        return new SeveranceEntity(Long.toString(severance.id()), severance.cause().name().toLowerCase(Locale.ROOT), true, severance.target(),
            severance.followers(), severance.following(), ApiTime.of(severance.createdAt()));
    }
}
