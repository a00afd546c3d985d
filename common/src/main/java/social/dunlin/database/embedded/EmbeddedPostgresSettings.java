package social.dunlin.database.embedded;

import java.nio.file.Path;
import social.dunlin.config.NodeSize;

/**
 * Where and how the embedded PostgreSQL runs.
 *
 * @param dataDirectory Dunlin's data directory; the cluster lives in its folder {@code postgres}
 * @param binaries      the PostgreSQL distribution to run
 * @param transport     how clients reach it
 * @param durability    {@link Durability#DURABLE} for everything but tests
 * @param rootStrategy  how to leave root's rights, which PostgreSQL insists on
 * @param size          of the machine, by which memory is given to it
 */
public record EmbeddedPostgresSettings(Path dataDirectory, PostgresBinaries binaries, Transport transport,
                                       Durability durability, RootStrategy rootStrategy, NodeSize size) {

    public enum Transport {
        /** A socket in a folder that only its owner may enter. */
        UNIX_SOCKET,
        /** For platforms without native sockets: 127.0.0.1 with a generated password (SCRAM-SHA-256). */
        LOOPBACK
    }

    public enum Durability {
        /** Every commit is on the disk before it is acknowledged. */
        DURABLE,
        /** For tests: fast, lost with the machine. */
        FORGETFUL
    }

    /** PostgreSQL refuses to run as root. Has no effect for ordinary users. */
    public enum RootStrategy {
        /** {@link #USER_NAMESPACE} where the kernel allows it, otherwise {@link #OTHER_USER}. */
        AUTOMATIC,
        /** {@code unshare --user}: files stay root's, no right of root is left to the process. */
        USER_NAMESPACE,
        /** {@code setpriv}: the cluster belongs to the user {@code postgres} or {@code nobody}. */
        OTHER_USER
    }

    public static EmbeddedPostgresSettings of(Path dataDirectory, PostgresBinaries binaries, Transport transport,
                                              NodeSize size) {
        return new EmbeddedPostgresSettings(dataDirectory, binaries, transport, Durability.DURABLE,
                RootStrategy.AUTOMATIC, size);
    }
}
