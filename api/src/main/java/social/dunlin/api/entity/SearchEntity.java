package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What a search found. */
@RegisterForReflection
public record SearchEntity(List<AccountEntity> accounts, List<StatusEntity> statuses, List<TagEntity> hashtags) {
    public static final SearchEntity NOTHING = new SearchEntity(List.of(), List.of(), List.of());
}
