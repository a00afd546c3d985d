package social.dunlin.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.Event.AnnouncementMade;
import social.dunlin.event.Event.AnnouncementReacted;
import social.dunlin.event.Event.AnnouncementWithdrawn;
import social.dunlin.event.Event.ConversationChanged;
import social.dunlin.event.Event.EmojisChanged;
import social.dunlin.event.Event.FiltersChanged;
import social.dunlin.event.Event.HomeChanged;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.Event.MediaRejectionsChanged;
import social.dunlin.event.Event.NotificationCreated;
import social.dunlin.event.Event.NotificationsMerged;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.event.Event.TokenRevoked;
import social.dunlin.event.Event.UploadProcessed;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;

@ExtendWith(DatabaseExtension.class)
class EventBusTest {
    private final Database database;
    private final EventBus bus;
    private final EventBus elsewhere;
    private final EventBus alone;
    private final BlockingQueue<Event> received = new LinkedBlockingQueue<>();

    EventBusTest(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        this.bus = EventBus.of(database, vertx, options, false);
        this.elsewhere = EventBus.of(database, vertx, options, false);
        this.alone = EventBus.of(database, vertx, options, true);
    }

    @AfterEach
    void close() {
        bus.close();
        elsewhere.close();
        alone.close();
    }

    @Test
    void eventReachesAnotherProcessWhenItsTransactionIsCommitted() throws InterruptedException {
        elsewhere.subscribe(StatusCreated.class, received::add);
        database.transaction(() -> {
            bus.publish(new StatusCreated(7, 8));
            assertTrue(received.isEmpty());
        });
        assertEquals(new StatusCreated(7, 8), next());
    }

    @Test
    void eventOfARolledBackTransactionNeverArrives() throws InterruptedException {
        bus.subscribe(Event.class, received::add);
        publishAndRollBack(bus);
        bus.publish(new HomeChanged(2));
        assertEquals(new HomeChanged(2), next());
    }

    @Test
    void singleProcessHandsEventsOverAfterCommitWithoutNotify() throws InterruptedException {
        BlockingQueue<Event> outside = new LinkedBlockingQueue<>();
        elsewhere.subscribe(Event.class, outside::add);
        alone.subscribe(Event.class, received::add);
        publishAndRollBack(alone);
        database.transaction(() -> alone.publish(new HomeChanged(2)));
        assertEquals(new HomeChanged(2), next());
        bus.publish(new HomeChanged(3));
        assertEquals(new HomeChanged(3), outside.poll(60, TimeUnit.SECONDS));
        assertEquals(new HomeChanged(3), next(), "the command line's events are heard as well");
    }

    private void publishAndRollBack(EventBus publisher) {
        assertThrows(IllegalStateException.class, () -> database.transaction(() -> {
            publisher.publish(new HomeChanged(1));
            throw new IllegalStateException("changed my mind");
        }));
    }

    @Test
    void lostConnectionComesBackAndListenersAreToldThatTheyMayHaveMissedSomething() throws InterruptedException {
        CountDownLatch missed = new CountDownLatch(1);
        bus.subscribe(Event.class, received::add, missed::countDown);
        database.list("select pg_terminate_backend(pid) from pg_stat_activity where " + LISTENING, row -> null);
        assertTrue(missed.await(60, TimeUnit.SECONDS));
        bus.publish(new TokenRevoked(5));
        assertEquals(new TokenRevoked(5), next());
    }

    @Test
    void noConnectionIsHeldWithoutListeners() {
        noneListens();
        Subscription<Event> one = bus.subscribe(Event.class, received::add);
        Subscription<HomeChanged> two = bus.subscribe(HomeChanged.class, received::add);
        assertEquals(1, listeningConnections());
        one.close();
        two.close();
        noneListens();
    }

    /** PostgreSQL forgets a closed connection, that of the test before too, a moment later. */
    private void noneListens() {
        Eventually.until("nobody listens", () -> listeningConnections() == 0);
    }

    private static final String LISTENING = "datname = current_database() and query ilike 'listen%'";

    private long listeningConnections() {
        return database.first("select count(*) as n from pg_stat_activity where " + LISTENING, row -> row.getLong("n")).orElseThrow();
    }

    @Test
    void listenerGetsItsTypeOnlyAndInTheOrderOfPublishing() throws InterruptedException {
        bus.subscribe(StatusCreated.class, received::add);
        List<StatusCreated> created = LongStream.range(0, 500).mapToObj(id -> new StatusCreated(id, 1)).toList();
        bus.publish(new HomeChanged(1));
        bus.publishAll(created);
        for (StatusCreated expected : created) {
            assertEquals(expected, next());
        }
    }

    @Test
    void slowListenerIsToldThatItMissedSomethingInsteadOfFillingTheMemory() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch missed = new CountDownLatch(1);
        alone.subscribe(HomeChanged.class, event -> awaitQuietly(free), missed::countDown);
        LongStream.range(0, 10_100).forEach(id -> alone.publish(new HomeChanged(id)));
        free.countDown();
        assertTrue(missed.await(60, TimeUnit.SECONDS));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void unknownAndBrokenEventsAreIgnored() throws InterruptedException {
        bus.subscribe(Event.class, received::add);
        for (String payload : List.of("{\"event\":\"of_the_future\",\"x\":1}", "{\"event\":\"home_changed\"}", "nonsense", "[]", "",
                "{\"event\":\"home_changed\",\"account\":9,\"since\":\"version 9\"}")) {
            database.list("select pg_notify('dunlin', $1)", row -> null, payload);
        }
        assertEquals(new HomeChanged(9), next());
    }

    @Test
    void failingListenerGetsItsNextEvent() throws InterruptedException {
        alone.subscribe(HomeChanged.class, event -> {
            received.add(event);
            throw new IllegalStateException("listener is broken");
        });
        alone.publish(new HomeChanged(1));
        alone.publish(new HomeChanged(2));
        assertEquals(new HomeChanged(1), next());
        assertEquals(new HomeChanged(2), next());
    }

    @Test
    void everyEventSurvivesTheWire() {
        List<Event> all = List.of(new StatusCreated(Long.MAX_VALUE, 2), new StatusEdited(1, 2), new StatusDeleted(1, 2, true, List.of(3L), List.of(4L, Long.MAX_VALUE)),
            new NotificationCreated(1, 2), new HomeChanged(1), new TokenRevoked(1), new AccountChanged(1), new FiltersChanged(1), new ConversationChanged(3, 4), new NotificationsMerged(1), new EmojisChanged(), new MediaRejectionsChanged(), new UploadProcessed(5),
            new AnnouncementMade(1),
            new AnnouncementWithdrawn(1), new AnnouncementReacted(1, "🦆"), new JobsWaiting("inbox", 90));
        assertEquals(Event.class.getPermittedSubclasses().length - 1 + Event.ForReaders.class.getPermittedSubclasses().length, all.size());
        all.forEach(event -> assertEquals(event, EventCodec.decode(EventCodec.encode(event)).orElseThrow()));
    }

    /** Two versions may run side by side during an update. */
    @Test
    void deletionToldByAnOlderVersionIsUnderstood() {
        assertEquals(new StatusDeleted(1, 2), EventCodec.decode("{\"event\":\"status_deleted\",\"status\":1,\"account\":2}").orElseThrow());
    }

    private Event next() throws InterruptedException {
        Event event = received.poll(60, TimeUnit.SECONDS);
        assertNotNull(event, "no event arrived");
        return event;
    }
}
