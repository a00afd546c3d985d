package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a linked page says about itself.
 *
 * @param authorName         "" when unknown; the first of {@code authors} for older clients, as is {@code authorUrl}
 * @param html               a frame for type video, made here; "" otherwise
 * @param width              0 when unknown, as is {@code height}
 * @param embedUrl           the picture of type photo; "" otherwise
 * @param blurhash           always null: pictures of pages are not fetched
 * @param missingAttribution true for an author whom the page names and whose profile does not name the page; else null
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record PreviewCardEntity(
        String url,
        String title,
        String description,
        String language,
        String type,
        String authorName,
        String authorUrl,
        String providerName,
        String providerUrl,
        String html,
        int width,
        int height,
        String image,
        String imageDescription,
        String embedUrl,
        String blurhash,
        String publishedAt,
        List<AuthorEntity> authors,
        Boolean missingAttribution) {

    /** @param account null unless page and account name each other */
    public record AuthorEntity(String name, String url, AccountEntity account) {
    }
}
