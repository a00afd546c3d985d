package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Mastodon's Account. {@code moved}, {@code memorial}, {@code suspended}, {@code limited}, {@code noindex}
 * and {@code roles} are left out when they do not apply, as Mastodon does.
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record AccountEntity(
        String id,
        String username,
        String acct,
        String displayName,
        boolean locked,
        boolean bot,
        Boolean discoverable,
        boolean indexable,
        boolean group,
        String createdAt,
        String note,
        String url,
        String uri,
        String avatar,
        String avatarStatic,
        String avatarDescription,
        String header,
        String headerStatic,
        String headerDescription,
        int followersCount,
        int followingCount,
        int statusesCount,
        String lastStatusAt,
        Boolean hideCollections,
        boolean showMedia,
        boolean showMediaReplies,
        boolean showFeatured,
        FeatureApproval featureApproval,
        List<CustomEmojiEntity> emojis,
        List<FieldEntity> fields,
        @JsonInclude(Include.NON_NULL) Boolean noindex,
        @JsonInclude(Include.NON_NULL) List<AccountRole> roles,
        @JsonInclude(Include.NON_NULL) AccountEntity moved,
        @JsonInclude(Include.NON_NULL) Boolean memorial,
        @JsonInclude(Include.NON_NULL) Boolean suspended,
        @JsonInclude(Include.NON_NULL) Boolean limited) {

    /** A highlighted role, a badge. */
    public record AccountRole(String id, String name, String color) {
    }

    /** Whether the account may be put into collections of others. Whether it blocks this reader is seen when they try. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record FeatureApproval(List<String> automatic, List<String> manual, String currentUser) {
        static final FeatureApproval AUTOMATIC = new FeatureApproval(List.of("public"), List.of(), "automatic");
        static final FeatureApproval DENIED = new FeatureApproval(List.of(), List.of(), "denied");
    }
}
