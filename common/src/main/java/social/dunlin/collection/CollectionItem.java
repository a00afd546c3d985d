package social.dunlin.collection;

import java.time.Instant;

/** An account in a collection. */
public record CollectionItem(long id, long collectionId, long accountId, Instant createdAt) {
}
