package social.dunlin.api.entity;

import java.util.List;

/** What a search found. */
public record SearchEntity(List<AccountEntity> accounts, List<StatusEntity> statuses, List<TagEntity> hashtags) {
    public static final SearchEntity NOTHING = new SearchEntity(List.of(), List.of(), List.of());
}
