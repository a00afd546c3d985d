package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.collection.CollectionService;

/** One's own account, with what was typed and what is set. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record CredentialAccountEntity(@JsonUnwrapped AccountEntity account, Source source, RoleEntity role) {

    /** @param followRequestsCount capped at 40; @param statusContentType GoToSocial's word */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Source(
            List<String> attributionDomains,
            String note,
            List<FieldEntity> fields,
            String privacy,
            boolean sensitive,
            String language,
            int followRequestsCount,
            Boolean hideCollections,
            Boolean discoverable,
            boolean indexable,
            String quotePolicy,
            String statusContentType) {
    }

    /** @param permissions Mastodon's bit mask of the moderation API, as decimal text */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RoleEntity(String id, String name, String color, String permissions, boolean highlighted, int collectionLimit) {
        /** Everybody's role. Moderators and administrators have it too until the moderation API is there: the mask says what this API lets one do. */
        public static final RoleEntity EVERYONE = new RoleEntity("-99", "", "", "0", false, CollectionService.COLLECTIONS);
    }
}
