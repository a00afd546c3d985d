package social.dunlin.media.worker.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import social.dunlin.NativeExecutable;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.worker.program.Program;
import social.dunlin.media.worker.program.ProgramFailure;
import social.dunlin.media.worker.wasm.PictureProgram;
import social.dunlin.media.worker.wasm.PictureProgram.Order;

/**
 * Decoders that need nothing of the machine, for executables where nothing is installed: Rust, compiled to WebAssembly,
 * compiled to Java. They run in a process of their own, which in executables is the executable itself; what a file does to
 * them stays in an array that has a limit.
 */
public final class WasmEngine implements PictureEngine {
    /** As the module numbers them. Of WebP, interlaced PNG and progressive JPEG the whole is in memory; the rest takes a few megabytes. */
    private static final List<MediaFormat> FORMATS = List.of(MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF, MediaFormat.WEBP);
    private static final Map<MediaFormat, Integer> BYTES_PER_PIXEL = Map.of(MediaFormat.JPEG, 8, MediaFormat.PNG, 5, MediaFormat.GIF, 2, MediaFormat.WEBP, 9);
    /** Of the module, whatever the picture. A box of the largest size that is asked for is in it. */
    private static final int BASE_MEGABYTES = 16;
    /** Of the heap: the array of the module is copied when it grows, so for a moment it is there twice. */
    private static final int HEAP_MEGABYTES = 32;
    /** What an executable maps of itself, and what a Java process reserves without using it. */
    private static final int EXECUTABLE_MEGABYTES = 400;
    private static final int JAVA_MEGABYTES = 1_600;
    private static final Duration TIME = Duration.ofSeconds(120);

    private final Optional<Path> executable;
    private final Path java;
    private final String classPath;

    private WasmEngine(Optional<Path> executable, Path java, String classPath) {
        this.executable = executable;
        this.java = java;
        this.classPath = classPath;
    }

    /** Nothing where neither an executable nor Java can be started anew. */
    public static Optional<WasmEngine> find() {
        if (NativeExecutable.isThis()) {
            return NativeExecutable.path().map(WasmEngine::within);
        }
        return Optional.ofNullable(System.getProperty("java.home")).map(home -> Path.of(home, "bin", "java")).filter(Files::isExecutable)
            .map(java -> new WasmEngine(Optional.empty(), java, PictureProgram.libraries().stream().map(Path::toString).collect(Collectors.joining(":"))));
    }

    /** By an executable of this role. */
    public static WasmEngine within(Path executable) {
        return new WasmEngine(Optional.of(executable), null, null);
    }

    @Override
    public String name() {
        return "wasm";
    }

    @Override
    public Set<MediaFormat> formats() {
        return Set.copyOf(FORMATS);
    }

    @Override
    public Optional<Raster> resize(Path source, MediaFormat format, PictureHeader header, Box box, Path target, MediaFormat targetFormat)
            throws ProgramFailure, IOException {
        Path raster = target.resolveSibling("raster.ppm");
        int module = BASE_MEGABYTES + (int) (header.pixels() * BYTES_PER_PIXEL.get(format) >> 20);
        int heap = HEAP_MEGABYTES + 2 * module;
        Order order = new Order(source.toAbsolutePath(), FORMATS.indexOf(format), header.orientation(), box.width(), box.height(), box.crop() ? 1 : 0,
            target, targetFormat == MediaFormat.PNG ? 1 : 0, raster, Raster.SIDE, module);
        List<String> command = new ArrayList<>(started(heap));
        command.addAll(order.words());
        Program.run(command, target.getParent(), Map.of(), new Program.Limits(TIME, 2 * heap + (executable.isPresent() ? EXECUTABLE_MEGABYTES : JAVA_MEGABYTES), 200));
        return Optional.of(Raster.ofPixmap(raster));
    }

    /** Large methods are compiled too: without that a virtual machine would interpret the very loops that take the time. */
    private List<String> started(int heap) {
        String most = "-Xmx" + heap + "m";
        return executable.isPresent()
            ? List.of(executable.get().toString(), most, "-XX:ReservedAddressSpaceSize=" + (2 * heap + EXECUTABLE_MEGABYTES / 2) + "m", new PictureProgram().word())
            : List.of(java.toString(), most, "-Xms8m", "-Xss2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-DontCompileHugeMethods", "-XX:-UsePerfData",
                "-XX:CompressedClassSpaceSize=24m", "-XX:ReservedCodeCacheSize=32m", "-Xshare:auto", "-cp", classPath, PictureProgram.class.getName());
    }
}
