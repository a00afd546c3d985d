package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A list of collections, wrapped as Mastodon answers. */
@RegisterForReflection
public record CollectionsEntity(List<CollectionEntity> collections) {
    /** A single one. */
    @RegisterForReflection
    public record Single(CollectionEntity collection) {
    }

    /** A single one with its people, its maker first. */
    @RegisterForReflection
    public record WithAccounts(List<AccountEntity> accounts, CollectionEntity collection) {
    }
}
