package social.dunlin.media.picture;

/** The file is not what its first bytes promise, or is cut off. */
public final class BrokenPicture extends RuntimeException {
    BrokenPicture(String reason) {
        super(reason, null, false, false);
    }
}
