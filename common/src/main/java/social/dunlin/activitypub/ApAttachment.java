package social.dunlin.activitypub;

/**
 * Media or a link attached to a post. Numbers that make no sense are null.
 *
 * @param type        Document, Image, Video, Audio, Link, Page, or whatever was written
 * @param link        true for a preview of another page, false for media
 * @param description alternative text
 * @param focusX      -1 to 1, with {@code focusY}
 * @param duration    seconds
 */
public record ApAttachment(String type, boolean link, String url, String mediaType, String description, Integer width,
                           Integer height, String blurhash, Double focusX, Double focusY, Double duration,
                           String thumbnailUrl) {
}
