package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.activitypub.Uris;
import social.dunlin.domain.Domain;
import social.dunlin.status.FeaturedTag;

/** Mastodon's FeaturedTag; the count is a text. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FeaturedTagEntity(String id, String name, String url, String statusesCount, String lastStatusAt) {
    public static FeaturedTagEntity of(FeaturedTag tag, Domain domain) {
        return new FeaturedTagEntity(Long.toString(tag.id()), tag.name(), new Uris(domain.baseUrl()).tag(tag.name()),
            Integer.toString(tag.statusesCount()), ApiTime.dateOf(tag.lastStatusAt()));
    }
}
