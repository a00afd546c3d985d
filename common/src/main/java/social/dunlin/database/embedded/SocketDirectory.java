package social.dunlin.database.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A folder for PostgreSQL's socket that nobody but its owner may enter, with a path short enough for a socket. */
final class SocketDirectory {
    private static final int NAME_BYTES = 8;

    private SocketDirectory() {
    }

    static Path prepare(Path dataDirectory, int longest) throws IOException {
        Path inside = dataDirectory.resolve("socket");
        Path chosen = length(inside) <= longest ? inside : outside(dataDirectory);
        if (Files.notExists(chosen, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(chosen,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        // Someone else may have put a link or a folder of theirs in a shared place.
        if (!Files.isDirectory(chosen, LinkOption.NOFOLLOW_LINKS)
                || !chosen.equals(inside) && !mine(chosen, dataDirectory)) {
            throw new EmbeddedPostgresException("%s is in the way of PostgreSQL's socket: remove it, or choose a data directory with a shorter path."
                    .formatted(chosen));
        }
        Files.setPosixFilePermissions(chosen, PosixFilePermissions.fromString("rwx------"));
        return chosen;
    }

    private static Path outside(Path dataDirectory) {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        Path base = runtime != null && Files.isWritable(Path.of(runtime)) ? Path.of(runtime) : Path.of("/tmp");
        return base.resolve("dunlin-" + hash(dataDirectory));
    }

    private static boolean mine(Path folder, Path dataDirectory) throws IOException {
        return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(dataDirectory.resolve("postgres")));
    }

    private static int length(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static String hash(Path path) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
