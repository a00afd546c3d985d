package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import social.dunlin.database.Database;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.EventBus;
import social.dunlin.event.Subscription;
import social.dunlin.federation.delivery.DeliverySignal;
import social.dunlin.testing.DatabaseRelay;

class LeaseHoldersTest extends QueueFixture {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final List<Subscription<?>> listening = new ArrayList<>();

    LeaseHoldersTest(Database database, Vertx vertx, PgConnectOptions options) {
        super(database, vertx, options);
        this.vertx = vertx;
        this.options = options;
    }

    @BeforeEach
    void nobody() {
        database.execute("delete from lease_holder");
    }

    @AfterEach
    void end() {
        listening.forEach(Subscription::close);
        await(() -> count("lease_holder where name not like 'killed%'") == 0);
    }

    /** A process, known by its lock. */
    private LeaseHolders process(Duration grace, EventBus bus) {
        LeaseHolders process = new LeaseHolders(new LeaseHolderStore(database), bus, grace);
        process.begin();
        listening.add(bus.subscribe(JobsWaiting.class, event -> { }));
        await(() -> isKnown(process.own()));
        return process;
    }

    private boolean isKnown(String name) {
        return count("lease_holder where name = '" + name + "'") == 1;
    }

    /** A process that was killed an instant ago, at work on a job of this name. */
    private void killed(String name) throws Exception {
        PgConnection connection = PgConnection.connect(vertx, options).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        connection.preparedQuery("select pg_advisory_lock_shared($1)").execute(Tuple.of((long) name.hashCode()))
            .toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        database.execute("insert into lease_holder (name, lock) values ($1, $2)", name, (long) name.hashCode());
        lease(name, name);
        database.list("select pg_terminate_backend($1, 60000)", row -> null, connection.processId());
    }

    private void lease(String owner, String payload) {
        database.execute("""
            insert into job (kind, payload, state, attempts, leased_until, lease_owner) values ('greet', $1, 'running', 1, now() + interval '1 hour', $2)""",
            payload, owner);
    }

    private boolean isLeased(String payload) {
        return count("job where state = 'running' and leased_until > now() and payload = '" + payload + "'") == 1;
    }

    private void awaitFreed(LeaseHolders by, String payload) {
        await(() -> {
            by.look();
            return !isLeased(payload);
        });
    }

    @Test
    void whatAKilledProcessHeldIsFreeAndWorkersAreTold() throws Exception {
        database.execute("insert into account (id, username, host, uri) values (1, 'a', 'far.example', 'https://far.example/a')");
        database.execute("insert into outgoing_activity (account_id, uri, body) values (1, 'u', '{}')");
        database.execute("""
            insert into delivery (activity_id, inbox_url, host, subject, leased_until, lease_owner)
            select id, 'https://far.example/inbox', 'far.example', '', now() + interval '1 hour', 'killed' from outgoing_activity""");
        database.execute("insert into remote_host (host, probe_leased_until) values ('far.example', now() + interval '1 hour'), ('other.example', now() + interval '1 hour')");
        database.execute("insert into periodic_task (name, leased_until, lease_owner) values ('sweep', now() + interval '1 hour', 'killed')");
        killed("killed");
        Set<String> kinds = ConcurrentHashMap.newKeySet();
        listening.add(bus().subscribe(JobsWaiting.class, event -> kinds.add(event.kind())));
        awaitFreed(process(Duration.ZERO, bus()), "killed");
        await(() -> kinds.equals(Set.of("greet", DeliverySignal.KIND, Housekeeping.KIND)));
        assertEquals(1, count("delivery where leased_until <= now()"));
        assertEquals(1, count("periodic_task where leased_until <= now()"));
        assertEquals(1, count("remote_host where probe_leased_until > now() and host = 'other.example'"));
        assertEquals(1, count("remote_host where probe_leased_until <= now()"));
        assertEquals(false, isKnown("killed"));
        database.execute("delete from outgoing_activity");
        database.execute("delete from remote_host");
        database.execute("delete from periodic_task");
    }

    @Test
    void livingProcessKeepsItsLease() throws Exception {
        lease(process(HOUR, bus()).own(), "living");
        killed("killed");
        LeaseHolders looking = process(Duration.ZERO, bus());
        lease(looking.own(), "own");
        awaitFreed(looking, "killed");
        assertTrue(isLeased("living") && isLeased("own"));
    }

    @Test
    void processThatComesBackKeepsItsLease() throws Exception {
        LeaseHolders lost = process(HOUR, bus());
        lease(lost.own(), "lost");
        LeaseHolders patient = process(HOUR, bus());
        // Waits for its end: what holds the lock a moment longer would seem to be back already.
        database.list("select pg_terminate_backend(pid, 60000) from pg_locks join lease_holder on (classid::bigint << 32 | objid::bigint) = lock where name = $1",
            row -> null, lost.own());
        patient.look();
        assertTrue(isLeased("lost"), "missing once is not enough");
        await(() -> isKnown(lost.own()) && new LeaseHolderStore(database).withoutLock("").isEmpty());
        killed("killed");
        awaitFreed(process(Duration.ZERO, bus()), "killed");
        assertTrue(isLeased("lost"));
    }

    /** Its pool still reaches the database, though its connection for events does not come back. */
    @Test
    void processThatCannotShowItsLifeAnyMoreIsLeftToTheEndOfItsLeases() throws Exception {
        try (DatabaseRelay network = DatabaseRelay.start(vertx, options)) {
            LeaseHolders mute = process(HOUR, EventBus.of(database, vertx, network.options(), false));
            lease(mute.own(), "mute");
            network.cut();
            await(() -> !isKnown(mute.own()));
            killed("killed");
            awaitFreed(process(Duration.ZERO, bus()), "killed");
            assertTrue(isLeased("mute"));
        }
    }

    /** Whoever has lost its own lock may be the one that the network has cut off, and lets the others be. */
    @Test
    void processWithoutLockJudgesNobody() throws Exception {
        try (DatabaseRelay network = DatabaseRelay.start(vertx, options)) {
            LeaseHolders mute = process(Duration.ZERO, EventBus.of(database, vertx, network.options(), false));
            network.cut();
            await(() -> !isKnown(mute.own()));
            killed("killed");
            mute.look();
            mute.look();
            assertTrue(isLeased("killed"));
        }
    }

    @Test
    void processThatStopsIsForgotten() {
        LeaseHolders process = process(HOUR, bus());
        process.shutdown(null);
        assertEquals(false, isKnown(process.own()));
    }
}
