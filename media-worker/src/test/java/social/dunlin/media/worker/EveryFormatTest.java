package social.dunlin.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static social.dunlin.testing.SamplePictures.SECRET;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import social.dunlin.database.Database;
import social.dunlin.media.FormatDetector;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.MediaUploads.Wish;
import social.dunlin.media.worker.engine.VipsEngine;
import social.dunlin.media.worker.program.Program;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.SamplePictures;

/**
 * A file of every format that is taken, as cameras and programs make them, with a place and a name wherever the format has
 * room for it: beside the picture, within it, in tracks of their own, in pictures of covers. Nobody is served any of it.
 */
@ExtendWith(DatabaseExtension.class)
class EveryFormatTest {
    private static final Optional<VipsEngine> ENGINE = VipsEngine.find();
    private static final List<String> TELLING = List.of("-metadata", "title=" + SECRET, "-metadata", "artist=" + SECRET, "-metadata", "comment=" + SECRET,
        "-metadata", "location=+54.5282+009.5282/", "-metadata", "com.apple.quicktime.location.ISO6709=+54.5282+009.5282/", "-metadata:s:0", "title=" + SECRET);
    private static final List<String> WORDS_IN_THE_STREAM = List.of("-pix_fmt", "yuv420p", "-c:v", "libx264", "-bsf:v", "h264_metadata=sei_user_data=086f3693b7b34f2c965321492feee5b8+" + SECRET);
    @TempDir
    static Path folder;
    private static MediaWorld world;

    @BeforeEach
    void world(Database database, Vertx vertx, PgConnectOptions options) {
        assumeTrue(ENGINE.isPresent(), "libvips is not installed: 'apt-get install libvips-tools', as ./dunlin test does");
        if (world == null) {
            world = new MediaWorld(database, vertx, options, folder, ENGINE.get());
        }
        assumeTrue(world.ffmpeg.isThere(), "ffmpeg is not installed: 'apt-get install ffmpeg', as ./dunlin test does");
    }

    @ParameterizedTest
    @EnumSource(MediaFormat.class)
    void noServedByteTellsOfPeople(MediaFormat format) throws Exception {
        byte[] sample = sample(format);
        assertEquals(Optional.of(format), FormatDetector.detect(sample));
        assertTrue(SamplePictures.tells(sample), "tells before");
        MediaAttachment ready = world.processed(world.upload(ALICE, sample, Wish.NOTHING));
        assertTrue(ready.isReady(), ready.toString());
        assertNotNull(ready.blob());
        assertEquals(hasPicture(format), ready.previewBlob() != null);
        if (format.isImage()) {
            world.uploads.profilePicture(world.statuses.village.account(ALICE), Purpose.AVATAR, world.sent(sample, null));
            world.uploads.profilePicture(world.statuses.village.account(BOB), Purpose.HEADER, world.sent(sample, null));
            world.work();
            assertNotNull(world.statuses.village.account(ALICE).avatarBlob());
        }
        world.upkeep.deleteUnused();
        for (Path file : world.files()) {
            assertFalse(SamplePictures.tells(Files.readAllBytes(file)), file.toString());
        }
    }

    /** The sounds are those with a cover, where they can have one. */
    private static boolean hasPicture(MediaFormat format) {
        return format.isImage() || format.isVideo() || List.of(MediaFormat.MP3, MediaFormat.FLAC, MediaFormat.M4A).contains(format);
    }

    private static byte[] sample(MediaFormat format) throws Exception {
        byte[] photograph = SamplePictures.tellingJpeg(SamplePictures.gradient(640, 480), 6);
        return switch (format) {
            case JPEG -> photograph;
            case PNG -> SamplePictures.tellingPng(SamplePictures.gradient(640, 480), 3);
            case GIF -> SamplePictures.tellingGif(80, 40, 3);
            case WEBP, AVIF, HEIC -> converted(photograph, format);
            case MP4 -> film(format, words("mov_text"), WORDS_IN_THE_STREAM, List.of("-c:a", "aac", "-movflags", "use_metadata_tags"));
            case QUICKTIME -> film(format, words("mov_text"), WORDS_IN_THE_STREAM, List.of("-c:a", "pcm_s16le"));
            case WEBM -> film(format, words("webvtt"), List.of("-c:v", "libvpx"), List.of("-c:a", "libopus"));
            case MP3 -> sound(format, cover(photograph), List.of("-id3v2_version", "3", "-write_id3v1", "1"));
            case FLAC, M4A -> sound(format, cover(photograph), List.of("-disposition:v", "attached_pic"));
            case OGG -> sound(format, List.of(), List.of("-c:a", "libvorbis"));
            case WAV -> sound(format, List.of(), List.of("-write_bext", "1", "-metadata", "originator=" + SECRET));
            // Has no room for words but behind its end, where programs of old wrote them.
            case AAC -> SamplePictures.join(sound(format, List.of(), List.of("-f", "adts")), "TAG".getBytes(), SECRET.getBytes(), new byte[110]);
        };
    }

    private static byte[] converted(byte[] photograph, MediaFormat format) throws Exception {
        assumeTrue(ENGINE.orElseThrow().formats().contains(format), "this libvips reads no " + format);
        Path camera = Files.write(folder.resolve("camera.jpg"), photograph);
        return made(format, List.of("vips", "copy", camera.toString()));
    }

    private static List<String> words(String codec) throws Exception {
        Path words = Files.writeString(folder.resolve("words.srt"), "1\n00:00:00,000 --> 00:00:01,000\n%s\n".formatted(SECRET));
        return List.of("-i", words.toString(), "-map", "0", "-map", "1", "-map", "2", "-c:s", codec);
    }

    private static List<String> cover(byte[] photograph) throws Exception {
        Path cover = Files.write(folder.resolve("cover.jpg"), photograph);
        return List.of("-i", cover.toString(), "-map", "0", "-map", "1", "-c:v", "copy");
    }

    private static byte[] film(MediaFormat format, List<String> words, List<String> picture, List<String> sound) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=160x90:rate=10:duration=1",
            "-f", "lavfi", "-i", "sine=frequency=440:duration=1"));
        command.addAll(words);
        command.addAll(TELLING);
        command.addAll(picture);
        command.addAll(sound);
        return made(format, command);
    }

    private static byte[] sound(MediaFormat format, List<String> cover, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=440:duration=1"));
        command.addAll(cover);
        command.addAll(TELLING);
        command.addAll(options);
        return made(format, command);
    }

    /** What the command writes as its last word. */
    private static byte[] made(MediaFormat format, List<String> command) throws Exception {
        Path target = folder.resolve("sample." + format.extension());
        List<String> all = new ArrayList<>(command);
        all.add(target.toString());
        Program.run(all, folder, Map.of(), new Program.Limits(Duration.ofSeconds(60), 3_000, 50));
        return Files.readAllBytes(target);
    }
}
