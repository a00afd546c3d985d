package social.dunlin.media.picture;

/**
 * What a picture says about itself before anything is decoded.
 *
 * @param width       as stored, before it is turned
 * @param orientation 1 to 8 as in EXIF; from 5 on width and height change places
 * @param transparent some of it may be see-through
 * @param frames      1 unless it moves
 * @param framePixels of all frames together
 * @param profile     its colours are those of a profile in it, not just sRGB
 */
public record PictureHeader(int width, int height, int orientation, boolean transparent, int frames, long framePixels, boolean profile) {
    static PictureHeader still(int width, int height, int orientation, boolean transparent, boolean profile) {
        return new PictureHeader(width, height, orientation, transparent, 1, (long) width * height, profile);
    }

    public boolean isTurned() {
        return orientation >= 5;
    }

    /** As people see it. */
    public int shownWidth() {
        return isTurned() ? height : width;
    }

    /** As people see it. */
    public int shownHeight() {
        return isTurned() ? width : height;
    }

    public long pixels() {
        return (long) width * height;
    }

    public boolean isAnimated() {
        return frames > 1;
    }
}
