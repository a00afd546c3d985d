package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.filter.FilterMatch;

/** Which filter of the reader a post matches, and by what; null = not by that. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FilterResultEntity(FilterEntity filter, List<String> keywordMatches, List<String> statusMatches) {
    public static FilterResultEntity of(FilterMatch match) {
        return new FilterResultEntity(FilterEntity.withinResult(match.filter()), match.keyword().map(List::of).orElse(null),
            match.statusIds().isEmpty() ? null : match.statusIds().stream().map(id -> Long.toString(id)).toList());
    }
}
