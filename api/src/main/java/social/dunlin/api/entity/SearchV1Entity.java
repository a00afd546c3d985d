package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What a search found, in the form of Mastodon before 2.4.1. */
@RegisterForReflection
public record SearchV1Entity(List<AccountEntity> accounts, List<RawJson> statuses, List<String> hashtags) {
    public static SearchV1Entity of(SearchEntity found) {
        return new SearchV1Entity(found.accounts(), found.statuses(), found.hashtags().stream().map(TagEntity::name).toList());
    }
}
