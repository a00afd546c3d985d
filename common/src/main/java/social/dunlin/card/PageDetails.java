package social.dunlin.card;

import java.time.Instant;

/**
 * What was read of a page.
 *
 * @param creator {@code user@host} that the page names as its author in the fediverse; null = nobody
 */
record PageDetails(
        String type,
        String title,
        String description,
        String language,
        String providerName,
        String providerUrl,
        String authorName,
        String authorUrl,
        String creator,
        String embedUrl,
        int width,
        int height,
        String imageUrl,
        String imageDescription,
        Instant publishedAt) {

    /** Nothing that a reader would look at. */
    boolean isEmpty() {
        return title.isBlank() && embedUrl.isEmpty();
    }
}
