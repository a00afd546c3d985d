package social.dunlin.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import social.dunlin.StartupException;

/**
 * Secrets of one machine, made once and kept as files in {@code DATA_DIR/secrets} that only their owner may read. For
 * what has to exist before the database does; secrets that all roles share live in the database.
 */
public final class Secrets {
    public static final int BYTES = 32;

    private static final Logger LOG = Logger.getLogger(Secrets.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path folder;

    public Secrets(Path dataDirectory) {
        this.folder = dataDirectory.resolve("secrets");
    }

    /** The {@value #BYTES} random bytes of that name: made at the first call ever, the same ones afterwards. */
    public byte[] secret(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for a secret: " + name);
        }
        Path file = folder.resolve(name);
        try {
            prepareFolder();
            byte[] kept = read(file);
            return kept != null ? kept : create(file);
        } catch (IOException problem) {
            throw new StartupException("The secrets in %s cannot be used: %s".formatted(folder, problem), problem);
        }
    }

    private void prepareFolder() throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder.getParent());
            try {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
            } catch (java.nio.file.FileAlreadyExistsException madeByAnother) {
                LOG.tracef("%s was made by another process", folder);
            }
        }
        close(folder, OWNER_FOLDER);
    }

    private byte[] create(Path file) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel guard = FileChannel.open(folder.resolve(".lock"),
                    EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_FILE));
                 FileLock held = guard.lock()) {
                byte[] madeByAnother = held.isValid() ? read(file) : null;
                if (madeByAnother != null) {
                    return madeByAnother;
                }
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                Path writing = file.resolveSibling("." + file.getFileName() + ".new");
                Files.deleteIfExists(writing);
                try (FileChannel channel = FileChannel.open(writing,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER_FILE))) {
                    channel.write(ByteBuffer.wrap(secret));
                    channel.force(true);
                }
                Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
                return secret;
            }
        }
    }

    private static byte[] read(Path file) throws IOException {
        byte[] secret;
        try {
            close(file, OWNER_FILE);
            secret = Files.readAllBytes(file);
        } catch (NoSuchFileException absent) {
            return null;
        }
        if (secret.length != BYTES) {
            throw new StartupException("The secret %s is damaged (%d bytes instead of %d): restore it from a backup."
                    .formatted(file, secret.length, BYTES));
        }
        return secret;
    }

    /** Volumes of container platforms are sometimes opened to a group when they are mounted; that is taken back. */
    private static void close(Path path, Set<PosixFilePermission> wanted) throws IOException {
        Set<PosixFilePermission> present = Files.getPosixFilePermissions(path);
        if (wanted.containsAll(present)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, wanted);
        } catch (IOException notMine) {
            throw new StartupException("%s can be read by others (%s) and that cannot be changed from here: run 'chmod %s %s' as its owner."
                    .formatted(path, PosixFilePermissions.toString(present), wanted == OWNER_FOLDER ? "700" : "600",
                            path), notMine);
        }
        LOG.warnf("%s could be read by others (%s); that is closed now", path,
                PosixFilePermissions.toString(present));
    }
}
