package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An answer of oEmbed 1.0, as Mastodon gives it. @param height null: as high as the words make it */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record OEmbedEntity(String type, String version, String authorName, String authorUrl, String providerName, String providerUrl, int cacheAge,
                           String html, int width, Integer height) {
}
