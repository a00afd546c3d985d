package social.dunlin.testing;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresException;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Durability;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.RootStrategy;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Transport;
import social.dunlin.database.embedded.PostgresBinaries;

/**
 * One PostgreSQL per JVM for all its tests, started at the first call and stopped with the JVM. Binaries and clusters
 * are kept between runs in {@code ~/.cache/dunlin-test}; each JVM takes a cluster that no living one holds, so a killed
 * run leaves nothing behind that the next one does not clean up.
 */
public final class TestPostgres {
    private static final int CLUSTERS = 20;

    private static TestPostgres instance;

    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1));
    private final AtomicInteger databases = new AtomicInteger();

    private TestPostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static synchronized TestPostgres start() {
        if (instance == null) {
            instance = new TestPostgres(startFreeCluster());
            instance.dropLeftDatabases();
            // Servers of applications under test may still be closing their connections; a fast stop does not wait.
            Runtime.getRuntime().addShutdownHook(new Thread(instance.postgres::close, "stop test PostgreSQL"));
        }
        return instance;
    }

    /** The distribution, unpacked when it is not yet. */
    public static synchronized PostgresBinaries binaries() {
        Path home = cache().resolve("postgresql");
        try (FileChannel guard = FileChannel.open(Files.createDirectories(cache()).resolve("unpack.lock"),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            guard.lock();
            PostgresArchive.unpack(home);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return PostgresBinaries.in(home);
    }

    /** Address of a database for the reactive client. */
    public String uriOf(String database) {
        return postgres.connectionUri(database);
    }

    /** Makes an empty database and returns its name. */
    public String freshDatabase() {
        return freshDatabase("template0");
    }

    /** Makes a copy of a database that nobody is connected to any more, in milliseconds, and returns its name. */
    public String freshDatabase(String template) {
        String name = "test_" + databases.incrementAndGet();
        // A connection that its client closed lives on until its process notices, on a busy machine for seconds.
        execute("postgres", "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '%s'".formatted(template));
        execute("postgres", "CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY".formatted(name, template));
        return name;
    }

    /** Ends the connections to a database and removes it. */
    public void drop(String database) {
        execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
    }

    /** Runs any number of statements, separated by semicolons, over a connection of their own. */
    public void execute(String database, String sql) {
        query(database, sql);
    }

    /** Like {@link #execute}, with the rows of the first statement. */
    public RowSet<Row> query(String database, String sql) {
        return query(vertx, uriOf(database), sql);
    }

    /** For servers other than this one. */
    public static RowSet<Row> query(Vertx vertx, String uri, String sql) {
        try {
            return PgConnection.connect(vertx, PgConnectOptions.fromUri(uri))
                    .compose(connection -> connection.query(sql).execute()
                            .eventually(() -> connection.close()))
                    .toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception problem) {
            throw new IllegalStateException("failed: " + sql, problem);
        }
    }

    private static EmbeddedPostgres startFreeCluster() {
        PostgresBinaries binaries = binaries();
        for (int number = 0; ; number++) {
            Path folder = cache().resolve("cluster-" + number);
            try {
                // Native executables reach databases over TCP only.
                Transport transport = Boolean.getBoolean("dunlin.test.native") ? Transport.LOOPBACK : Transport.UNIX_SOCKET;
                return EmbeddedPostgres.start(new EmbeddedPostgresSettings(folder, binaries, transport,
                        Durability.FORGETFUL, RootStrategy.AUTOMATIC, NodeSize.SMALL));
            } catch (EmbeddedPostgresException problem) {
                // Held by another run, or a cluster that did not survive a crash of the machine.
                if (number == CLUSTERS) {
                    throw problem;
                }
            }
        }
    }

    private void dropLeftDatabases() {
        query("postgres", "SELECT datname FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')")
                .forEach(row -> drop(row.getString(0)));
        execute("postgres", "CREATE DATABASE dunlin TEMPLATE template0");
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("dunlin-test");
    }
}
