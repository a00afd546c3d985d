package social.dunlin.database.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which process looks after the cluster. The kernel drops the lock with its process, so a lock that is held has a
 * living holder; the file's text only tells others who that is.
 */
final class DataDirectoryLock implements AutoCloseable {

    /** What kind of process holds the lock. */
    enum Purpose {
        /** Stays: others may use its server. */
        SERVER,
        /** Ends soon and stops PostgreSQL with it: others wait. */
        COMMAND
    }

    record Holder(long processId, Purpose purpose) {
    }

    /** Closing any channel of a file drops this process's POSIX locks on it, so a held file is never opened again. */
    private static final Map<Path, Purpose> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private DataDirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The lock, or empty when another process (or this one) holds it. */
    static Optional<DataDirectoryLock> tryAcquire(Path file, Purpose purpose) throws IOException {
        if (HELD_HERE.putIfAbsent(file, purpose) != null) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (channel.tryLock() == null) {
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + " " + purpose + "\n")
                    .getBytes(StandardCharsets.UTF_8)), 0);
            acquired = true;
            return Optional.of(new DataDirectoryLock(file, channel));
        } finally {
            if (!acquired) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(file);
            }
        }
    }

    static Optional<Holder> holder(Path file) {
        Purpose own = HELD_HERE.get(file);
        if (own != null) {
            return Optional.of(new Holder(ProcessHandle.current().pid(), own));
        }
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return words.length == 2
                    ? Optional.of(new Holder(Long.parseLong(words[0]), Purpose.valueOf(words[1])))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException beingWritten) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
