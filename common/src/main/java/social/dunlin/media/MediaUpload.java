package social.dunlin.media;

import social.dunlin.media.blob.BlobKey;

/**
 * A file that waits to be made into what it is for.
 *
 * @param accountId    null for an emoji
 * @param attachmentId null unless it is an attachment
 * @param blob         the file as sent
 * @param failure      why nothing came of it; null as long as there is hope
 */
public record MediaUpload(long id, Purpose purpose, Long accountId, Long attachmentId, String shortcode, String category, BlobKey blob,
                          boolean keepMetadata, String failure) {
    public enum Purpose {
        ATTACHMENT, AVATAR, HEADER, EMOJI;

        String column() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
