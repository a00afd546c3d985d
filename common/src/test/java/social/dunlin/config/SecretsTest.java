package social.dunlin.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.StartupException;

class SecretsTest {
    @TempDir
    Path data;

    @Test
    void secretIsMadeOnceAndKeptForItsOwnerAlone() throws IOException {
        byte[] first = new Secrets(data).secret("session");
        assertEquals(Secrets.BYTES, first.length);
        assertArrayEquals(first, new Secrets(data).secret("session"));
        assertFalse(Arrays.equals(first, new Secrets(data).secret("other")));
        assertEquals("rwx------", permissions(data.resolve("secrets")));
        assertEquals("rw-------", permissions(data.resolve("secrets/session")));
    }

    @Test
    void manyAtOnceGetTheSameSecret() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> ask = () -> HexFormat.of().formatHex(new Secrets(data).secret("session"));
            var answers = threads.invokeAll(Stream.generate(() -> ask).limit(20).toList());
            long distinct = 0;
            String first = answers.getFirst().get();
            for (Future<String> answer : answers) {
                distinct += answer.get().equals(first) ? 0 : 1;
            }
            assertEquals(0, distinct);
        }
    }

    @Test
    void openedPermissionsAreClosedAgain() throws IOException {
        byte[] secret = new Secrets(data).secret("session");
        Files.setPosixFilePermissions(data.resolve("secrets/session"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(data.resolve("secrets"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertArrayEquals(secret, new Secrets(data).secret("session"));
        assertEquals("rw-------", permissions(data.resolve("secrets/session")));
        assertEquals("rwx------", permissions(data.resolve("secrets")));
    }

    @Test
    void damagedSecretIsRefusedAndNotReplaced() throws IOException {
        new Secrets(data).secret("session");
        Files.write(data.resolve("secrets/session"), new byte[3]);
        String message = assertThrows(StartupException.class, () -> new Secrets(data).secret("session")).getMessage();
        assertTrue(message.contains("is damaged (3 bytes instead of 32)"), message);
        assertEquals(3, Files.size(data.resolve("secrets/session")));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
