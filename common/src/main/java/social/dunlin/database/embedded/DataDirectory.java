package social.dunlin.database.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What is asked of the folder around the cluster before PostgreSQL starts in it. */
final class DataDirectory {
    private DataDirectory() {
    }

    static void requireSpace(Path dataDirectory, long bytes) throws IOException {
        long usable = Files.getFileStore(dataDirectory).getUsableSpace();
        if (usable < bytes) {
            throw new EmbeddedPostgresException("Not enough space for PostgreSQL in %s: %d MB are free, %d MB are needed."
                    .formatted(dataDirectory, usable >> 20, bytes >> 20));
        }
    }

    static void removeHalfMadeClusters(Path dataDirectory) throws IOException {
        try (Stream<Path> remains = Files.list(dataDirectory)) {
            for (Path path : remains.filter(path -> path.getFileName().toString().startsWith("postgres.new-"))
                    .toList()) {
                delete(path);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static EmbeddedPostgresException unusable(Path dataDirectory, IOException problem) {
        String reason = switch (problem) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is no directory";
            case FileSystemException other when other.getReason() != null ->
                    other.getReason() + " (" + other.getFile() + ")";
            case IOException other -> other.getMessage();
        };
        return new EmbeddedPostgresException("The data directory %s cannot be used: %s."
                .formatted(dataDirectory, reason), problem);
    }
}
