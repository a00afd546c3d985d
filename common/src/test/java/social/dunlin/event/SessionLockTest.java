package social.dunlin.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.event.Event.HomeChanged;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.DatabaseRelay;
import social.dunlin.testing.Eventually;

@ExtendWith(DatabaseExtension.class)
class SessionLockTest {
    private static final long NUMBER = -4_611_686_018_427_387_904L - 17;

    private final Database database;
    private final Vertx vertx;
    private final PgConnectOptions options;
    private final EventBus bus;
    private final BlockingQueue<Boolean> held = new LinkedBlockingQueue<>();

    SessionLockTest(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        this.vertx = vertx;
        this.options = options;
        this.bus = EventBus.of(database, vertx, options, false);
    }

    @AfterEach
    void close() {
        bus.close();
        // PostgreSQL ends a session that its client closed a moment later, which the next test would take for its own.
        Eventually.until("the lock is gone", () -> !isLocked());
    }

    private Boolean next() throws InterruptedException {
        return held.poll(60, TimeUnit.SECONDS);
    }

    private boolean isLocked() {
        return database.exists("""
            select from pg_locks where locktype = 'advisory' and (classid::bigint << 32 | objid::bigint) = $1
              and database = (select oid from pg_database where datname = current_database())""", NUMBER);
    }

    @Test
    void lockIsHeldFromTheFirstListenerToTheLast() throws InterruptedException {
        bus.hold(NUMBER, held::add);
        Subscription<Event> listener = bus.subscribe(Event.class, event -> { });
        assertEquals(true, next());
        assertEquals(true, isLocked());
        listener.close();
        assertEquals(false, next());
    }

    @Test
    void lockIsTakenByAConnectionThatListensAlready() throws InterruptedException {
        bus.subscribe(Event.class, event -> { });
        bus.hold(NUMBER, held::add);
        assertEquals(true, next());
    }

    @Test
    void lostConnectionIsToldAndTheLockComesBackWithTheNext() throws InterruptedException {
        bus.hold(NUMBER, held::add);
        bus.subscribe(Event.class, event -> { });
        assertEquals(true, next());
        database.list("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
            row -> null);
        assertEquals(false, next());
        assertEquals(true, next());
        assertEquals(true, isLocked());
    }

    /** PostgreSQL may notice the end of the old session long after the new one has begun. */
    @Test
    void twoSessionsOfOneProcessHoldItTogether() throws InterruptedException {
        bus.hold(NUMBER, held::add);
        bus.subscribe(Event.class, event -> { });
        assertEquals(true, next());
        EventBus again = EventBus.of(database, vertx, options, false);
        again.hold(NUMBER, held::add);
        again.subscribe(Event.class, event -> { });
        assertEquals(true, next());
        again.close();
    }

    @Test
    void nothingIsHeldThroughAPooler() throws InterruptedException {
        try (DatabaseRelay pooler = DatabaseRelay.start(vertx, options).numberingProcesses()) {
            EventBus pooled = EventBus.of(database, vertx, pooler.options(), false);
            pooled.hold(NUMBER, held::add);
            pooled.subscribe(Event.class, event -> { });
            assertEquals(false, next());
            assertEquals(false, isLocked());
            pooled.close();
        }
    }

    @Test
    void firstAttemptThatFailsIsNotTheLast() throws InterruptedException {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (DatabaseRelay network = DatabaseRelay.start(vertx, options).refusing(2)) {
            EventBus refused = EventBus.of(database, vertx, network.options(), false);
            refused.hold(NUMBER, held::add);
            refused.subscribe(Event.class, events::add);
            assertEquals(true, next());
            bus.publish(new HomeChanged(7));
            assertEquals(new HomeChanged(7), events.poll(60, TimeUnit.SECONDS));
            refused.close();
        }
    }
}
