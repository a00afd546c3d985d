package social.dunlin.media.blob;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import social.dunlin.media.MediaFormat;

/**
 * Names a blob: {@code KIND/NAME.EXTENSION}. The kind says what it is for and can be listed by itself; the name is random
 * or the hash of the content; the extension is the {@link MediaFormat}, absent for what is never served. Nothing else can
 * be said with it, so no key leads out of a store.
 */
public record BlobKey(String kind, String name, String extension) implements Comparable<BlobKey> {
    private static final Pattern KIND = Pattern.compile("[a-z]{1,16}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{16,64}");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{0,8}");
    private static final Pattern WHOLE = Pattern.compile("([a-z]{1,16})/([a-z0-9]{16,64})(?:\\.([a-z0-9]{1,8}))?");

    public BlobKey {
        if (!KIND.matcher(kind).matches() || !NAME.matcher(name).matches() || !EXTENSION.matcher(extension).matches()) {
            throw new IllegalArgumentException("no key of a blob: " + kind + "/" + name + "." + extension);
        }
    }

    static boolean isKind(String text) {
        return KIND.matcher(text).matches();
    }

    /** A name that nobody can guess. */
    public static BlobKey random(String kind, MediaFormat format) {
        return new BlobKey(kind, randomName(), format.extension());
    }

    /** The same for what is never served. */
    public static BlobKey random(String kind) {
        return new BlobKey(kind, randomName(), "");
    }

    /** The name that everything of the same content has. */
    public static BlobKey ofContent(String kind, BlobContent content, MediaFormat format) {
        return new BlobKey(kind, content.sha256(), format.extension());
    }

    private static String randomName() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Nothing when the text is no key. */
    public static Optional<BlobKey> tryParse(String text) {
        var matcher = WHOLE.matcher(text);
        return matcher.matches()
            ? Optional.of(new BlobKey(matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3)))
            : Optional.empty();
    }

    /** The key that is known to be one, as from a row of ours. */
    public static BlobKey parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("no key of a blob: " + text));
    }

    public Optional<MediaFormat> format() {
        return MediaFormat.ofExtension(extension);
    }

    /** Of {@link #format}; what has none is served as bytes that mean nothing. */
    public String contentType() {
        return format().map(MediaFormat::contentType).orElse("application/octet-stream");
    }

    /** The order that every store lists in: of the characters of the whole text. */
    @Override
    public int compareTo(BlobKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind + "/" + name + (extension.isEmpty() ? "" : "." + extension);
    }
}
