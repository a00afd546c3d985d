package social.dunlin.media;

import java.util.OptionalLong;

/**
 * A picture, video or sound, attached to a post or waiting to be.
 *
 * @param type        image, gifv, video, audio or unknown
 * @param state       waiting, processing, ready or failed
 * @param blob        key in the blob store; null for remote media
 * @param description alt text, null when there is none
 * @param meta        JSON object of sizes, as the API shows it, without focus
 * @param focusX      -1 to 1, null when not set
 */
public record MediaAttachment(
        long id,
        long accountId,
        OptionalLong statusId,
        String type,
        String state,
        String blob,
        String previewBlob,
        String contentType,
        String remoteUrl,
        String remotePreviewUrl,
        String description,
        String blurhash,
        Float focusX,
        Float focusY,
        String meta) {

    public boolean isReady() {
        return state.equals("ready");
    }

    public boolean isFailed() {
        return state.equals("failed");
    }

    /** Stands alone in a post. */
    public boolean isMoving() {
        return type.equals("video") || type.equals("audio") || type.equals("gifv");
    }
}
