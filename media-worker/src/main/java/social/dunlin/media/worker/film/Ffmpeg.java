package social.dunlin.media.worker.film;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.worker.engine.Raster;
import social.dunlin.media.worker.film.Film.Picture;
import social.dunlin.media.worker.program.Program;
import social.dunlin.media.worker.program.ProgramFailure;

/**
 * ffmpeg and ffprobe. The demuxer is the one for the format found by the first bytes, never ffmpeg's guess, so that a
 * playlist cannot make it open other files; nothing but files can be opened at all.
 */
@ApplicationScoped
public class Ffmpeg {
    private static final Program.Limits LOOK = new Program.Limits(Duration.ofSeconds(30), 1_500, 50);
    private static final Program.Limits WORK = new Program.Limits(Duration.ofMinutes(20), 2_500, 400);
    private static final List<String> ONLY_FILES = List.of("-protocol_whitelist", "file");
    /** Of the container, the streams and the chapters; "bitexact" leaves out the names of programs too. */
    private static final List<String> WITHOUT_METADATA = List.of("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        "-flags:a", "+bitexact");

    private final ObjectMapper json;
    private final Optional<Path> ffmpeg = Program.find("ffmpeg");
    private final Optional<Path> ffprobe = Program.find("ffprobe");

    public Ffmpeg(ObjectMapper json) {
        this.json = json;
    }

    public boolean isThere() {
        return ffmpeg.isPresent() && ffprobe.isPresent();
    }

    /** What it takes, once it is there. */
    public Set<MediaFormat> formats() {
        return isThere() ? EnumSet.of(MediaFormat.MP4, MediaFormat.QUICKTIME, MediaFormat.WEBM, MediaFormat.MP3, MediaFormat.OGG, MediaFormat.FLAC,
            MediaFormat.WAV, MediaFormat.M4A, MediaFormat.AAC) : Set.of();
    }

    private static String demuxer(MediaFormat format) {
        return switch (format) {
            case MP4, QUICKTIME, M4A -> "mov";
            case WEBM -> "matroska";
            case GIF -> "gif";
            case MP3 -> "mp3";
            case OGG -> "ogg";
            case FLAC -> "flac";
            case WAV -> "wav";
            case AAC -> "aac";
            case JPEG, PNG, WEBP, AVIF, HEIC -> throw new IllegalArgumentException(format + " is no film");
        };
    }

    Film probe(Path source, MediaFormat format) throws ProgramFailure, IOException {
        List<String> command = new ArrayList<>(List.of(ffprobe.orElseThrow().toString(), "-v", "error"));
        command.addAll(ONLY_FILES);
        command.addAll(List.of("-f", demuxer(format), "-show_entries", "format=duration,bit_rate:stream=codec_type,codec_name,pix_fmt,width,height,avg_frame_rate,r_frame_rate"
            + ":stream_disposition=attached_pic:stream_side_data=rotation", "-of", "json", source.toString()));
        JsonNode told = json.readTree(Program.run(command, source.getParent(), Map.of(), LOOK));
        List<JsonNode> streams = StreamSupport.stream(told.path("streams").spliterator(), false).toList();
        return new Film(told.path("format").path("duration").asDouble(0), told.path("format").path("bit_rate").asLong(0),
            streams.stream().filter(stream -> isOf(stream, "video") && !isCover(stream)).findFirst().map(Ffmpeg::picture),
            streams.stream().filter(stream -> isOf(stream, "audio")).findFirst().map(stream -> stream.path("codec_name").asText()),
            streams.stream().anyMatch(stream -> isOf(stream, "video") && isCover(stream)));
    }

    private static boolean isOf(JsonNode stream, String type) {
        return stream.path("codec_type").asText().equals(type);
    }

    private static boolean isCover(JsonNode stream) {
        return stream.path("disposition").path("attached_pic").asInt() == 1;
    }

    private static Picture picture(JsonNode stream) {
        int rotation = StreamSupport.stream(stream.path("side_data_list").spliterator(), false).mapToInt(data -> data.path("rotation").asInt(0))
            .filter(value -> value != 0).findFirst().orElse(0);
        String rate = stream.path("avg_frame_rate").asText();
        return new Picture(stream.path("codec_name").asText(), stream.path("pix_fmt").asText(), stream.path("width").asInt(), stream.path("height").asInt(),
            rate.isEmpty() || rate.startsWith("0/") ? stream.path("r_frame_rate").asText() : rate, rotation);
    }

    /** @param options between the source and the target */
    void convert(Path source, MediaFormat format, List<String> options, Path target) throws ProgramFailure, IOException {
        List<String> command = begin(source, format);
        command.addAll(WITHOUT_METADATA);
        command.addAll(options);
        command.add(target.toString());
        Program.run(command, target.getParent(), Map.of(), WORK);
    }

    /** Writes the first picture as JPEG within the box, and gives it from afar. */
    Raster poster(Path source, MediaFormat format, int side, Path target) throws ProgramFailure, IOException {
        Path raster = target.resolveSibling("raster.rgb");
        List<String> command = begin(source, format);
        String fit = "scale=w='min(%1$d,iw)':h='min(%1$d,ih)':force_original_aspect_ratio=decrease".formatted(side);
        command.addAll(List.of("-an", "-frames:v", "1", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-vf", fit, "-q:v", "3", "-pix_fmt", "yuvj420p",
            "-f", "image2", "-update", "1", target.toString()));
        command.addAll(List.of("-an", "-frames:v", "1", "-vf", "scale=%1$d:%1$d".formatted(Raster.SIDE), "-f", "rawvideo", "-pix_fmt", "rgb24", raster.toString()));
        Program.run(command, target.getParent(), Map.of(), LOOK);
        return new Raster(Raster.SIDE, Raster.SIDE, java.nio.file.Files.readAllBytes(raster));
    }

    private List<String> begin(Path source, MediaFormat format) {
        List<String> command = new ArrayList<>(List.of(ffmpeg.orElseThrow().toString(), "-nostdin", "-v", "error", "-y", "-threads", "2"));
        command.addAll(ONLY_FILES);
        command.addAll(List.of("-f", demuxer(format), "-i", source.toString()));
        return command;
    }
}
