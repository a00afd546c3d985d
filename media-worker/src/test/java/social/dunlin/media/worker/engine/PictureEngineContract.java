package social.dunlin.media.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.SamplePictures.bytes;
import static social.dunlin.testing.SamplePictures.quarters;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import social.dunlin.media.FormatDetector;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.PictureEngine.Box;
import social.dunlin.media.worker.program.ProgramFailure;
import social.dunlin.testing.SamplePictures;

/** What holds for every engine that decodes. */
interface PictureEngineContract {
    PictureEngine engine();

    private BufferedImage resized(byte[] bytes, MediaFormat format, Box box, MediaFormat target) throws IOException, ProgramFailure {
        try (WorkFolder folder = WorkFolder.make()) {
            Path source = Files.write(folder.file("source." + format.extension()), bytes);
            Path made = folder.file("made." + target.extension());
            Raster raster = engine().resize(source, format, Pictures.header(source, format), box, made, target).orElseThrow();
            BufferedImage picture = ImageIO.read(made.toFile());
            assertTrue(raster.width() <= Raster.SIDE && raster.height() <= Raster.SIDE);
            assertEquals(picture.getWidth() >= picture.getHeight(), raster.width() >= raster.height());
            assertFalse(SamplePictures.tells(Files.readAllBytes(made)));
            return picture;
        }
    }

    private static void assertColour(Color expected, BufferedImage picture, double x, double y) {
        Color actual = new Color(picture.getRGB((int) (x * picture.getWidth()), (int) (y * picture.getHeight())));
        int distance = Math.abs(expected.getRed() - actual.getRed()) + Math.abs(expected.getGreen() - actual.getGreen()) + Math.abs(expected.getBlue() - actual.getBlue());
        assertTrue(distance < 60, expected + " is wanted, " + actual + " is there");
    }

    @Test
    default void fitsIntoTheBox() throws Exception {
        for (Map.Entry<MediaFormat, byte[]> sample : Map.of(MediaFormat.JPEG, bytes(quarters(1200, 800), "jpg"), MediaFormat.PNG, bytes(quarters(1200, 800), "png"),
                MediaFormat.GIF, SamplePictures.tellingGif(1200, 800, 1)).entrySet()) {
            BufferedImage made = resized(sample.getValue(), sample.getKey(), Box.within(600, 600), MediaFormat.JPEG);
            assertEquals(List.of(600, 400), List.of(made.getWidth(), made.getHeight()), sample.getKey().name());
            assertColour(Color.RED, made, 0.2, 0.2);
            assertColour(Color.GREEN, made, 0.8, 0.2);
            assertColour(Color.BLUE, made, 0.2, 0.8);
            assertColour(Color.YELLOW, made, 0.8, 0.8);
        }
    }

    /** Four quarters as programs write them: in passes, with a palette, deep, moving, in the colours of a telephone. */
    @Test
    default void everyKindOfEachFormatIsRead() throws Exception {
        for (String name : List.of("progressive.jpg", "wide.jpg", "interlaced.png", "palette.png", "sixteen.png", "moving.png", "lossy.webp", "lossless.webp", "moving.webp")) {
            assertQuarters(name, MediaFormat.JPEG);
        }
        assertEquals(128, pictured("half.webp", MediaFormat.PNG).getRGB(5, 5) >>> 24, 2);
        assertColour(Color.WHITE, pictured("transparent.webp", MediaFormat.JPEG), 0.5, 0.5);
    }

    default void assertQuarters(String name, MediaFormat target) throws Exception {
        BufferedImage made = pictured(name, target);
        assertEquals(List.of(60, 40), List.of(made.getWidth(), made.getHeight()), name);
        assertColour(Color.RED, made, 0.25, 0.25);
        assertColour(Color.GREEN, made, 0.75, 0.25);
        assertColour(Color.BLUE, made, 0.25, 0.75);
        assertColour(Color.YELLOW, made, 0.75, 0.75);
    }

    private BufferedImage pictured(String name, MediaFormat target) throws Exception {
        try (var file = PictureEngineContract.class.getResourceAsStream("/pictures/" + name)) {
            byte[] bytes = file.readAllBytes();
            return resized(bytes, FormatDetector.detect(bytes).orElseThrow(), Box.within(60, 60), target);
        }
    }

