import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.Blurhash;
import social.dunlin.media.worker.engine.JavaEngine;
import social.dunlin.media.worker.engine.NoEngine;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.engine.Raster;
import social.dunlin.media.worker.engine.VipsEngine;
import social.dunlin.media.worker.engine.WasmEngine;

/**
 * The table of docs/adr/0022: what each engine costs for a thumbnail, a blurhash and the original without metadata of a
 * picture of 12 megapixels, in CPU of all processes together, and how large the largest of them becomes, with one of 16
 * megapixels too; against libvips' own command line making the thumbnail alone.
 */
public class Media {
    private static final int LARGEST_BY_DEFAULT = 16_000_000;
    private static final String ROW = "| %-38s | %7s | %14s | %11s | %11s | %-28s | %-18s | %-24s |%n";

    private interface Work {
        void once(Path source, Path folder) throws Exception;
    }

    /** @param formats what it reads; @param executable whether it works beside a native executable */
    private record Candidate(String name, Work work, String formats, String executable, String licence) {
        static Candidate of(PictureEngine engine, String executable, String licence) {
            return of("", engine, executable, licence);
        }

        static Candidate of(String where, PictureEngine engine, String executable, String licence) {
            String formats = engine.formats().stream().map(MediaFormat::name).collect(Collectors.joining(" "));
            return new Candidate(engine.name() + ": " + where + "strip, thumbnail, blurhash", (source, work) -> whole(engine, source, work), formats, executable, licence);
        }
    }

    /** Arguments: where the project lies, and how many pictures for each. */
    public static void main(String[] arguments) throws Exception {
        int pictures = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
        Path executable = Path.of(arguments[0], "media-worker/target/native/dunlin-media-worker");
        Path folder = Files.createTempDirectory("dunlin-bench-media");
        Path usual = written(folder.resolve("usual.jpg"), 4000, 3000);
        Path largest = written(folder.resolve("largest.jpg"), 4608, LARGEST_BY_DEFAULT / 4608);
        System.out.printf("media: JPEGs of 12 megapixels (%d kB), %d times each, and of 16 (%d kB)%n", Files.size(usual) >> 10, pictures, Files.size(largest) >> 10);
        System.out.printf(ROW, "", "CPU s", "pictures/CPU s", "MB at 12 MP", "MB at 16 MP", "formats", "beside executable", "licence");
        System.out.printf("| %s |%n", String.join(" | ", Collections.nCopies(8, "---")));
        for (Candidate candidate : candidates(executable)) {
            measure(candidate, pictures, usual, largest, folder);
        }
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    private static List<Candidate> candidates(Path executable) {
        List<Candidate> candidates = new ArrayList<>();
        if (VipsEngine.find().isPresent()) {
            candidates.add(new Candidate("vipsthumbnail: thumbnail alone", Media::alone, "", "yes", "LGPL-2.1, not linked"));
        }
        VipsEngine.find().ifPresent(engine -> candidates.add(Candidate.of(engine, "yes", "LGPL-2.1, not linked")));
        JavaEngine.find().ifPresent(engine -> candidates.add(Candidate.of(engine, "no", "GPL with exception; BSD")));
        WasmEngine.find().ifPresent(engine -> candidates.add(Candidate.of("on this virtual machine, ", engine, "within", "Apache-2.0; MIT")));
        if (Files.isExecutable(executable)) {
            candidates.add(Candidate.of("in the executable, ", WasmEngine.within(executable), "within", "Apache-2.0; MIT"));
        }
        candidates.add(new Candidate("none: strip", (source, work) -> Pictures.strip(source, MediaFormat.JPEG, work.resolve("stripped.jpg")),
            new NoEngine().formats().stream().map(MediaFormat::name).collect(Collectors.joining(" ")), "yes", "ours"));
        return candidates;
    }

    private static Path written(Path file, int width, int height) throws IOException {
        ImageIO.write(camera(width, height), "jpg", file.toFile());
        return file;
    }

    /** As a camera writes it. */
    static byte[] jpeg(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(camera(width, height), "jpg", bytes);
        return bytes.toByteArray();
    }

    private static void alone(Path source, Path work) throws Exception {
        Process process = new ProcessBuilder("vipsthumbnail", source.toString(), "--size", "600x600>", "--export-profile", "srgb",
            "-o", work.resolve("alone.jpg") + "[Q=86,strip]").inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("vipsthumbnail ended with " + process.exitValue());
        }
    }

    private static void whole(PictureEngine engine, Path source, Path work) throws Exception {
        Path stripped = work.resolve("stripped.jpg");
        Pictures.strip(source, MediaFormat.JPEG, stripped);
        PictureHeader header = Pictures.header(stripped, MediaFormat.JPEG);
        Raster raster = engine.resize(stripped, MediaFormat.JPEG, header, PictureEngine.Box.PREVIEW, work.resolve("made.jpg"), MediaFormat.JPEG).orElseThrow();
        Blurhash.of(raster);
    }

    private static void measure(Candidate candidate, int pictures, Path usual, Path largest, Path folder) throws Exception {
        Path own = Files.createTempDirectory(folder, "work");
        candidate.work().once(usual, own);
        long before = cpu();
        for (int picture = 0; picture < pictures; picture++) {
            candidate.work().once(usual, own);
        }
        double seconds = (cpu() - before) / 1e3 / pictures;
        // Apart from the time, for looking on costs some as well.
        System.out.printf(ROW, candidate.name(), "%.3f".formatted(seconds), seconds == 0 ? "-" : "%.1f".formatted(1 / seconds), peak(candidate.work(), usual, own),
            peak(candidate.work(), largest, own), candidate.formats(), candidate.executable(), candidate.licence());
    }

    /** Megabytes of the largest of the programs, in three runs; what the server itself takes is not counted. */
    private static String peak(Work work, Path source, Path own) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong kilobytes = new AtomicLong();
        Thread watcher = Thread.ofPlatform().daemon().start(() -> watch(done, kilobytes));
        for (int run = 0; run < 3; run++) {
            work.once(source, own);
        }
        done.set(true);
        watcher.join();
        return kilobytes.get() == 0 ? "-" : Long.toString(kilobytes.get() >> 10);
    }

    /** A program's own record of its largest size only grows, so the last look before its end is right. */
    private static void watch(AtomicBoolean done, AtomicLong kilobytes) {
        String own = commandOf(ProcessHandle.current());
        while (!done.get()) {
            ProcessHandle.current().descendants().filter(process -> {
                // Between fork and exec it is this process once more. So first what it runs, then how large that is.
                String command = commandOf(process);
                return !command.isEmpty() && !command.equals(own);
            }).forEach(process -> read(process, "status").lines().filter(line -> line.startsWith("VmHWM"))
                .forEach(line -> kilobytes.accumulateAndGet(Long.parseLong(line.replaceAll("\\D", "")), Math::max)));
        }
    }

    private static String commandOf(ProcessHandle process) {
        return read(process, "cmdline");
    }

    /** "" when it has ended meanwhile. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Milliseconds of this thread and of the processes it started that have ended. */
    private static long cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long own = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
        return own + (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10;
    }

    /** With as much detail as a camera's picture has, so that it is some 4 MB large. */
    private static BufferedImage camera(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        graphics.fillRect(0, 0, width, height);
        Random random = new Random(3);
        for (int stroke = 0; stroke < 40_000; stroke++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            graphics.fillOval(x, y, 3 + random.nextInt(40), 3 + random.nextInt(40));
        }
        graphics.dispose();
        return picture;
    }
}
