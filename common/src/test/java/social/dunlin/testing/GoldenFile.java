package social.dunlin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pins a text in a file of the repository, so that each change to it shows in review. {@code mvn test
 * -Ddunlin.test.rewrite=true} writes the files anew.
 */
public final class GoldenFile {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private GoldenFile() {
    }

    /** @param name file below the module's {@code src/test/resources/golden} */
    public static void check(Path name, String actual) {
        checkFile(FOLDER.resolve(name), actual);
    }

    /** For generated files elsewhere, such as documentation. The path is relative to the module. */
    public static void checkFile(Path file, String actual) {
        try {
            if (Boolean.getBoolean("dunlin.test.rewrite")) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
                return;
            }
            if (Files.notExists(file)) {
                fail("%s does not exist; write it with -Ddunlin.test.rewrite=true".formatted(file));
            }
            assertEquals(Files.readString(file), actual,
                    () -> "%s is stale; rewrite it with -Ddunlin.test.rewrite=true and review the difference"
                            .formatted(file));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
