package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.relationship.Relationship;

/** How the reader stands to another account. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record RelationshipEntity(
        String id,
        boolean following,
        boolean showingReblogs,
        boolean notifying,
        List<String> languages,
        boolean followedBy,
        boolean blocking,
        boolean blockedBy,
        boolean muting,
        boolean mutingNotifications,
        String mutingExpiresAt,
        boolean requested,
        boolean requestedBy,
        boolean domainBlocking,
        boolean endorsed,
        String note) {

    public static RelationshipEntity of(Relationship relationship) {
        return new RelationshipEntity(
            Long.toString(relationship.id()), relationship.following(), relationship.showingReblogs(), relationship.notifying(),
            relationship.languages(), relationship.followedBy(), relationship.blocking(), relationship.blockedBy(),
            relationship.muting(), relationship.mutingNotifications(), ApiTime.of(relationship.mutingExpiresAt()),
            relationship.requested(), relationship.requestedBy(), relationship.domainBlocking(), relationship.endorsed(),
            relationship.note());
    }
}
