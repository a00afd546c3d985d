package social.dunlin.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the PostgreSQL distribution that Maven brings as a {@code .txz} on the class path. The build of the
 * all-in-one runs it as a program to lay the distribution beside the application; tests call it.
 */
public final class PostgresArchive {
    private PostgresArchive() {
    }

    /** @param arguments the folder to make; it is left alone when it holds this distribution already */
    public static void main(String[] arguments) throws IOException {
        unpack(Path.of(arguments[0]).toAbsolutePath());
    }

    /** Whole or not at all: unpacked beside its place and moved there. */
    public static void unpack(Path target) throws IOException {
        String archive = "/postgres-linux-%s.txz".formatted(architecture());
        try (InputStream packed = PostgresArchive.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException("no PostgreSQL for this machine on the class path: " + archive);
            }
            String mark = archive + " " + packed.available();
            if (Files.exists(target.resolve("archive")) && Files.readString(target.resolve("archive")).equals(mark)) {
                return;
            }
            Files.createDirectories(target.getParent());
            Path unpacking = Files.createTempDirectory(target.getParent(), target.getFileName() + ".new-");
            try (TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(packed))) {
                unpack(entries, unpacking);
            }
            Files.writeString(unpacking.resolve("archive"), mark);
            Files.setPosixFilePermissions(unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
            delete(target);
            Files.move(unpacking, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void unpack(TarArchiveInputStream entries, Path folder) throws IOException {
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path file = folder.resolve(entry.getName()).normalize();
            if (!file.startsWith(folder)) {
                throw new IOException("an entry leaves the archive: " + entry.getName());
            }
            if (isForDevelopers(entry.getName())) {
                continue;
            }
            Files.createDirectories(entry.isDirectory() ? file : file.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else if (entry.isFile()) {
                Files.copy(entries, file);
                boolean program = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    private static boolean isForDevelopers(String name) {
        return name.endsWith(".a") || name.contains("/pkgconfig") || name.contains("/pgxs");
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
