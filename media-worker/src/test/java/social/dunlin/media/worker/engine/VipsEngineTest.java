package social.dunlin.media.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import social.dunlin.media.FormatDetector;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.PictureEngine.Box;
import social.dunlin.media.worker.program.Program;
import social.dunlin.testing.SamplePictures;

class VipsEngineTest implements PictureEngineContract {
    private static final Optional<VipsEngine> ENGINE = VipsEngine.find();

    @BeforeEach
    void isInstalled() {
        assumeTrue(ENGINE.isPresent(), "libvips is not installed: 'apt-get install libvips-tools', as ./dunlin test does");
    }

    @Override
    public PictureEngine engine() {
        return ENGINE.orElseThrow();
    }

    /** What phones take: made by libvips itself, with a place in it. */
    @Test
    void avifAndHeicBecomeJpegWithoutMetadata() throws Exception {
        for (MediaFormat format : List.of(MediaFormat.AVIF, MediaFormat.HEIC)) {
            assumeTrue(engine().formats().contains(format), "this libvips reads no " + format);
            try (WorkFolder folder = WorkFolder.make()) {
                Path jpeg = Files.write(folder.file("camera.jpg"), SamplePictures.tellingJpeg(SamplePictures.quarters(640, 480), 1));
                Path source = folder.file("source." + format.extension());
                Program.run(List.of("vips", "copy", jpeg.toString(), source.toString()), folder.path(), Map.of(),
                    new Program.Limits(java.time.Duration.ofSeconds(60), 2_000, 50));
                assertEquals(format, FormatDetector.detect(source).orElseThrow());
                assertTrue(SamplePictures.tells(Files.readAllBytes(source)));
                PictureHeader header = Pictures.header(source, format);
                assertEquals(640 * 480, header.pixels());
                Path made = folder.file("made.jpg");
                engine().resize(source, format, header, Box.within(9_000, 9_000), made, MediaFormat.JPEG).orElseThrow();
                assertEquals(640, Pictures.header(made, MediaFormat.JPEG).width());
                assertEquals(false, SamplePictures.tells(Files.readAllBytes(made)));
            }
        }
    }
}
