package social.dunlin.media;

import java.util.Set;
import social.dunlin.media.blob.BlobKey;

/** The shelves of the blob store. */
public final class BlobKinds {
    /** Files as they were sent, until they are processed. */
    public static final String INCOMING = "incoming";
    public static final String PICTURE = "picture";
    public static final String FILM = "film";
    public static final String PREVIEW = "preview";
    /** Avatars and headers that do not move. */
    public static final String PROFILE = "profile";
    /** Avatars, headers and emoji that do. */
    public static final String MOVING = "moving";
    /** Of the same name on {@link #MOVING}: its first picture. */
    public static final String STILL = "still";
    public static final String EMOJI = "emoji";

    /** What browsers may ask for. */
    public static final Set<String> SERVED = Set.of(PICTURE, FILM, PREVIEW, PROFILE, MOVING, STILL, EMOJI);

    private BlobKinds() {
    }

    /** The same picture at rest. */
    public static BlobKey stillOf(BlobKey key) {
        return key.kind().equals(MOVING) ? new BlobKey(STILL, key.name(), key.extension()) : key;
    }
}
