package social.dunlin.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static social.dunlin.testing.Village.ALICE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.database.Database;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUploads.Wish;
import social.dunlin.media.worker.engine.NoEngine;
import social.dunlin.media.worker.program.Program;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.SamplePictures;

/** Films and sounds made on the spot, with a place and a name in them. */
@ExtendWith(DatabaseExtension.class)
class FilmUploadTest {
    private static final List<String> PICTURES = List.of("-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=1");
    private static final List<String> TONE = List.of("-f", "lavfi", "-i", "sine=frequency=440:duration=1");
    private static final List<String> TELLING = List.of("-metadata", "title=" + SamplePictures.SECRET, "-metadata", "artist=" + SamplePictures.SECRET,
        "-metadata", "location=+54.5282+009.5282/", "-metadata", "comment=" + SamplePictures.SECRET, "-metadata:s:0", "title=" + SamplePictures.SECRET);
    @TempDir
    static Path folder;
    private static MediaWorld world;

    @BeforeEach
    void world(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new MediaWorld(database, vertx, options, folder, new NoEngine());
        }
        assumeTrue(world.ffmpeg.isThere(), "ffmpeg is not installed: 'apt-get install ffmpeg', as ./dunlin test does");
    }

    private static byte[] film(String name, List<List<String>> inputs, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
        inputs.forEach(command::addAll);
        command.addAll(TELLING);
        command.addAll(List.of(options));
        command.add(name);
        Program.run(command, folder, Map.of(), new Program.Limits(Duration.ofSeconds(60), 3_000, 50));
        return Files.readAllBytes(folder.resolve(name));
    }

    private static MediaAttachment processed(byte[] bytes) throws Exception {
        assertTrue(SamplePictures.tells(bytes), "tells before");
        MediaAttachment ready = world.processed(world.upload(ALICE, bytes, Wish.NOTHING));
        assertTrue(ready.isReady(), ready.toString());
        assertFalse(SamplePictures.tells(world.bytes(ready.blob())), "tells after");
        return ready;
    }

    private static JsonNode meta(MediaAttachment media) throws Exception {
        return new ObjectMapper().readTree(media.meta());
    }

    @Test
    void aFilmThatBrowsersPlayIsOnlyPackedAnew() throws Exception {
        MediaAttachment ready = processed(film("plays.mp4", List.of(PICTURES, TONE), "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "use_metadata_tags"));
        assertEquals("video", ready.type());
        assertEquals("video/mp4", ready.contentType());
        assertEquals(36, ready.blurhash().length());
        assertTrue(ready.previewBlob().endsWith(".jpg"));
        JsonNode meta = meta(ready);
        assertEquals(320, meta.at("/original/width").asInt());
        assertEquals("25/1", meta.at("/original/frame_rate").asText());
        assertEquals(1, meta.at("/original/duration").asDouble(), 0.2);
        assertEquals("320x180", meta.at("/small/size").asText());
        assertTrue(new String(world.bytes(ready.blob()), 0, 200, java.nio.charset.StandardCharsets.ISO_8859_1).contains("moov"), "plays before it is loaded");
    }

    @Test
    void whatBrowsersDoNotPlayIsEncoded() throws Exception {
        MediaAttachment ready = processed(film("camera.mov", List.of(PICTURES), "-c:v", "mpeg4", "-s", "321x181"));
        assertEquals("video/mp4", ready.contentType());
        assertEquals("320x180", meta(ready).at("/original/size").asText());
    }

    @Test
    void webmStaysWebm() throws Exception {
        assertEquals("video/webm", processed(film("film.webm", List.of(PICTURES, TONE), "-c:v", "libvpx", "-c:a", "libopus")).contentType());
    }

    @Test
    void aMovingGifBecomesALoop() throws Exception {
        MediaAttachment ready = world.processed(world.upload(ALICE, SamplePictures.tellingGif(61, 41, 5), Wish.NOTHING));
        assertEquals("gifv", ready.type());
        assertEquals("video/mp4", ready.contentType());
        assertEquals("60x40", meta(ready).at("/original/size").asText());
        assertNotNull(ready.previewBlob());
        assertFalse(SamplePictures.tells(world.bytes(ready.blob())));
    }

    @Test
    void soundsAreMadeWhatEveryBrowserPlays() throws Exception {
        for (String name : List.of("sound.mp3", "sound.ogg", "sound.flac", "sound.wav", "sound.m4a")) {
            MediaAttachment ready = processed(film(name, List.of(TONE)));
            assertEquals("audio", ready.type(), name);
            assertEquals(name.endsWith("m4a") ? "audio/mp4" : "audio/mpeg", ready.contentType(), name);
            assertEquals(1, meta(ready).at("/original/duration").asDouble(), 0.2, name);
            assertNull(ready.previewBlob(), name);
        }
    }

    /** Rows 77, 79 and 80 of the hostile inputs: cut off, empty, too large, or naming other files: failed, and that is all. */
    @Test
    void hostileInput79_brokenFilmsFail() throws Exception {
        byte[] good = film("good.mp4", List.of(PICTURES), "-c:v", "libx264", "-pix_fmt", "yuv420p");
        byte[] large = film("large.mp4", List.of(List.of("-f", "lavfi", "-i", "color=size=5000x4000:rate=1:duration=1")), "-c:v", "mpeg4");
        byte[] endless = film("endless.mp4", List.of(List.of("-f", "lavfi", "-i", "color=size=2x2:rate=1/60:duration=14400")), "-c:v", "mpeg4");
        byte[] reference = SamplePictures.join(java.util.Arrays.copyOf(good, 32), "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile:///etc/passwd\n".getBytes());
        for (byte[] bad : List.of(java.util.Arrays.copyOf(good, 40), java.util.Arrays.copyOf(good, good.length / 2), large, endless, reference)) {
            MediaAttachment failed = world.processed(world.upload(ALICE, bad, Wish.NOTHING));
            assertTrue(failed.isFailed(), failed.toString());
        }
    }
}
