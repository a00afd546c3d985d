package social.dunlin.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the bytes of a picture, film or sound can be. A blob's key ends in the extension, so that its content type needs no
 * record of its own and nothing outside of this list is ever served under a type that a browser would run.
 */
public enum MediaFormat {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp"),
    AVIF("image/avif", "avif"),
    HEIC("image/heic", "heic"),
    MP4("video/mp4", "mp4"),
    QUICKTIME("video/quicktime", "mov"),
    WEBM("video/webm", "webm"),
    MP3("audio/mpeg", "mp3"),
    OGG("audio/ogg", "ogg"),
    FLAC("audio/flac", "flac"),
    WAV("audio/wav", "wav"),
    M4A("audio/mp4", "m4a"),
    AAC("audio/aac", "aac");

    private static final Map<String, MediaFormat> BY_EXTENSION = Arrays.stream(values())
        .collect(Collectors.toUnmodifiableMap(MediaFormat::extension, Function.identity()));

    private final String contentType;
    private final String extension;

    MediaFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    public String contentType() {
        return contentType;
    }

    /** Without a dot. */
    public String extension() {
        return extension;
    }

    public boolean isImage() {
        return contentType.startsWith("image/");
    }

    public boolean isVideo() {
        return contentType.startsWith("video/");
    }

    public boolean isAudio() {
        return contentType.startsWith("audio/");
    }

    public static Optional<MediaFormat> ofExtension(String extension) {
        return Optional.ofNullable(BY_EXTENSION.get(extension.toLowerCase(Locale.ROOT)));
    }
}
