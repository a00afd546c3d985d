package social.dunlin.media.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.SamplePictures.bytes;
import static social.dunlin.testing.SamplePictures.gradient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.InnerProgram;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.PictureEngine.Box;
import social.dunlin.media.worker.program.ProgramFailure;
import social.dunlin.media.worker.wasm.PictureProgram;

class WasmEngineTest implements PictureEngineContract {
    private final PictureEngine engine = WasmEngine.find().orElseThrow();

    @Override
    public PictureEngine engine() {
        return engine;
    }

    /** As printers have it, which Java refuses, and a PNG with a profile, which Java takes for sRGB. */
    @Test
    void inksAndOtherColoursAreReadToo() throws Exception {
        assertQuarters("cmyk.jpg", MediaFormat.JPEG);
        assertQuarters("wide.png", MediaFormat.PNG);
    }

    /** Row 80 of the hostile inputs: a header that promises a small picture buys no memory for a large one. */
    @Test
    void hostileInput80_morePixelsThanTheHeaderSaidAreRefused(@TempDir Path folder) throws Exception {
        Path source = Files.write(folder.resolve("large.png"), bytes(gradient(2_000, 1_500), "jpg"));
        PictureHeader small = Pictures.header(Files.write(folder.resolve("small.jpg"), bytes(gradient(10, 10), "jpg")), MediaFormat.JPEG);
        Path made = folder.resolve("made.png");
        ProgramFailure refused = assertThrows(ProgramFailure.class, () -> engine.resize(source, MediaFormat.JPEG, small, Box.within(2_000, 1_500), made, MediaFormat.PNG));
        assertTrue(refused.getMessage().contains("more is needed than"), refused.getMessage());
    }

    /** What executables do with their first word. */
    @Test
    void isAProgramWithinTheExecutable(@TempDir Path folder) throws Exception {
        PictureProgram program = ServiceLoader.load(InnerProgram.class).stream().map(ServiceLoader.Provider::get)
            .map(PictureProgram.class::cast).findFirst().orElseThrow();
        assertTrue(program.word().startsWith(InnerProgram.PREFIX));
        Path source = Files.write(folder.resolve("source.jpg"), bytes(gradient(60, 40), "jpg"));
        Path made = folder.resolve("made.png");
        List<String> words = new PictureProgram.Order(source, 0, 6, 30, 30, 0, made, 1, folder.resolve("raster"), 8, 20).words();
        assertEquals(0, program.run(words));
        PictureHeader header = Pictures.header(made, MediaFormat.PNG);
        assertEquals(List.of(20, 30), List.of(header.width(), header.height()));
        assertEquals(8, Raster.ofPixmap(folder.resolve("raster")).height());
        Files.writeString(source, "no picture");
        assertEquals(1, program.run(words));
    }
}
