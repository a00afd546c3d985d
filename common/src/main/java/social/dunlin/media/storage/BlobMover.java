package social.dunlin.media.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.BlobStore;

/** Copies one blob and reads it again from where it came to, byte for byte by its checksum. */
@ApplicationScoped
public class BlobMover {
    private static final Logger LOG = Logger.getLogger(BlobMover.class);

    private final DunlinConfiguration configuration;

    public BlobMover(DunlinConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Whether the target has it now, or had it already. False when the source cannot read its own; then it stays.
     *
     * @throws IOException when the target does not take it or gives back something else
     */
    boolean copy(BlobStat blob, BlobStore source, BlobStore target) throws IOException {
        Optional<Path> file = source.file(blob.key());
        Path copy = file.isPresent() ? null : Files.createTempFile(Files.createDirectories(configuration.data().dir().resolve("tmp")), "blob-", null);
        try {
            Optional<BlobContent> content = read(blob, source, file.orElse(copy), copy != null);
            return content.isEmpty() || put(blob.key(), content.get(), target);
        } catch (Unreadable damaged) {
            LOG.warnf("%s cannot be read and is not moved: %s", blob.key(), damaged.getMessage());
            return false;
        } finally {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        }
    }

    private static final class Unreadable extends Exception {
        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Nothing when somebody has deleted it meanwhile. */
    private static Optional<BlobContent> read(BlobStat blob, BlobStore source, Path file, boolean fetched) throws IOException, Unreadable {
        if (fetched) {
            // From a store over the network: failing to reach it is no fault of the blob.
            Optional<InputStream> bytes = source.open(blob.key());
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream open = bytes.get()) {
                Files.copy(open, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try {
            return Optional.of(BlobContent.of(file));
        } catch (IOException failure) {
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            throw new Unreadable(failure);
        }
    }

    private static boolean put(BlobKey key, BlobContent content, BlobStore target) throws IOException {
        if (!has(key, content, target)) {
            target.put(key, content);
            if (!has(key, content, target)) {
                throw new IOException("%s is not what it was after it was stored".formatted(key));
            }
        }
        return true;
    }

    private static boolean has(BlobKey key, BlobContent content, BlobStore target) throws IOException {
        if (target.stat(key).filter(found -> found.size() == content.size()).isEmpty()) {
            return false;
        }
        MessageDigest digest = BlobContent.digest();
        try (InputStream bytes = target.open(key).orElse(InputStream.nullInputStream());
             OutputStream summing = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            bytes.transferTo(summing);
        }
        return HexFormat.of().formatHex(digest.digest()).equals(content.sha256());
    }
}
