package social.dunlin.card;

import java.time.Instant;

/**
 * What a page says about itself; all of it plain text.
 *
 * @param url       as it is linked
 * @param type      link, photo or video
 * @param language  BCP 47, or null
 * @param authorId  the account of its author, when the page names the account and the account the page's host; or null
 * @param claimedId the account that the page names, whether it agrees or not; or null
 * @param embedUrl  what a player shows, "" = none
 * @param imageUrl  null = none
 */
public record PreviewCard(
        long id,
        String url,
        String type,
        String title,
        String description,
        String language,
        String providerName,
        String providerUrl,
        String authorName,
        String authorUrl,
        Long authorId,
        Long claimedId,
        String embedUrl,
        int width,
        int height,
        String imageUrl,
        String imageDescription,
        Instant publishedAt) {
}
