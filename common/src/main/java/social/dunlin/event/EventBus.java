package social.dunlin.event;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;

/**
 * Publishes events with the current transaction (a rollback takes them back) and brings them to the
 * listeners of every process, each in the order of commits.
 *
 * <p>The connection that listens is opened with the first subscription and closed with the last. The server
 * with a database of its own ({@code dunlin.events.single-process}) hands its own events over directly after
 * the commit, without NOTIFY; it still listens, for the command line publishes from a process of its own.
 */
@ApplicationScoped
public class EventBus {
    private static final String CHANNEL = "dunlin";
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(EventBus.class);

    private final Database database;
    private final Vertx vertx;
    private final Optional<PgConnectOptions> options;
    private final boolean singleProcess;
    private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();
    private final Object connecting = new Object();
    private Listener listener;
    private SessionLock lock;

    @Inject
    EventBus(Database database, Vertx vertx,
             @ConfigProperty(name = "quarkus.datasource.reactive.url") Optional<String> url,
             @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
             @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
             @ConfigProperty(name = "dunlin.events.single-process", defaultValue = "false") boolean singleProcess) {
        this(database, vertx, url.map(text -> options(text, user, password)), singleProcess);
    }

    private EventBus(Database database, Vertx vertx, Optional<PgConnectOptions> options, boolean singleProcess) {
        this.database = database;
        this.vertx = vertx;
        this.options = options;
        this.singleProcess = singleProcess;
    }

    /** A bus outside of the container. */
    public static EventBus of(Database database, Vertx vertx, PgConnectOptions options, boolean singleProcess) {
        return new EventBus(database, vertx, Optional.of(options), singleProcess);
    }

    private static PgConnectOptions options(String url, Optional<String> user, Optional<String> password) {
        PgConnectOptions options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""));
        user.ifPresent(options::setUser);
        password.ifPresent(options::setPassword);
        return options;
    }

    /** Whether publishing needs no statement, and so no transaction to tie it to its cause. */
    public boolean isDirect() {
        return singleProcess;
    }

    /** Told to all listeners when the current transaction has been committed; at once when there is none. */
    public void publish(Event event) {
        publishAll(List.of(event));
    }

    /** The same for many events, in one statement. */
    public void publishAll(List<? extends Event> events) {
        if (events.isEmpty()) {
            return;
        }
        if (singleProcess) {
            List<Event> all = List.copyOf(events);
            database.afterCommit(() -> all.forEach(this::dispatch));
            return;
        }
        String[] payloads = events.stream().map(EventCodec::encode).toArray(String[]::new);
        database.list("select pg_notify($1, payload) from unnest($2::text[]) as payload", row -> null, CHANNEL, payloads);
    }

    /** Listens to one type of event, or to all by {@code Event.class}. */
    public <T extends Event> Subscription<T> subscribe(Class<T> type, Consumer<T> handler) {
        return subscribe(type, handler, () -> { });
    }

    /**
     * Listens, and is told by {@code missed} when events may have been lost (the connection was down, or this
     * listener was too slow). Both are called on a virtual thread, never two at a time. Returns when listening.
     */
    public <T extends Event> Subscription<T> subscribe(Class<T> type, Consumer<T> handler, Runnable missed) {
        Subscription<T> subscription = new Subscription<>(type, handler, missed, this::unsubscribe);
        synchronized (connecting) {
            subscriptions.add(subscription);
            if (listener == null && options.isPresent()) {
                listener = new Listener(vertx, options.get(), CHANNEL, this::received,
                    () -> subscriptions.forEach(Subscription::offerMissed));
                listener.hold(lock);
                listener.start(CONNECT_PATIENCE);
            }
        }
        return subscription;
    }

    /**
     * Holds an advisory lock of this number, shared so that a new connection gets it before PostgreSQL has noticed the
     * end of the last, for as long as this process listens. Others see in pg_locks that it lives. {@code held} is
     * told on the event loop when the lock is held and when it is not any more. Through a pooler it never is.
     */
    public void hold(long number, Consumer<Boolean> held) {
        synchronized (connecting) {
            lock = new SessionLock(number, held);
            if (listener != null) {
                listener.hold(lock);
            }
        }
    }

    private void unsubscribe(Subscription<?> subscription) {
        synchronized (connecting) {
            subscriptions.remove(subscription);
            if (subscriptions.isEmpty()) {
                disconnect();
            }
        }
    }

    private void disconnect() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    private void received(String payload) {
        EventCodec.decode(payload).ifPresentOrElse(this::dispatch,
            () -> LOG.debugf("Unknown event ignored: %s", payload));
    }

    private void dispatch(Event event) {
        subscriptions.forEach(subscription -> subscription.offer(event));
    }

    @PreDestroy
    void close() {
        synchronized (connecting) {
            disconnect();
        }
    }
}
