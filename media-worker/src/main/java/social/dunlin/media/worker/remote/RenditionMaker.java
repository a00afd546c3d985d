package social.dunlin.media.worker.remote;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import social.dunlin.media.FormatDetector;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaLimits;
import social.dunlin.media.cache.RemoteMediaCache;
import social.dunlin.media.cache.RemoteMediaCache.Copy;
import social.dunlin.media.cache.RemoteMediaJob;
import social.dunlin.media.picture.BrokenPicture;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.engine.PictureEngine.Box;
import social.dunlin.media.worker.engine.WorkFolder;
import social.dunlin.media.worker.program.DecodingTurns;
import social.dunlin.media.worker.program.ProgramFailure;
import social.dunlin.refusal.Refusal;

/** Makes the picture for a timeline, or the one at rest, of a copy. What gains nothing, or cannot be made, is the copy itself. */
@ApplicationScoped
public class RenditionMaker {
    private static final Logger LOG = Logger.getLogger(RenditionMaker.class);

    private final RemoteMediaCache cache;
    private final PictureEngine engine;
    private final MediaLimits limits;
    private final DecodingTurns turns;

    public RenditionMaker(RemoteMediaCache cache, PictureEngine engine, MediaLimits limits, DecodingTurns turns) {
        this.cache = cache;
        this.engine = engine;
        this.limits = limits;
        this.turns = turns;
    }

    private record Made(Path file, MediaFormat format) {
    }

    /** Nothing to do where the copy could not be had, or all is there. */
    public void make(RemoteMediaJob wanted) throws IOException, InterruptedException {
        Optional<Copy> copy = cache.find(wanted.url(), wanted.rendition()).filter(found -> found.rendition() != wanted.rendition());
        if (copy.isEmpty()) {
            return;
        }
        MediaFormat format = copy.get().key().format().orElseThrow();
        try (DecodingTurns.Turn _ = turns.nextUnhurried(); WorkFolder folder = WorkFolder.make()) {
            Path source = folder.file("source." + format.extension());
            Optional<InputStream> bytes = cache.open(copy.get(), 0, copy.get().size());
            if (bytes.isEmpty()) {
                return;
            }
            try (InputStream open = bytes.get()) {
                Files.copy(open, source);
            }
            Optional<Made> made = made(source, format, wanted.rendition(), folder);
            if (made.isPresent()) {
                cache.keepRendition(wanted, made.get().file(), made.get().format());
            } else {
                cache.keepAsItIs(wanted, copy.get());
            }
        }
    }

    private Optional<Made> made(Path source, MediaFormat format, Rendition rendition, WorkFolder folder) throws IOException {
        // Its type is what another server says.
        if (!format.isImage() || FormatDetector.detect(source).filter(format::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            PictureHeader header = Pictures.header(source, format);
            limits.check(header);
            return rendition == Rendition.STILL ? still(source, format, header, folder) : preview(source, format, header, folder);
        } catch (BrokenPicture | ProgramFailure | Refusal hopeless) {
            LOG.debugf("Nothing is made of a copy: %s", hopeless.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Made> still(Path source, MediaFormat format, PictureHeader header, WorkFolder folder) throws IOException {
        if (!header.isAnimated()) {
            return Optional.empty();
        }
        Path still = folder.file("still." + format.extension());
        Pictures.still(source, format, still);
        return Optional.of(new Made(still, format));
    }

    private Optional<Made> preview(Path source, MediaFormat format, PictureHeader header, WorkFolder folder) throws IOException, ProgramFailure {
        boolean small = header.width() <= Box.PREVIEW.width() && header.height() <= Box.PREVIEW.height() && !header.isAnimated();
        if (small || !engine.formats().contains(format)) {
            return Optional.empty();
        }
        MediaFormat shown = header.transparent() ? MediaFormat.PNG : MediaFormat.JPEG;
        Path preview = folder.file("preview." + shown.extension());
        return engine.resize(source, format, header, Box.PREVIEW, preview, shown).isPresent() && Files.size(preview) < Files.size(source)
            ? Optional.of(new Made(preview, shown)) : Optional.empty();
    }
}
