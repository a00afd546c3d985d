package social.dunlin.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what a file is by its first bytes, whatever its name or its sender says. What is not in this table, SVG and
 * everything a browser could run above all, is no media.
 */
public final class FormatDetector {
    /** Enough for the brands of any file made by a program, and for the beginning of a WebM. */
    private static final int BEGINNING = 4096;
    private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
    private static final Set<String> AUDIO_BRANDS = Set.of("M4A ", "M4B ", "M4P ");
    private static final Set<String> MP4_BRANDS = Set.of("isom", "iso2", "iso4", "iso5", "iso6", "iso8", "mp41", "mp42", "mp71", "avc1", "dash", "M4V ",
        "M4VH", "M4VP", "MSNV", "3gp4", "3gp5", "3gp6", "3g2a", "mmp4", "f4v ", "XAVC", "hvc1", "av01");
    private static final Set<String> QUICKTIME_ATOMS = Set.of("moov", "mdat", "wide", "free", "skip", "pnot");
    /** What else people and programs call the same. */
    private static final Map<String, Set<String>> OTHER_NAMES = Map.of(
        "image/jpeg", Set.of("image/jpg", "image/pjpeg"),
        "image/png", Set.of("image/apng", "image/x-png"),
        "image/heic", Set.of("image/heif", "image/heic-sequence", "image/heif-sequence"),
        "video/mp4", Set.of("video/x-m4v", "video/3gpp", "video/3gpp2", "video/quicktime", "audio/mp4", "application/mp4"),
        "video/quicktime", Set.of("video/mp4"),
        "video/webm", Set.of("audio/webm"),
        "audio/mpeg", Set.of("audio/mp3", "audio/x-mp3", "audio/mpeg3"),
        "audio/ogg", Set.of("application/ogg", "video/ogg", "audio/opus", "audio/vorbis"),
        "audio/flac", Set.of("audio/x-flac"),
        "audio/wav", Set.of("audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/x-pn-wave"));
    private static final Map<String, Set<String>> OTHER_NAMES_OF_AUDIO = Map.of(
        "audio/mp4", Set.of("audio/m4a", "audio/x-m4a", "audio/aac", "video/mp4"),
        "audio/aac", Set.of("audio/x-aac", "audio/aacp", "audio/x-hx-aac-adts"));

    private FormatDetector() {
    }

    public static Optional<MediaFormat> detect(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return detect(stream.readNBytes(BEGINNING));
        }
    }

    /** By the beginning of a file; {@value #BEGINNING} bytes are plenty. */
    public static Optional<MediaFormat> detect(byte[] bytes) {
        return Optional.ofNullable(format(bytes));
    }

    private static MediaFormat format(byte[] bytes) {
        if (starts(bytes, 0xff, 0xd8, 0xff)) {
            return MediaFormat.JPEG;
        }
        if (starts(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return MediaFormat.PNG;
        }
        return switch (text(bytes, 0, 4)) {
            case "GIF8" -> text(bytes, 4, 2).matches("[79]a") ? MediaFormat.GIF : null;
            case "RIFF" -> switch (text(bytes, 8, 4)) {
                case "WEBP" -> MediaFormat.WEBP;
                case "WAVE" -> MediaFormat.WAV;
                default -> null;
            };
            case "OggS" -> MediaFormat.OGG;
            case "fLaC" -> MediaFormat.FLAC;
            case "\u001a\u0045\u00df\u00a3" -> text(bytes, 0, Math.min(bytes.length, 64)).contains("webm") ? MediaFormat.WEBM : null;
            default -> text(bytes, 0, 3).equals("ID3") ? MediaFormat.MP3 : boxes(bytes);
        };
    }

    private static MediaFormat boxes(byte[] bytes) {
        String type = text(bytes, 4, 4);
        if (type.equals("ftyp")) {
            return branded(bytes);
        }
        if (QUICKTIME_ATOMS.contains(type)) {
            return MediaFormat.QUICKTIME;
        }
        return frames(bytes);
    }

    /** The brands of a file of the ISO base media format: the main one, a version, and others it complies with. */
    private static MediaFormat branded(byte[] bytes) {
        int end = Math.min(bytes.length, (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff);
        String main = text(bytes, 8, 4);
        Set<String> all = new java.util.HashSet<>(Set.of(main));
        for (int offset = 16; offset + 4 <= end; offset += 4) {
            all.add(text(bytes, offset, 4));
        }
        if (all.contains("avif") || all.contains("avis")) {
            return MediaFormat.AVIF;
        }
        if (HEIC_BRANDS.contains(main) || main.equals("heif")) {
            return MediaFormat.HEIC;
        }
        if (AUDIO_BRANDS.contains(main)) {
            return MediaFormat.M4A;
        }
        if (main.equals("qt  ")) {
            return MediaFormat.QUICKTIME;
        }
        return MP4_BRANDS.stream().anyMatch(all::contains) || main.startsWith("3g") ? MediaFormat.MP4 : null;
    }

    /** Sound that begins with its first frame: 11 bits set, then version and layer (3 for MP3, none for ADTS). */
    private static MediaFormat frames(byte[] bytes) {
        if (bytes.length < 4 || (bytes[0] & 0xff) != 0xff || (bytes[1] & 0xe0) != 0xe0) {
            return null;
        }
        int layer = bytes[1] >> 1 & 3;
        if (layer == 0 && (bytes[1] & 0xf0) == 0xf0) {
            return MediaFormat.AAC;
        }
        boolean sensible = layer == 1 && (bytes[1] >> 3 & 3) != 1 && (bytes[2] & 0xf0) != 0xf0 && (bytes[2] & 0x0c) != 0x0c;
        return sensible ? MediaFormat.MP3 : null;
    }

    /** Whether what a sender calls the file is right; no claim at all is. */
    public static boolean fits(MediaFormat format, String claimed) {
        if (claimed == null) {
            return true;
        }
        int semicolon = claimed.indexOf(';');
        String type = (semicolon < 0 ? claimed : claimed.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("application/octet-stream") || type.equals("binary/octet-stream") || type.equals(format.contentType())
            || OTHER_NAMES.getOrDefault(format.contentType(), Set.of()).contains(type)
            || OTHER_NAMES_OF_AUDIO.getOrDefault(format.contentType(), Set.of()).contains(type);
    }

    private static boolean starts(byte[] bytes, int... wanted) {
        return bytes.length >= wanted.length
            && Arrays.equals(wanted, java.util.stream.IntStream.range(0, wanted.length).map(index -> bytes[index] & 0xff).toArray());
    }

    private static String text(byte[] bytes, int offset, int length) {
        return offset + length > bytes.length ? "" : new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
}
