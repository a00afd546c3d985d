package social.dunlin.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.StartupException;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Durability;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.RootStrategy;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Transport;
import social.dunlin.testing.TestPostgres;

class DatabaseProbeTest {
    @Test
    void serverThatFitsIsAccepted() {
        TestPostgres postgres = TestPostgres.start();
        DatabaseProbe.check(postgres.uriOf("postgres"), Optional.empty(), Optional.empty());
    }

    @Test
    void missingDatabaseIsNamed() {
        String message = refusal(TestPostgres.start().uriOf("nowhere"), Optional.empty());
        assertTrue(message.endsWith("/nowhere does not exist; make it with CREATE DATABASE."), message);
    }

    @Test
    void wrongPasswordIsNamedButNotPrinted(@TempDir Path folder) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(new EmbeddedPostgresSettings(folder,
                TestPostgres.binaries(), Transport.LOOPBACK, Durability.FORGETFUL, RootStrategy.AUTOMATIC, NodeSize.SMALL))) {
            String message = refusal(postgres.connectionUri(), Optional.of("hunter2"));
            assertTrue(message.contains("does not let the user dunlin in: password authentication failed"), message);
            assertFalse(message.contains("hunter2"), message);
        }
    }

    @Test
    void closedPortIsNamed() throws IOException {
        // Taken, so that nobody else begins to listen there, and not listened on.
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = socket.getLocalPort();
            assertEquals("The database 127.0.0.1:%d/dunlin cannot be reached: nobody listens there.".formatted(port),
                    refusal("postgresql://user:hunter2@127.0.0.1:%d/dunlin".formatted(port), Optional.empty()));
        }
    }

    @Test
    void strangerOnThePortIsNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (var connection = socket.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    connection.shutdownOutput();
                    connection.getInputStream().readAllBytes();
                } catch (IOException ended) {
                    throw new java.io.UncheckedIOException(ended);
                }
            });
            String message = refusal("postgresql://127.0.0.1:%d/dunlin".formatted(socket.getLocalPort()),
                    Optional.empty());
            assertTrue(message.contains("127.0.0.1:%d".formatted(socket.getLocalPort())), message);
        }
    }

    private static String refusal(String uri, Optional<String> password) {
        StartupException refusal = assertThrows(StartupException.class,
                () -> DatabaseProbe.check(uri, Optional.empty(), password));
        assertEquals(StartupException.NO_DATABASE, refusal.exitCode());
        assertEquals(1, refusal.getMessage().lines().count());
        return refusal.getMessage();
    }
}
