import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.Blurhash;
import social.dunlin.media.worker.engine.JavaEngine;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.engine.Raster;
import social.dunlin.media.worker.engine.VipsEngine;

/**
 * What a picture of 12 megapixels costs: CPU of all processes together, and the largest of them, for a thumbnail, a blurhash
 * and the original without metadata; against libvips' own command line making the thumbnail alone.
 */
public class Media {
    private static final int PICTURES = 12;

    private interface Work {
        void once(Path source, Path folder) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("dunlin-bench-media");
        Path jpeg = folder.resolve("source.jpg");
        ImageIO.write(camera(4000, 3000), "jpg", jpeg.toFile());
        System.out.printf("media: a JPEG of 12 megapixels, %d kB, %d times%n", Files.size(jpeg) >> 10, PICTURES);
        System.out.printf("%-44s %12s %14s %10s %8s%n", "", "CPU ms each", "pictures/CPU s", "peak MB", "x first");
        double first = report("vipsthumbnail, thumbnail alone", 0, jpeg, folder, (source, work) -> {
            Process process = new ProcessBuilder("vipsthumbnail", source.toString(), "--size", "600x600>", "--export-profile", "srgb",
                "-o", work.resolve("alone.jpg") + "[Q=86,strip]").inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IOException("vipsthumbnail is not installed");
            }
        });
        for (Optional<? extends PictureEngine> engine : List.of(VipsEngine.find(), JavaEngine.find())) {
            if (engine.isPresent()) {
                report("Dunlin by " + engine.get().name() + ": strip, thumbnail, blurhash", first, jpeg, folder, (source, work) -> whole(engine.get(), source, work));
            }
        }
        report("Dunlin without an engine: strip", first, jpeg, folder, (source, work) -> Pictures.strip(source, MediaFormat.JPEG, work.resolve("stripped.jpg")));
    }

    private static void whole(PictureEngine engine, Path source, Path work) throws Exception {
        Path stripped = work.resolve("stripped.jpg");
        Pictures.strip(source, MediaFormat.JPEG, stripped);
        PictureHeader header = Pictures.header(stripped, MediaFormat.JPEG);
        Raster raster = engine.resize(stripped, MediaFormat.JPEG, header, PictureEngine.Box.within(600, 600), work.resolve("made.jpg"), MediaFormat.JPEG).orElseThrow();
        Blurhash.of(raster);
    }

    private static double report(String what, double first, Path source, Path folder, Work work) throws Exception {
        Path own = Files.createDirectories(folder.resolve(Integer.toString(what.hashCode())));
        work.once(source, own);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong peak = new AtomicLong();
        Thread watcher = Thread.ofPlatform().daemon().start(() -> watch(done, peak));
        long before = cpu();
        for (int picture = 0; picture < PICTURES; picture++) {
            work.once(source, own);
        }
        double each = (double) (cpu() - before) / PICTURES;
        done.set(true);
        watcher.join();
        System.out.printf("%-44s %12.0f %14.1f %10s %8.2f%n", what, each, 1000 / Math.max(each, 0.1), peak.get() == 0 ? "-" : peak.get() >> 10, first == 0 ? 1 : each / first);
        return each;
    }

    /** The largest of the programs, in kB; what the server itself takes is not counted. */
    private static void watch(AtomicBoolean done, AtomicLong peak) {
        while (!done.get()) {
            ProcessHandle.current().descendants().forEach(process -> {
                try {
                    Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream().filter(line -> line.startsWith("VmHWM"))
                        .forEach(line -> peak.accumulateAndGet(Long.parseLong(line.replaceAll("\\D", "")), Math::max));
                } catch (IOException gone) {
                    // Ended meanwhile.
                }
            });
        }
    }

    /** Milliseconds of this process and of its children that have ended. The watcher's own are few. */
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
