package social.dunlin.media.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes to be stored. Size and checksum are known before: a store can say both to a remote service, and notices when the
 * bytes on the way were others.
 *
 * @param sha256 in hexadecimal digits
 * @param source opens the bytes from their beginning; a store may do so again after a failure
 */
public record BlobContent(long size, String sha256, Source source) {
    /** Opens the bytes. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /** A file, which is read once for its checksum. */
    public static BlobContent of(Path file) throws IOException {
        MessageDigest digest = digest();
        long size;
        try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
            size = stream.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return new BlobContent(size, HexFormat.of().formatHex(digest.digest()), () -> Files.newInputStream(file));
    }

    public static BlobContent of(byte[] bytes) {
        return new BlobContent(bytes.length, HexFormat.of().formatHex(digest().digest(bytes)), () -> new ByteArrayInputStream(bytes));
    }

    /** Of the kind that {@link #sha256} is. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
