package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.filter.Filter;
import social.dunlin.filter.FilterAction;
import social.dunlin.filter.FilterContext;

/** Mastodon's older V1::Filter: one keyword of a filter. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FilterV1Entity(String id, String phrase, List<String> context, boolean wholeWord, String expiresAt, boolean irreversible) {
    public static FilterV1Entity of(Filter filter, Filter.Keyword keyword) {
        return new FilterV1Entity(Long.toString(keyword.id()), keyword.keyword(), filter.contexts().stream().map(FilterContext::apiName).toList(),
            keyword.wholeWord(), ApiTime.of(filter.expiresAt()), filter.action() == FilterAction.HIDE);
    }
}
