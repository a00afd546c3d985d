package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.search.TagHistory;

/** A page that many link to, with its last week. */
@RegisterForReflection
public record TrendingLinkEntity(@JsonUnwrapped PreviewCardEntity card, List<TagEntity.Day> history) {
    public static TrendingLinkEntity of(PreviewCardEntity card, List<TagHistory> history) {
        return new TrendingLinkEntity(card, history.stream().map(TagEntity.Day::of).toList());
    }
}
