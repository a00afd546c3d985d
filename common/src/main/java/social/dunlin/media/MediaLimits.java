package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.refusal.Refusal;

/** What may be uploaded; shown to clients with the instance. */
@ApplicationScoped
public class MediaLimits {
    public static final int EMOJI_BYTES = 256 << 10;
    public static final int PROFILE_PICTURE_BYTES = 8 << 20;
    public static final int VIDEO_FRAME_RATE = 120;
    /** A film has many pictures, so each is held to 4K. */
    public static final int VIDEO_PIXELS = 3840 * 2160;
    /** What is longer has hardly a picture in so few bytes, and would be encoded for an hour. */
    public static final int VIDEO_SECONDS = 3 * 60 * 60;
    private static final int MOST_FRAMES = 3_000;
    /** All frames of an animation together, in pictures of the largest size. */
    private static final int ANIMATION_FACTOR = 40;

    private final MediaConfiguration.Media configured;

    public MediaLimits(DunlinConfiguration configuration) {
        this.configured = configuration.media();
    }

    public int bytes() {
        return configured.uploadMegabytes() << 20;
    }

    public int pixels() {
        return configured.pictureMegapixels() * 1_000_000;
    }

    /** From the header, before anything is decoded. */
    public void check(PictureHeader header) {
        if (header.pixels() > pixels()) {
            throw Refusal.invalid("File with %dx%d pixels is too large (maximum is %d megapixels)"
                .formatted(header.width(), header.height(), configured.pictureMegapixels()));
        }
        if (header.frames() > MOST_FRAMES || header.framePixels() > (long) pixels() * ANIMATION_FACTOR) {
            throw Refusal.invalid("File has too many frames");
        }
    }
}
