package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.filter.Filter;
import social.dunlin.filter.FilterContext;

/** Mastodon's Filter. {@code keywords} and {@code statuses} are left out where it stands within a result. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FilterEntity(
        String id,
        String title,
        List<String> context,
        String expiresAt,
        String filterAction,
        @JsonInclude(Include.NON_NULL) List<KeywordEntity> keywords,
        @JsonInclude(Include.NON_NULL) List<FilterStatusEntity> statuses) {

    /** Mastodon's FilterKeyword. */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record KeywordEntity(String id, String keyword, boolean wholeWord) {
        public static KeywordEntity of(Filter.Keyword keyword) {
            return new KeywordEntity(Long.toString(keyword.id()), keyword.keyword(), keyword.wholeWord());
        }
    }

    /** Mastodon's FilterStatus. */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record FilterStatusEntity(String id, String statusId) {
        public static FilterStatusEntity of(Filter.FilteredStatus status) {
            return new FilterStatusEntity(Long.toString(status.id()), Long.toString(status.statusId()));
        }
    }

    public static FilterEntity of(Filter filter) {
        return entity(filter, filter.keywords().stream().map(KeywordEntity::of).toList(),
            filter.statuses().stream().map(FilterStatusEntity::of).toList());
    }

    static FilterEntity withinResult(Filter filter) {
        return entity(filter, null, null);
    }

    private static FilterEntity entity(Filter filter, List<KeywordEntity> keywords, List<FilterStatusEntity> statuses) {
        return new FilterEntity(Long.toString(filter.id()), filter.title(), filter.contexts().stream().map(FilterContext::apiName).toList(),
            ApiTime.of(filter.expiresAt()), filter.action().apiName(), keywords, statuses);
    }
}
