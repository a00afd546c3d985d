package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What a search found. @param collections always empty: they would be found by the address of their page, and have none */
@RegisterForReflection
public record SearchEntity(List<AccountEntity> accounts, List<RawJson> statuses, List<TagEntity> hashtags, List<Object> collections) {
    public static final SearchEntity NOTHING = new SearchEntity(List.of(), List.of(), List.of());

    public SearchEntity(List<AccountEntity> accounts, List<RawJson> statuses, List<TagEntity> hashtags) {
        this(accounts, statuses, hashtags, List.of());
    }
}
