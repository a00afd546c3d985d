package social.dunlin.database;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.spi.DatabaseMetadata;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import social.dunlin.StartupException;

/** Asks an external server before anything starts whether Dunlin can work with it, and says clearly when it cannot. */
public final class DatabaseProbe {
    /** The oldest PostgreSQL whose features the queries use. */
    public static final int OLDEST_VERSION = 15;

    private static final int PATIENCE_SECONDS = 10;

    private DatabaseProbe() {
    }

    /** @throws StartupException with one line that names the server but neither password nor parameters */
    public static void check(String uri, Optional<String> username, Optional<String> password) {
        PgConnectOptions options;
        try {
            options = PgConnectOptions.fromUri(uri);
        } catch (RuntimeException malformed) {
            throw new StartupException(StartupException.BAD_CONFIGURATION,
                    "database.url is no address of a PostgreSQL such as postgresql://host:5432/dunlin.", null);
        }
        username.ifPresent(options::setUser);
        password.ifPresent(options::setPassword);
        String server = "%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase());

        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        try {
            if (options.isUsingDomainSocket() && !vertx.isNativeTransportEnabled()) {
                // So are native executables; what the driver says about it helps nobody.
                throw new StartupException(StartupException.BAD_CONFIGURATION, ("This Dunlin reaches databases over the "
                        + "network only, not by a socket in %s: name a host in database.url, such as 127.0.0.1.")
                        .formatted(options.getHost()), null);
            }
            DatabaseMetadata version = PgConnection.connect(vertx, options)
                    .compose(connection -> connection.close().map(connection.databaseMetadata()))
                    .toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (version.majorVersion() < OLDEST_VERSION) {
                throw failure("The database %s runs PostgreSQL %d; Dunlin needs %d or newer."
                        .formatted(server, version.majorVersion(), OLDEST_VERSION), null);
            }
        } catch (TimeoutException silent) {
            throw failure("The database %s does not answer within %d s.".formatted(server, PATIENCE_SECONDS), silent);
        } catch (ExecutionException failed) {
            throw failure(reason(server, options.getUser(), failed.getCause()), failed);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw failure("Interrupted while asking the database %s.".formatted(server), interruption);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static String reason(String server, String user, Throwable cause) {
        return switch (cause) {
            case PgException refused -> switch (refused.getSqlState()) {
                case "28P01", "28000" -> "The database %s does not let the user %s in: %s"
                        .formatted(server, user, refused.getErrorMessage());
                case "3D000" -> "The database %s does not exist; make it with CREATE DATABASE.".formatted(server);
                case String other -> "The database %s refuses: %s (%s)".formatted(server, refused.getErrorMessage(), other);
            };
            case UnknownHostException unknown -> "The host of the database %s is not known.".formatted(server);
            case ConnectException closed -> "The database %s cannot be reached: nobody listens there.".formatted(server);
            case DecoderException strange -> "What listens at %s is no PostgreSQL that Dunlin understands: %s"
                    .formatted(server, strange.getMessage());
            case IOException broken -> "The connection to the database %s breaks: %s".formatted(server, broken.getMessage());
            case Throwable other -> "The database %s cannot be used: %s".formatted(server, other.getMessage());
        };
    }

    private static StartupException failure(String message, Throwable cause) {
        return new StartupException(StartupException.NO_DATABASE, message, cause);
    }
}
