package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.collection.CollectionItem;

/** Mastodon's CollectionItem. @param state always accepted: nobody has to be asked on this install */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record CollectionItemEntity(String id, String accountId, String state, String createdAt) {
    public static CollectionItemEntity of(CollectionItem item) {
        return new CollectionItemEntity(Long.toString(item.id()), Long.toString(item.accountId()), "accepted", ApiTime.of(item.createdAt()));
    }

    /** Wrapped, as Mastodon answers. */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Wrapped(CollectionItemEntity collectionItem) {
    }
}
