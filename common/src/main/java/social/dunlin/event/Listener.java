package social.dunlin.event;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The one connection of this process that LISTENs. It comes back by itself after a loss. */
final class Listener implements AutoCloseable {
    private static final long FIRST_DELAY = 1_000;
    /** With what chance adds it is less than the grace of those who look whether this process lives. */
    private static final long LONGEST_DELAY = 3_000;
    private static final long CLOSE_SECONDS = 2;
    /** A pooler gives clients process numbers of its own; behind one a session is nobody's, and its lock says nothing. */
    private static final String LOCK = "select case when pg_backend_pid() = $1 then pg_try_advisory_lock_shared($2) else false end as held";
    private static final Logger LOG = Logger.getLogger(Listener.class);

    private final Vertx vertx;
    private final PgSubscriber subscriber;
    private final Runnable backAgain;
    private final CountDownLatch listening = new CountDownLatch(1);
    private volatile SessionLock lock;
    private volatile boolean late;
    private volatile boolean closed;

    Listener(Vertx vertx, PgConnectOptions options, String channel, Consumer<String> payloads, Runnable backAgain) {
        this.vertx = vertx;
        this.backAgain = backAgain;
        this.subscriber = PgSubscriber.subscriber(vertx, new PgConnectOptions(options).setTcpKeepAlive(true))
            .reconnectPolicy(this::lost);
        subscriber.channel(channel).subscribeHandler(ignored -> listening()).handler(payloads::accept);
    }

    /** Connects; gives up waiting, not trying, after a while. */
    void start(Duration patience) {
        connect(0);
        try {
            if (!listening.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                late = true;
                LOG.warn("No connection for events yet; trying on");
            }
        } catch (InterruptedException failure) {
            late = true;
            Thread.currentThread().interrupt();
        }
    }

    /** The driver reconnects a lost connection, but does not try again when the very first attempt fails, unless it was closed. */
    private void connect(int attempt) {
        subscriber.connect().onFailure(failure -> {
            LOG.debugf("Events: %s", failure.getMessage());
            if (!closed) {
                subscriber.close();
                vertx.setTimer(delay(attempt), ignored -> connect(attempt + 1));
            }
        });
    }

    /** @param wanted null for none */
    void hold(SessionLock wanted) {
        lock = wanted;
        takeLock();
    }

    private void takeLock() {
        PgConnection connection = subscriber.actualConnection();
        SessionLock wanted = lock;
        if (connection != null && wanted != null) {
            connection.preparedQuery(LOCK).execute(Tuple.of(connection.processId(), wanted.number()))
                .onSuccess(rows -> tell(wanted, rows.iterator().next().getBoolean("held")))
                .onFailure(failure -> LOG.debugf("No lock: %s", failure.getMessage()));
        }
    }

    private static void tell(SessionLock lock, boolean held) {
        if (lock != null) {
            lock.held().accept(held);
        }
    }

    /** How long to wait before the next attempt. */
    private long lost(int attempt) {
        if (attempt == 0) {
            tell(lock, false);
        }
        return delay(attempt);
    }

    /** Called on every successful LISTEN; all but a timely first one mean that events may have been missed. */
    private void listening() {
        boolean first = listening.getCount() > 0;
        listening.countDown();
        takeLock();
        if (!first || late) {
            LOG.info("Listening to events again");
            backAgain.run();
        }
    }

    private static long delay(int attempt) {
        long full = Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(attempt, 10));
        return full + ThreadLocalRandom.current().nextLong(full / 2);
    }

    /** Waits for the connection to be gone, so that an ending process does not pull the event loop from under it. */
    @Override
    public void close() {
        closed = true;
        tell(lock, false);
        try {
            subscriber.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            LOG.debugf("The connection for events was not closed: %s", failure.getMessage());
        }
    }
}
