package social.dunlin.media.worker.film;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaLimits;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.Raster;
import social.dunlin.media.worker.engine.WorkFolder;
import social.dunlin.media.worker.program.ProgramFailure;

/**
 * Films and sounds as browsers play them. What they play already is only packed anew, without what it told about people;
 * the rest is encoded.
 */
@ApplicationScoped
public class FilmProcessor {
    private static final int POSTER = 600;
    private static final Set<String> WEB_PICTURES = Set.of("vp8", "vp9", "av1");
    private static final Set<String> WEB_SOUNDS = Set.of("opus", "vorbis");
    /** Even sizes, which H.264 needs, no larger than full HD, and no more than 60 pictures a second. */
    private static final String FULL_HD = "fps=fps='min(60,source_fps)',scale=w='trunc(min(1,1920/max(iw,ih))*iw/2)*2':h='trunc(min(1,1920/max(iw,ih))*ih/2)*2'";
    private static final List<String> ENCODE_PICTURE = List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-pix_fmt", "yuv420p", "-threads", "2");
    private static final List<String> ENCODE_SOUND = List.of("-c:a", "aac", "-b:a", "128k", "-ac", "2");
    private static final List<String> AT_ONCE = List.of("-movflags", "+faststart");

    private final Ffmpeg ffmpeg;

    public FilmProcessor(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * @param type      gifv, video or audio
     * @param poster    null when there is nothing to see
     * @param raster    of the poster
     * @param frameRate null without pictures
     */
    public record Made(String type, Path file, MediaFormat format, Path poster, PictureHeader posterHeader, Raster raster,
                       int width, int height, double duration, long bitRate, String frameRate) {
    }

    public boolean isPossible() {
        return ffmpeg.isThere();
    }

    public Made process(Path source, MediaFormat format, WorkFolder folder) throws ProgramFailure, IOException {
        Film film = ffmpeg.probe(source, format);
        return format.isAudio() ? sound(source, format, film, folder) : film(source, format, film, folder);
    }

    private Made film(Path source, MediaFormat format, Film film, WorkFolder folder) throws ProgramFailure, IOException {
        Film.Picture picture = film.picture().orElseThrow(() -> ProgramFailure.of("no picture in it"));
        if ((long) picture.width() * picture.height() > MediaLimits.VIDEO_PIXELS || picture.width() < 1 || picture.height() < 1) {
            throw ProgramFailure.of("%dx%d is too large for a film".formatted(picture.width(), picture.height()));
        }
        if (format != MediaFormat.GIF && picture.framesPerSecond() > MediaLimits.VIDEO_FRAME_RATE) {
            throw ProgramFailure.of("too many pictures a second");
        }
        if (film.duration() > MediaLimits.VIDEO_SECONDS) {
            throw ProgramFailure.of("%.0f seconds are too long for a film".formatted(film.duration()));
        }
        boolean webm = format == MediaFormat.WEBM && WEB_PICTURES.contains(picture.codec()) && film.audioCodec().map(WEB_SOUNDS::contains).orElse(true);
        MediaFormat target = webm ? MediaFormat.WEBM : MediaFormat.MP4;
        Path file = folder.file("film." + target.extension());
        ffmpeg.convert(source, format, webm ? repack("webm") : options(format, picture, film), file);
        Film made = ffmpeg.probe(file, target);
        Path poster = folder.file("poster.jpg");
        Raster raster = ffmpeg.poster(file, target, POSTER, poster);
        Film.Picture shown = made.picture().orElseThrow(() -> ProgramFailure.of("no picture is left"));
        return new Made(format == MediaFormat.GIF ? "gifv" : "video", file, target, poster, Pictures.header(poster, MediaFormat.JPEG), raster,
            shown.shownWidth(), shown.shownHeight(), made.duration(), made.bitRate(), shown.frameRate());
    }

    private static List<String> repack(String muxer) {
        return List.of("-map", "0:v:0", "-map", "0:a:0?", "-c", "copy", "-f", muxer);
    }

    private static List<String> options(MediaFormat format, Film.Picture picture, Film film) {
        List<String> options = new ArrayList<>(List.of("-map", "0:v:0"));
        boolean plays = picture.codec().equals("h264") && Set.of("yuv420p", "yuvj420p").contains(picture.pixelFormat());
        if (plays) {
            // Cameras write places and times into supplemental information (SEI) too.
            options.addAll(List.of("-c:v", "copy", "-bsf:v", "filter_units=remove_types=6"));
        } else {
            options.addAll(List.of("-vf", FULL_HD));
            options.addAll(ENCODE_PICTURE);
        }
        if (format == MediaFormat.GIF) {
            options.add("-an");
        } else {
            options.addAll(List.of("-map", "0:a:0?"));
            options.addAll(film.audioCodec().filter("aac"::equals).isPresent() ? List.of("-c:a", "copy") : ENCODE_SOUND);
        }
        options.addAll(AT_ONCE);
        options.addAll(List.of("-f", "mp4"));
        return options;
    }

    private Made sound(Path source, MediaFormat format, Film film, WorkFolder folder) throws ProgramFailure, IOException {
        String codec = film.audioCodec().orElseThrow(() -> ProgramFailure.of("no sound in it"));
        if (film.picture().isPresent()) {
            throw ProgramFailure.of("a film in a container for sound");
        }
        boolean m4a = codec.equals("aac");
        MediaFormat target = m4a ? MediaFormat.M4A : MediaFormat.MP3;
        Path file = folder.file("sound." + target.extension());
        List<String> options = new ArrayList<>(List.of("-map", "0:a:0", "-vn"));
        if (m4a || codec.equals("mp3")) {
            options.addAll(List.of("-c:a", "copy"));
        } else {
            options.addAll(List.of("-c:a", "libmp3lame", "-q:a", "3", "-ac", "2"));
        }
        options.addAll(m4a ? List.of("-movflags", "+faststart", "-f", "ipod") : List.of("-id3v2_version", "0", "-f", "mp3"));
        ffmpeg.convert(source, format, options, file);
        Film made = ffmpeg.probe(file, target);
        Optional<Path> cover = film.hasCover() ? Optional.of(folder.file("poster.jpg")) : Optional.empty();
        Raster raster = cover.isPresent() ? ffmpeg.poster(source, format, POSTER, cover.get()) : null;
        return new Made("audio", file, target, cover.orElse(null), cover.isPresent() ? Pictures.header(cover.get(), MediaFormat.JPEG) : null, raster,
            0, 0, made.duration(), made.bitRate(), null);
    }
}
