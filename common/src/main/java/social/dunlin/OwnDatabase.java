package social.dunlin;

import io.netty.channel.epoll.Epoll;
import java.nio.file.Path;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Transport;
import social.dunlin.database.embedded.PostgresBinaries;

/**
 * The PostgreSQL of this process. It comes up while Quarkus does, and whoever asks the database first waits for it; it
 * is closed once, after Quarkus and before the virtual machine goes.
 */
final class OwnDatabase {
    private static final long PATIENCE_MILLISECONDS = 30_000;
    /** Quarkus makes the beans itself, so what they wait for is left here for them. */
    private static volatile EmbeddedPostgres coming;

    private EmbeddedPostgres postgres;

    /** Gives the address of the database, which answers after {@link #awaitRunning}. */
    String open(Path dataDirectory, NodeSize size, boolean serving) {
        Path home = PostgresBinaries.find().orElseThrow(() -> new StartupException(
                StartupException.BAD_CONFIGURATION,
                "This role brings no PostgreSQL of its own: set database.url (DUNLIN_DATABASE_URL).", null));
        EmbeddedPostgresSettings settings = EmbeddedPostgresSettings.of(dataDirectory, PostgresBinaries.in(home),
                transport(), size);
        synchronized (this) {
            // Quarkus ends in its exit handler, in another thread than this hook: the virtual machine waits here
            // until that has stopped PostgreSQL.
            Runtime.getRuntime().addShutdownHook(new Thread(this::awaitClosed, "PostgreSQL stops"));
            postgres = serving ? EmbeddedPostgres.begin(settings) : EmbeddedPostgres.startOrJoin(settings);
            coming = postgres;
        }
        return postgres.connectionUri();
    }

    /** Returns at once when the database is not this process's own. */
    static void awaitRunning() {
        EmbeddedPostgres awaited = coming;
        if (awaited != null) {
            awaited.awaitRunning();
        }
    }

    /** Quarkus gives native executables the sockets of Java's own library, which the driver knows for TCP only. */
    private static Transport transport() {
        return !NativeExecutable.isThis() && Epoll.isAvailable() ? Transport.UNIX_SOCKET : Transport.LOOPBACK;
    }

    synchronized void close() {
        if (postgres != null) {
            postgres.close();
            postgres = null;
            notifyAll();
        }
    }

    private synchronized void awaitClosed() {
        try {
            if (postgres != null) {
                wait(PATIENCE_MILLISECONDS);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        close();
    }
}
