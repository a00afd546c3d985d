package social.dunlin.media.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.SamplePictures.quarters;
import static social.dunlin.testing.SamplePictures.tellingGif;
import static social.dunlin.testing.SamplePictures.tellingJpeg;
import static social.dunlin.testing.SamplePictures.tellingPng;
import static social.dunlin.testing.SamplePictures.tellingWebp;
import static social.dunlin.testing.SamplePictures.tells;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.media.FormatDetector;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.picture.Leak.Kind;
import social.dunlin.testing.SamplePictures;

class PicturesTest {
    private static final Map<MediaFormat, byte[]> TELLING = Map.of(MediaFormat.JPEG, tellingJpeg(quarters(40, 20), 6), MediaFormat.PNG, tellingPng(quarters(40, 20), 6),
        MediaFormat.GIF, tellingGif(40, 20, 3), MediaFormat.WEBP, tellingWebp(6));
    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("source"), bytes);
    }

    private byte[] stripped(MediaFormat format, byte[] bytes) throws IOException {
        Path target = folder.resolve("target");
        Pictures.strip(file(bytes), format, target);
        return Files.readAllBytes(target);
    }

    private static BufferedImage decoded(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    private static void assertSamePixels(BufferedImage expected, BufferedImage actual) {
        assertArrayEquals(expected.getRGB(0, 0, expected.getWidth(), expected.getHeight(), null, 0, expected.getWidth()),
            actual.getRGB(0, 0, actual.getWidth(), actual.getHeight(), null, 0, actual.getWidth()));
    }

    @Test
    void nothingThatTellsOfPeopleIsLeftInAnyContainer() throws IOException {
        for (MediaFormat format : TELLING.keySet()) {
            byte[] before = TELLING.get(format);
            assertTrue(tells(before), format + " tells before");
            assertEquals(format, FormatDetector.detect(before).orElseThrow());
            byte[] after = stripped(format, before);
            assertFalse(tells(after), format + " tells after");
            assertEquals(format, FormatDetector.detect(after).orElseThrow());
            assertEquals(List.of(), Pictures.leaks(file(after), format).stream().filter(leak -> leak.kind() != Kind.OTHER).toList());
        }
    }

    @Test
    void thePictureItselfIsTheSameToTheLastBit() throws IOException {
        for (MediaFormat format : List.of(MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF)) {
            assertSamePixels(decoded(TELLING.get(format)), decoded(stripped(format, TELLING.get(format))));
        }
    }

    @Test
    void theColourProfileStays() throws IOException {
        byte[] profile = "the colours of a telephone".getBytes(StandardCharsets.US_ASCII);
        for (Map.Entry<MediaFormat, byte[]> sample : Map.of(MediaFormat.JPEG, SamplePictures.profiledJpeg(profile), MediaFormat.PNG, SamplePictures.profiledPng(profile)).entrySet()) {
            byte[] stripped = stripped(sample.getKey(), sample.getValue());
            assertTrue(new String(stripped, StandardCharsets.ISO_8859_1).contains("the colours of a telephone"), sample.getKey().name());
            assertTrue(Pictures.header(file(stripped), sample.getKey()).profile());
            assertFalse(tells(stripped));
        }
    }

    @Test
    void howItIsTurnedStays() throws IOException {
        for (MediaFormat format : List.of(MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.WEBP)) {
            assertEquals(6, Pictures.header(file(TELLING.get(format)), format).orientation(), format.name());
            byte[] stripped = stripped(format, TELLING.get(format));
            PictureHeader header = Pictures.header(file(stripped), format);
            assertEquals(6, header.orientation(), format.name());
            assertEquals(header.height(), header.shownWidth());
        }
    }

    @Test
    void whatAPictureLeaksIsNamed() throws IOException {
        Map<Kind, String> jpeg = Pictures.leaks(file(TELLING.get(MediaFormat.JPEG)), MediaFormat.JPEG).stream()
            .collect(Collectors.toMap(Leak::kind, Leak::value, (one, other) -> one));
        assertEquals("54.5283N 54.5283E", jpeg.get(Kind.PLACE));
        assertTrue(jpeg.keySet().containsAll(List.of(Kind.TIME, Kind.DEVICE, Kind.SERIAL_NUMBER, Kind.PERSON, Kind.TEXT, Kind.OTHER)), jpeg.toString());
        assertEquals(SamplePictures.SECRET, jpeg.get(Kind.PERSON));
        for (MediaFormat format : List.of(MediaFormat.PNG, MediaFormat.WEBP)) {
            assertTrue(Pictures.leaks(file(TELLING.get(format)), format).stream().anyMatch(leak -> leak.kind() == Kind.PLACE), format.name());
        }
        assertTrue(Pictures.leaks(file(TELLING.get(MediaFormat.GIF)), MediaFormat.GIF).stream().anyMatch(leak -> leak.kind() == Kind.TEXT));
        assertEquals(List.of(), Pictures.leaks(file(SamplePictures.bytes(quarters(8, 8), "png")), MediaFormat.PNG));
    }

    @Test
    void headersSayHowLargeAndHowMany() throws IOException {
        assertEquals(new PictureHeader(40, 20, 6, false, 1, 800, false), Pictures.header(file(TELLING.get(MediaFormat.JPEG)), MediaFormat.JPEG));
        assertEquals(3, Pictures.header(file(TELLING.get(MediaFormat.GIF)), MediaFormat.GIF).frames());
        assertEquals(2_400, Pictures.header(file(TELLING.get(MediaFormat.GIF)), MediaFormat.GIF).framePixels());
        assertEquals(2, Pictures.header(file(SamplePictures.movingWebp()), MediaFormat.WEBP).frames());
        assertTrue(Pictures.header(file(SamplePictures.bytes(new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB), "png")), MediaFormat.PNG).transparent());
    }

    @Test
    void aMovingPictureHasAStill() throws IOException {
        Path still = folder.resolve("still");
        Pictures.still(file(TELLING.get(MediaFormat.GIF)), MediaFormat.GIF, still);
        assertEquals(1, Pictures.header(still, MediaFormat.GIF).frames());
        assertSamePixels(decoded(TELLING.get(MediaFormat.GIF)), decoded(Files.readAllBytes(still)));
        Pictures.still(file(SamplePictures.movingWebp()), MediaFormat.WEBP, still);
        assertEquals(1, Pictures.header(still, MediaFormat.WEBP).frames());
    }

    /** Row 80 of the hostile inputs: small files that say they are huge are known by their header. */
    @Test
    void hostileInput80_aBombIsKnownByItsHeader() throws IOException {
        assertEquals(3_600_000_000L, Pictures.header(file(SamplePictures.pngOfSize(60_000, 60_000)), MediaFormat.PNG).pixels());
        assertThrows(BrokenPicture.class, () -> Pictures.header(file(SamplePictures.pngOfSize(-1, 60_000)), MediaFormat.PNG));
        assertThrows(BrokenPicture.class, () -> Pictures.header(file(SamplePictures.pngOfSize(0, 1)), MediaFormat.PNG));
    }

    /** Cut off anywhere, or with any byte changed, a file is refused or rewritten, and never more than that. */
    @Test
    void brokenFilesHarmNobody() throws IOException {
        Random random = new Random(1);
        for (Map.Entry<MediaFormat, byte[]> sample : TELLING.entrySet()) {
            byte[] whole = sample.getValue();
            for (int length = 0; length < whole.length - 200; length += 1 + whole.length / 60) {
                survives(sample.getKey(), Arrays.copyOf(whole, length));
            }
            for (int change = 0; change < 150; change++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                survives(sample.getKey(), changed);
            }
        }
    }

    private void survives(MediaFormat format, byte[] bytes) throws IOException {
        try {
            Path source = file(bytes);
            Pictures.header(source, format);
            Pictures.leaks(source, format);
            Pictures.strip(source, format, folder.resolve("target"));
            Pictures.still(source, format, folder.resolve("target"));
        } catch (BrokenPicture refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }
}
