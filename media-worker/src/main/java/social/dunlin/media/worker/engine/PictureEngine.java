package social.dunlin.media.worker.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.worker.program.ProgramFailure;

/** Decodes pictures. One contract test holds for all. */
public interface PictureEngine {
    String name();

    /** What it reads. */
    Set<MediaFormat> formats();

    /** @param crop fills the box and cuts off the rest; otherwise it fits into the box and is never made larger */
    record Box(int width, int height, boolean crop) {
        /** What timelines show of an attachment. */
        public static final Box PREVIEW = within(600, 600);

        public static Box within(int width, int height) {
            return new Box(width, height, false);
        }

        public static Box filled(int width, int height) {
            return new Box(width, height, true);
        }
    }

    /**
     * Writes the picture, upright, in sRGB, without metadata. Gives what it looks like from afar, for its blurhash; nothing
     * when this engine cannot do it, and then nothing is written.
     *
     * @param header of the source
     * @param target JPEG or PNG, in a folder that the engine may use
     * @throws ProgramFailure when the file cannot be decoded within the limits
     */
    Optional<Raster> resize(Path source, MediaFormat format, PictureHeader header, Box box, Path target, MediaFormat targetFormat)
        throws ProgramFailure, IOException;
}