    @Test
    default void neverMakesLargerWhatHasToFit() throws Exception {
        BufferedImage made = resized(bytes(quarters(40, 20), "png"), MediaFormat.PNG, Box.within(600, 600), MediaFormat.PNG);
        assertEquals(List.of(40, 20), List.of(made.getWidth(), made.getHeight()));
    }

    @Test
    default void fillsABoxFromTheMiddle() throws Exception {
        BufferedImage made = resized(bytes(quarters(1200, 300), "jpg"), MediaFormat.JPEG, Box.filled(400, 400), MediaFormat.JPEG);
        assertEquals(List.of(400, 400), List.of(made.getWidth(), made.getHeight()));
        assertColour(Color.RED, made, 0.2, 0.2);
        assertColour(Color.YELLOW, made, 0.8, 0.8);
        BufferedImage small = resized(bytes(quarters(30, 10), "png"), MediaFormat.PNG, Box.filled(400, 400), MediaFormat.PNG);
        assertEquals(List.of(400, 400), List.of(small.getWidth(), small.getHeight()));
    }

    /** The eight ways of EXIF: where the red quarter comes to lie, clockwise from the upper left. */
    @Test
    default void turnsUpright() throws Exception {
        int[] cornerOfRed = {0, 1, 2, 3, 0, 1, 2, 3};
        double[][] corners = {{0.2, 0.2}, {0.8, 0.2}, {0.8, 0.8}, {0.2, 0.8}};
        for (int orientation = 1; orientation <= 8; orientation++) {
            BufferedImage made = resized(SamplePictures.tellingJpeg(quarters(400, 200), orientation), MediaFormat.JPEG, Box.within(100, 100), MediaFormat.JPEG);
            assertEquals(orientation < 5, made.getWidth() > made.getHeight(), "orientation " + orientation);
            double[] corner = corners[cornerOfRed[orientation - 1]];
            assertColour(Color.RED, made, corner[0], corner[1]);
        }
    }

    @Test
    default void whatIsTransparentStaysSoAsPngAndIsWhiteAsJpeg() throws Exception {
        byte[] clear = bytes(new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB), "png");
        assertEquals(0, resized(clear, MediaFormat.PNG, Box.within(20, 20), MediaFormat.PNG).getRGB(5, 5) >>> 24);
        assertColour(Color.WHITE, resized(clear, MediaFormat.PNG, Box.within(20, 20), MediaFormat.JPEG), 0.5, 0.5);
    }

    @Test
    default void greyAndSmallPicturesAreReadToo() throws Exception {
        BufferedImage grey = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY);
        assertColour(Color.BLACK, resized(bytes(grey, "jpg"), MediaFormat.JPEG, Box.within(60, 60), MediaFormat.JPEG), 0.5, 0.5);
        assertEquals(1, resized(bytes(quarters(1, 1), "png"), MediaFormat.PNG, Box.within(60, 60), MediaFormat.PNG).getWidth());
        assertEquals(600, resized(bytes(quarters(5000, 2), "png"), MediaFormat.PNG, Box.within(600, 600), MediaFormat.PNG).getWidth());
    }

    /** Rows 77 and 80 of the hostile inputs: what cannot be decoded ends a program or is drawn as far as it goes, and harms nobody. */
    @Test
    default void hostileInput77_brokenFilesHarmNobody() throws Exception {
        byte[] good = bytes(SamplePictures.gradient(300, 200), "png");
        byte[] photograph = bytes(SamplePictures.gradient(300, 200), "jpg");
        for (byte[] bad : List.of(Arrays.copyOf(good, 60), SamplePictures.join(Arrays.copyOf(good, 33), "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes()),
                Arrays.copyOf(photograph, 3_000), "push graphic-context".getBytes(), new byte[0])) {
            try (WorkFolder folder = WorkFolder.make()) {
                Path source = Files.write(folder.file("source.png"), bad);
                Path sound = Files.write(folder.file("good.png"), good);
                Path made = folder.file("made.jpg");
                try {
                    engine().resize(source, MediaFormat.PNG, Pictures.header(sound, MediaFormat.PNG), Box.within(60, 60), made, MediaFormat.JPEG);
                    assertEquals(MediaFormat.JPEG, FormatDetector.detect(made).orElseThrow());
                } catch (ProgramFailure refused) {
                    assertFalse(refused.getMessage().isBlank());
                }
            }
        }
        assertEquals(60, resized(good, MediaFormat.PNG, Box.within(60, 60), MediaFormat.JPEG).getWidth());
    }
}
