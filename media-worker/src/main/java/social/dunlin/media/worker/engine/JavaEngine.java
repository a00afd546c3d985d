package social.dunlin.media.worker.engine;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.worker.program.Program;
import social.dunlin.media.worker.program.ProgramFailure;

/**
 * Java's own decoders, for machines where nothing is installed. They run in a Java process of their own: a large picture
 * takes that process's memory, not the server's, and AWT is never loaded here. Native executables have neither.
 */
public final class JavaEngine implements PictureEngine {
    /** Named, not referred to: the class uses AWT. */
    private static final String MAIN = "social.dunlin.media.worker.awt.PictureProgram";
    private static final String DECODERS = "twelvemonkeys";
    private static final int BASE_MEGABYTES = 48;
    private static final int BYTES_PER_PIXEL = 10;
    /** What a Java process reserves besides its heap without using it. */
    private static final int RESERVED_MEGABYTES = 1_600;

    private final Path java;
    private final String classPath;

    private JavaEngine(Path java, String classPath) {
        this.java = java;
        this.classPath = classPath;
    }

    /** Nothing in native executables, which have no Java beside them. */
    public static Optional<JavaEngine> find() {
        Optional<Path> java = Optional.ofNullable(System.getProperty("java.home")).map(home -> Path.of(home, "bin", "java")).filter(Files::isExecutable);
        return java.isPresent() ? classPath().map(path -> new JavaEngine(java.get(), path)) : Optional.empty();
    }

    /** Where this class lies, and the decoders: beside it in an application, on the class path in tests. */
    private static Optional<String> classPath() {
        CodeSource source = JavaEngine.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path own = Path.of(source.getLocation().toURI());
            List<String> entries = new ArrayList<>(List.of(own.toString()));
            Arrays.stream(System.getProperty("java.class.path").split(":")).filter(entry -> entry.contains(DECODERS)).forEach(entries::add);
            for (Path folder : List.of(own.getParent(), own.getParent().resolveSibling("lib").resolve("main"))) {
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        files.map(Path::toString).filter(file -> file.endsWith(".jar") && file.contains(DECODERS)).forEach(entries::add);
                    }
                }
            }
            return Optional.of(entries.stream().distinct().collect(Collectors.joining(":")));
        } catch (URISyntaxException | IOException | RuntimeException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Set<MediaFormat> formats() {
        return EnumSet.of(MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF, MediaFormat.WEBP);
    }

    @Override
    public Optional<Raster> resize(Path source, MediaFormat format, PictureHeader header, Box box, Path target, MediaFormat targetFormat)
            throws ProgramFailure, IOException {
        Path raster = target.resolveSibling("raster.ppm");
        int heap = BASE_MEGABYTES + (int) (header.pixels() * BYTES_PER_PIXEL >> 20);
        Program.run(List.of(java.toString(), "-Xmx" + heap + "m", "-Xms8m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                "-XX:CompressedClassSpaceSize=24m", "-XX:ReservedCodeCacheSize=16m", "-Xshare:auto", "-Djava.awt.headless=true", "-cp", classPath, MAIN,
                source.toAbsolutePath().toString(), format.extension(), Integer.toString(header.orientation()),
                Integer.toString(box.width()), Integer.toString(box.height()), Boolean.toString(box.crop()),
                target.toString(), targetFormat.extension(), raster.toString(), Integer.toString(Raster.SIDE)),
            target.getParent(), Map.of(), new Program.Limits(Duration.ofSeconds(60), heap + RESERVED_MEGABYTES, 200));
        return Optional.of(Raster.ofPixmap(raster));
    }
}
