package social.dunlin.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file under {@code golden/activitypub}; {@code -Ddunlin.test.rewrite=true} writes it anew. */
final class PinnedFile {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden/activitypub");

    private PinnedFile() {
    }

    static void assertPinned(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (Boolean.getBoolean("dunlin.test.rewrite")) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, actual);
        }
        assertEquals(Files.readString(file), actual, name);
    }
}
