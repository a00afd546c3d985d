package social.dunlin.media.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Blobs as files: {@code KIND/NA/NAME.EXTENSION}, the two letters spreading them over folders. A file is written under
 * another name, forced to the disk and then renamed, so nobody ever sees half of one.
 */
public final class DiskBlobStore implements BlobStore {
    private static final String UNFINISHED = ".unfinished";
    private static final Logger LOG = Logger.getLogger(DiskBlobStore.class);

    private final Path folder;
    private final long freeBytes;

    /** @param freeBytes what is left free on the disk, for the database above all */
    public DiskBlobStore(Path folder, long freeBytes) {
        this.folder = folder;
        this.freeBytes = freeBytes;
    }

    @Override
    public void put(BlobKey key, BlobContent content) throws IOException {
        Path unfinishedFolder = Files.createDirectories(folder.resolve(UNFINISHED));
        long free = Files.getFileStore(unfinishedFolder).getUsableSpace();
        if (free - content.size() < freeBytes) {
            throw new BlobStoreFull("%d MB are free in %s, and %d MB are to stay free".formatted(free >> 20, folder, freeBytes >> 20));
        }
        Path unfinished = unfinishedFolder.resolve(UUID.randomUUID().toString());
        try {
            write(key, content, unfinished);
            Path target = path(key);
            createFolders(target.getParent());
            move(unfinished, target);
            force(target.getParent());
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(BlobKey key, BlobContent content, Path file) throws IOException {
        MessageDigest digest = BlobContent.digest();
        long written;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
             InputStream source = content.source().open()) {
            OutputStream target = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            written = source.transferTo(target);
            channel.force(true);
        }
        if (written != content.size() || !HexFormat.of().formatHex(digest.digest()).equals(content.sha256())) {
            throw new IOException("The bytes for %s are not those that were announced (%d of %d)".formatted(key, written, content.size()));
        }
    }

    private void createFolders(Path wanted) throws IOException {
        if (Files.notExists(wanted)) {
            Files.createDirectories(wanted);
            force(wanted.getParent());
            force(folder);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException failure) {
            throw new IOException("The folder of media must be one file system", failure);
        }
    }

    /** A new name is on the disk only when its folder is. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<InputStream> open(BlobKey key, long offset, long length) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path(key), StandardOpenOption.READ);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        try {
            channel.position(offset);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        return Optional.of(new BoundedInputStream(Channels.newInputStream(channel), length));
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key) throws IOException {
        try {
            return Optional.of(stat(key, path(key)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static BlobStat stat(BlobKey key, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new BlobStat(key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    @Override
    public void delete(Collection<BlobKey> keys) throws IOException {
        for (BlobKey key : keys) {
            Files.deleteIfExists(path(key));
        }
    }

    @Override
    public List<BlobStat> list(String kind, Optional<BlobKey> after, int limit) throws IOException {
        List<BlobStat> found = new ArrayList<>();
        for (Path shelf : sorted(folder.resolve(kind))) {
            String letters = shelf.getFileName().toString();
            if (found.size() >= limit) {
                break;
            }
            if (after.isEmpty() || letters.compareTo(after.get().name().substring(0, 2)) >= 0) {
                addFrom(shelf, kind, after, limit, found);
            }
        }
        return found;
    }

    private static void addFrom(Path shelf, String kind, Optional<BlobKey> after, int limit, List<BlobStat> found) throws IOException {
        // Sorted as keys: of two names one of which begins the other, the dot decides.
        for (Path file : sorted(shelf)) {
            Optional<BlobKey> key = BlobKey.tryParse(kind + "/" + file.getFileName());
            if (found.size() < limit && key.isPresent() && (after.isEmpty() || key.get().compareTo(after.get()) > 0)) {
                try {
                    found.add(stat(key.get(), file));
                } catch (NoSuchFileException deletedMeanwhile) {
                    LOG.tracef("%s is gone", file);
                }
            }
        }
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted(java.util.Comparator.comparing(entry -> entry.getFileName().toString())).toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }

    @Override
    public Set<String> kinds() throws IOException {
        return sorted(folder).stream().map(entry -> entry.getFileName().toString()).filter(BlobKey::isKind).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is missing to twice the room that is to stay free. */
    @Override
    public long shortage() throws IOException {
        return Files.isDirectory(folder) ? Math.max(0, 2 * freeBytes - Files.getFileStore(folder).getUsableSpace()) : 0;
    }

    @Override
    public Optional<Path> file(BlobKey key) {
        return Optional.of(path(key)).filter(Files::isRegularFile);
    }

    @Override
    public void removeUnfinished(Duration age) throws IOException {
        Instant oldest = Instant.now().minus(age);
        for (Path file : sorted(folder.resolve(UNFINISHED))) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path path(BlobKey key) {
        return folder.resolve(key.kind()).resolve(key.name().substring(0, 2))
            .resolve(key.extension().isEmpty() ? key.name() : key.name() + "." + key.extension());
    }
}
