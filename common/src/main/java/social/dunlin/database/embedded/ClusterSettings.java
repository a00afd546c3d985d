package social.dunlin.database.embedded;

import java.nio.file.Path;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Durability;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Transport;

/** The texts of {@code postgresql.conf} and {@code pg_hba.conf}, written anew at each start. */
final class ClusterSettings {
    private ClusterSettings() {
    }

    static String postgresql(EmbeddedPostgresSettings settings, Path socketDirectory, int port) {
        String reachable = switch (settings.transport()) {
            case UNIX_SOCKET -> """
                    listen_addresses = ''
                    unix_socket_directories = '%s'
                    unix_socket_permissions = 0700
                    """.formatted(socketDirectory.toString().replace("'", "''"));
            case LOOPBACK -> """
                    listen_addresses = '127.0.0.1'
                    unix_socket_directories = ''
                    """;
        };
        String durable = switch (settings.durability()) {
            case DURABLE -> """
                    fsync = on
                    synchronous_commit = on
                    full_page_writes = on
                    """;
            case FORGETFUL -> """
                    fsync = off
                    synchronous_commit = off
                    full_page_writes = off
                    """;
        };
        String sized = memory(settings.size()) + switch (settings.durability()) {
            case DURABLE -> "";
            // A test class has a pool of its own.
            case FORGETFUL -> "max_connections = 200\n";
        };
        return """
                # Written by Dunlin at each start; changes made here are lost.
                port = %d
                %s%s%smax_wal_size = %s
                min_wal_size = 32MB
                huge_pages = off
                io_method = sync
                jit = off
                max_worker_processes = 4
                max_parallel_workers = 2
                max_parallel_workers_per_gather = 0
                max_logical_replication_workers = 0
                autovacuum_max_workers = 1

                # One server without replicas.
                wal_level = minimal
                max_wal_senders = 0
                wal_compression = pglz
                checkpoint_timeout = 15min
                random_page_cost = 1.1

                # Quiet at rest: these two would wake several times a second. Commits write their own log records.
                bgwriter_delay = 10s
                wal_writer_delay = 10s

                timezone = 'UTC'
                lc_messages = 'C'
                password_encryption = 'scram-sha-256'
                scram_iterations = 1
                log_timezone = 'UTC'
                log_destination = 'stderr'
                log_checkpoints = off
                log_min_messages = warning
                log_line_prefix = '%%m [%%p] '

                # The operator's own, read last.
                include_if_exists = '../postgresql.local.conf'
                """.formatted(port, reachable, durable, sized, settings.size() == NodeSize.LARGE ? "1GB" : "256MB");
    }

    /** Small on small machines: there the whole idle tree stays under 40 MB. Connections: the pool, commands, repairs. */
    private static String memory(NodeSize size) {
        return switch (size) {
            case TINY -> memory(16, 2, 16, 96, 15);
            case SMALL -> memory(32, 4, 32, 192, 20);
            case MEDIUM -> memory(64, 4, 64, 512, 30);
            case LARGE -> memory(128, 8, 128, 1_024, 50);
        };
    }

    private static String memory(int sharedBuffers, int work, int maintenance, int cache, int connections) {
        return """
                shared_buffers = %dMB
                work_mem = %dMB
                maintenance_work_mem = %dMB
                effective_cache_size = %dMB
                max_connections = %d
                """.formatted(sharedBuffers, work, maintenance, cache, connections);
    }

    static String access(Transport transport, String user) {
        return switch (transport) {
            // The folder of the socket is closed to everybody else.
            case UNIX_SOCKET -> "local all %s trust%n".formatted(user);
            case LOOPBACK -> "host all %s 127.0.0.1/32 scram-sha-256%n".formatted(user);
        };
    }
}
