package social.dunlin.media.proxy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may pass: pictures, films and sounds that no browser runs anything in. Above all no SVG, HTML or JSON. */
final class ProxiedTypes {
    private static final Set<String> ALLOWED = Set.of(
        "image/jpeg", "image/png", "image/apng", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif", "image/jxl", "image/bmp",
        "image/x-icon", "image/vnd.microsoft.icon",
        "video/mp4", "video/webm", "video/quicktime", "video/ogg", "video/x-m4v", "video/x-matroska", "video/3gpp",
        "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a", "audio/aac", "audio/ogg", "audio/opus", "audio/webm", "audio/flac",
        "audio/x-flac", "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/3gpp");

    private ProxiedTypes() {
    }

    /** The type without its parameters, when it may pass. */
    static Optional<String> of(String contentType) {
        return Optional.of(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)).filter(ALLOWED::contains);
    }
}
