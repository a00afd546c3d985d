package social.dunlin.media.worker.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;

/** A bare machine: pictures are stripped and served as they are, without thumbnails. */
public final class NoEngine implements PictureEngine {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public Set<MediaFormat> formats() {
        return Pictures.STRIPPABLE;
    }

    @Override
    public Optional<Raster> resize(Path source, MediaFormat format, PictureHeader header, Box box, Path target, MediaFormat targetFormat) {
        return Optional.empty();
    }
}
