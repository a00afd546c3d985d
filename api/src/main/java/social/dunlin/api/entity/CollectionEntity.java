package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Mastodon's Collection.
 *
 * @param url         null for those made here: there is no page of them
 * @param description HTML
 * @param items       as far as the reader has not hidden them
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record CollectionEntity(String id, String accountId, String uri, String url, String name, String description, String language, boolean local,
                               boolean sensitive, boolean discoverable, ShallowTagEntity tag, String createdAt, String updatedAt, int itemCount,
                               List<CollectionItemEntity> items) {
}
