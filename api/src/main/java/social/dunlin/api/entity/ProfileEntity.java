package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Mastodon's Profile: one's own, as it is edited.
 *
 * @param note          as typed, as {@code fields}; finished in {@code formattedNote} and {@code formattedFields}
 * @param avatar        null without one, as {@code header}
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ProfileEntity(
        String id,
        String displayName,
        String note,
        List<FieldEntity> fields,
        String avatar,
        String avatarStatic,
        String avatarDescription,
        String header,
        String headerStatic,
        String headerDescription,
        boolean locked,
        boolean bot,
        Boolean hideCollections,
        Boolean discoverable,
        boolean indexable,
        boolean showMedia,
        boolean showMediaReplies,
        boolean showFeatured,
        List<String> attributionDomains,
        String formattedNote,
        List<FieldEntity> formattedFields,
        List<FeaturedTagEntity> featuredTags) {
}
