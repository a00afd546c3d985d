package social.dunlin.media.worker.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.worker.program.Program;
import social.dunlin.media.worker.program.ProgramFailure;

/** libvips by its command line. It reads pictures piece by piece, so even large ones need little memory. */
public final class VipsEngine implements PictureEngine {
    /** One thread: the others would only compete with the server. Loaders that nobody has tested against hostile files are shut. */
    private static final Map<String, String> ENVIRONMENT = Map.of("VIPS_CONCURRENCY", "1", "VIPS_BLOCK_UNTRUSTED", "1", "VIPS_WARNING", "1");
    private static final Map<String, Set<MediaFormat>> LOADERS = Map.of("jpegload", Set.of(MediaFormat.JPEG), "pngload", Set.of(MediaFormat.PNG),
        "gifload", Set.of(MediaFormat.GIF), "webpload", Set.of(MediaFormat.WEBP), "heifload", Set.of(MediaFormat.HEIC, MediaFormat.AVIF));
    private static final Program.Limits LIMITS = new Program.Limits(Duration.ofSeconds(60), 1_200, 200);
    private static final Logger LOG = Logger.getLogger(VipsEngine.class);

    private final Path thumbnailer;
    private final Set<MediaFormat> formats;

    private VipsEngine(Path thumbnailer, Set<MediaFormat> formats) {
        this.thumbnailer = thumbnailer;
        this.formats = formats;
    }

    /** Nothing where it is not installed or reads nothing of use. */
    public static Optional<VipsEngine> find() {
        Optional<Path> thumbnailer = Program.find("vipsthumbnail");
        Optional<Path> vips = Program.find("vips");
        if (thumbnailer.isEmpty() || vips.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory("dunlin-vips");
            try {
                String classes = Program.run(List.of(vips.get().toString(), "-l", "foreign"), folder, ENVIRONMENT, LIMITS);
                Set<MediaFormat> formats = EnumSet.noneOf(MediaFormat.class);
                LOADERS.forEach((loader, read) -> {
                    if (classes.contains("(" + loader + ")")) {
                        formats.addAll(read);
                    }
                });
                return formats.contains(MediaFormat.JPEG) ? Optional.of(new VipsEngine(thumbnailer.get(), formats)) : Optional.empty();
            } finally {
                WorkFolder.delete(folder);
            }
        } catch (ProgramFailure | IOException unusable) {
            LOG.warnf("vips is installed but does not run: %s", unusable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "vips";
    }

    @Override
    public Set<MediaFormat> formats() {
        return formats;
    }

    @Override
    public Optional<Raster> resize(Path source, MediaFormat format, PictureHeader header, Box box, Path target, MediaFormat targetFormat)
            throws ProgramFailure, IOException {
        thumbnail(source, header.profile(), box, target + (targetFormat == MediaFormat.PNG ? "[strip,compression=6]" : "[Q=86,strip,optimize_coding,background=255]"), target.getParent());
        Path raster = target.resolveSibling("raster.ppm");
        thumbnail(target, false, Box.within(Raster.SIDE, Raster.SIDE), raster.toString(), target.getParent());
        return Optional.of(Raster.ofPixmap(raster));
    }

    /** @param profile its colours have to be converted; done to sRGB it would shift them */
    private void thumbnail(Path source, boolean profile, Box box, String target, Path folder) throws ProgramFailure, IOException {
        List<String> size = box.crop() ? List.of("--size", box.width() + "x" + box.height(), "--smartcrop", "centre")
            : List.of("--size", box.width() + "x" + box.height() + ">");
        List<String> command = new java.util.ArrayList<>(List.of(thumbnailer.toString(), source.toAbsolutePath().toString()));
        if (profile) {
            command.addAll(List.of("--export-profile", "srgb"));
        }
        command.addAll(size);
        command.addAll(List.of("-o", target));
        String printed = Program.run(command, folder, ENVIRONMENT, LIMITS);
        Path written = Path.of(target.replaceFirst("\\[.*", ""));
        if (Files.notExists(written) || Files.size(written) == 0) {
            throw ProgramFailure.of("vipsthumbnail wrote nothing " + printed);
        }
    }
}
