package social.dunlin.database.embedded;

import java.nio.file.Path;
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
                    max_connections = 50
                    """;
            case FORGETFUL -> """
                    fsync = off
                    synchronous_commit = off
                    full_page_writes = off
                    max_connections = 200
                    """;
        };
        return """
                # Written by Dunlin at each start; changes made here are lost.
                port = %d
                %s%s
                # Small: the whole idle tree stays under 40 MB.
                shared_buffers = 32MB
                work_mem = 4MB
                maintenance_work_mem = 32MB
                effective_cache_size = 256MB
                max_wal_size = 256MB
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

                timezone = 'UTC'
                lc_messages = 'C'
                password_encryption = 'scram-sha-256'
                log_timezone = 'UTC'
                log_destination = 'stderr'
                log_checkpoints = off
                log_min_messages = warning
                log_line_prefix = '%%m [%%p] '
                """.formatted(port, reachable, durable);
    }

    static String access(Transport transport, String user) {
        return switch (transport) {
            // The folder of the socket is closed to everybody else.
            case UNIX_SOCKET -> "local all %s trust%n".formatted(user);
            case LOOPBACK -> "host all %s 127.0.0.1/32 scram-sha-256%n".formatted(user);
        };
    }
}
