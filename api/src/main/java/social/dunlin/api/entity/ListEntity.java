package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.list.PeopleList;

/** Mastodon's List. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ListEntity(String id, String title, String repliesPolicy, boolean exclusive) {
    public static ListEntity of(PeopleList list) {
        return new ListEntity(Long.toString(list.id()), list.title(), list.repliesPolicy().apiName(), list.exclusive());
    }
}
