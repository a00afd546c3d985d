package social.dunlin.federation.worker.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.followers.Followers;
import social.dunlin.federation.followers.SynchronizationHeaders;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.FakeFediverse.Request;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryWorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Database database;
    private FederationWorld world;
    private DeliveryStore store;
    private DeliveryWorker worker;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        store = new DeliveryStore(database);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
        database.execute("delete from dead_delivery");
        database.execute("delete from remote_host");
        world.fediverse.forgetRequests();
        worker = newWorker();
    }

    private DeliveryWorker newWorker() {
        return new DeliveryWorker(database, store, world.hosts, new Sender(world.knock, new SynchronizationHeaders(new Followers(database, world.domains))),
            new GoneInboxes(database, world.jobs), world.bus, 16, 2);
    }

    @AfterEach
    void stop() {
        worker.stop();
    }

    /** Frida's server takes what it is sent as said. */
    private String inbox(String server, long account, Function<Request, Answer> answer) {
        String url = world.fediverse.url(server, "/inbox");
        database.execute("update account set shared_inbox_url = $2 where id = $1", account, url);
        world.fediverse.answer(url, answer);
        return url;
    }

    private String send(long account) {
        return send(account, "subject " + NUMBER.incrementAndGet());
    }

    private String send(long account, String subject) {
        String uri = "https://village.example/activities/" + NUMBER.incrementAndGet();
        world.deliveries.send(new OutgoingActivity(Village.ALICE, uri, subject, "{\"id\": \"" + uri + "\"}"), Audience.of(account));
        return uri;
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), what);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private boolean nothingWaits() {
        return !database.exists("select from delivery");
    }

    private List<Delivery> claim(int slots, int perHost) {
        return store.claim(slots, new DeliveryStore.PerHost(perHost, perHost, perHost), Map.of(), "", "test", Duration.ofMinutes(1)).deliveries();
    }

    private long scalar(String sql) {
        return database.first(sql, row -> row.getLong(0)).orElse(0L);
    }

    @Test
    void arrivedDeliveryGoesAndItsBodyWithIt() {
        String inbox = inbox("far", Village.FRIDA, request -> Answer.status(202));
        String uri = send(Village.FRIDA);
        worker.start();
        await("delivered", this::nothingWaits);
        Request request = world.fediverse.requests().getFirst();
        assertEquals(inbox, request.url());
        assertEquals("{\"id\": \"" + uri + "\"}", request.body());
        assertEquals("application/activity+json", request.headers().get("Content-type").getFirst());
        assertTrue(request.headers().get("Signature").getFirst().contains("https://village.example/users/alice#main-key"));
        assertFalse(database.exists("select from outgoing_activity"));
    }

    @Test
    void deliveryWrittenWhileTheWorkerRestsWakesIt() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        worker.start();
        send(Village.FRIDA);
        await("delivered", this::nothingWaits);
    }

    @Test
    void failedDeliveryIsTriedAgainLater() {
        inbox("far", Village.FRIDA, request -> Answer.status(503));
        send(Village.FRIDA);
        worker.start();
        await("tried", () -> database.exists("select from delivery where attempts = 1 and run_at > now() and leased_until is null"));
        assertEquals(1, scalar("select backoff_count::bigint from remote_host"));
        assertTrue(database.exists("select from delivery where last_error = 'HTTP 503'"));
    }

    @Test
    void hostIsAskedToWaitNoLongerThanItWishes() {
        inbox("far", Village.FRIDA, request -> new Answer(429, "text/plain", "", Map.of("Retry-After", "3600")));
        send(Village.FRIDA);
        worker.start();
        await("tried", () -> database.exists("select from delivery where attempts = 1 and run_at > now() + interval '50 minutes'"));
        assertFalse(database.exists("select from remote_host where backoff_count > 0"));
    }

    @Test
    void finalRefusalIsKeptWithItsError() {
        inbox("far", Village.FRIDA, request -> Answer.status(403));
        String uri = send(Village.FRIDA);
        worker.start();
        await("given up", this::nothingWaits);
        assertTrue(database.exists("select from dead_delivery where activity_uri = $1 and error = 'HTTP 403'", uri));
        assertFalse(database.exists("select from outgoing_activity"));
    }

    @Test
    void suspendedSendersDeliveriesStayButTheLastWordGoes() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        String uri = send(Village.FRIDA);
        world.posts.suspend(Village.ALICE);
        worker.start();
        await("given up", this::nothingWaits);
        assertTrue(database.exists("select from dead_delivery where activity_uri = $1 and error = 'the sender is suspended'", uri));
        assertEquals(0, world.fediverse.requests().size());
        database.execute("update account set inbox_url = '', shared_inbox_url = null where domain_id is null and id <> $1", Village.FRIDA);
        world.deliveries.farewell(new OutgoingActivity(Village.ALICE, "https://village.example/users/alice#delete", "alice", "{}"));
        await("said", this::nothingWaits);
        assertEquals(1, world.fediverse.requests().size());
        world.posts.reinstate(Village.ALICE);
    }

    @Test
    void lastAttemptEndsIt() {
        inbox("far", Village.FRIDA, request -> Answer.status(500));
        send(Village.FRIDA);
        database.execute("update delivery set attempts = 15");
        worker.start();
        await("given up", this::nothingWaits);
        assertEquals(16, scalar("select attempts::bigint from dead_delivery"));
    }

    @Test
    void secondKnockInTheOtherFormIsRememberedForTheHost() {
        inbox("far", Village.FRIDA, request -> Answer.status(request.headers().containsKey("Signature-input") ? 202 : 401));
        send(Village.FRIDA);
        worker.start();
        await("delivered", this::nothingWaits);
        assertEquals(2, world.fediverse.requests().size());
        assertTrue(database.exists("select from remote_host where signature_scheme = 'rfc9421'"));
        send(Village.FRIDA);
        await("delivered", this::nothingWaits);
        assertEquals(3, world.fediverse.requests().size());
    }

    @Test
    void goneInboxMakesUsAskForItsOwner() {
        String url = world.fediverse.url("far", "/users/frida/inbox");
        database.execute("update account set shared_inbox_url = null, inbox_url = $2, host = 'handles.example' where id = $1", Village.FRIDA, url);
        world.fediverse.answer(url, request -> Answer.status(410));
        send(Village.FRIDA);
        worker.start();
        await("given up", this::nothingWaits);
        await("asked", () -> database.exists("select from job where kind = 'actor_refresh' and payload = 'https://far.example/users/frida'"));
        database.execute("delete from job");
        database.execute("update account set host = 'far.example' where id = $1", Village.FRIDA);
    }

    @Test
    void goneSharedInboxMakesUsAskForSomeOfItsPeople() {
        String url = inbox("far", Village.FRIDA, request -> Answer.status(410));
        database.execute("update account set host = $2 where id = $1", Village.FRIDA, world.fediverse.host("far"));
        world.posts.village.follow(Village.FRIDA, Village.BOB);
        send(Village.FRIDA);
        worker.start();
        await("given up", this::nothingWaits);
        await("asked", () -> database.exists("select from job where kind = 'actor_refresh' and payload = 'https://far.example/users/frida'"));
        assertTrue(database.exists("select from dead_delivery where inbox_url = $1", url));
        database.execute("delete from job");
        database.execute("update account set host = 'far.example' where id = $1", Village.FRIDA);
    }

    @Test
    void activitiesOfOneSubjectReachAnInboxInOrder() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        send(Village.FRIDA, "post");
        send(Village.FRIDA, "post");
        send(Village.FRIDA, "another post");
        assertEquals(2, claim(10, 10).size());
        assertEquals(0, claim(10, 10).size());
    }

    private void queue(String host, int priority, String... subjects) {
        database.execute("""
            with activity as (insert into outgoing_activity (account_id, uri, body) values ($1, $2, '{}') returning id)
            insert into delivery (activity_id, inbox_url, host, subject, priority)
            select activity.id, 'https://' || $3::text || '/inbox/' || subject, $3, subject, $4 from activity, unnest($5::text[]) as subject""",
            Village.ALICE, "https://village.example/activities/" + NUMBER.incrementAndGet(), host, (short) priority, subjects);
    }

    private static List<String> hosts(DeliveryStore.Claim claim) {
        return claim.deliveries().stream().map(Delivery::host).sorted().toList();
    }

    /** However many hosts wait, a claim looks at no more than it has room for, and the next goes on from there. */
    @Test
    void claimGoesOnBehindTheHostsOfTheLast() {
        for (String host : List.of("a.example", "b.example", "c.example", "d.example")) {
            queue(host, 5, "one", "two");
        }
        DeliveryStore.Claim first = store.claim(2, new DeliveryStore.PerHost(1, 1, 1), Map.of(), "", "test", Duration.ofMinutes(1));
        assertEquals(List.of("a.example", "b.example"), hosts(first));
        DeliveryStore.Claim second = store.claim(2, new DeliveryStore.PerHost(1, 1, 1), Map.of("a.example", 1, "b.example", 1), first.reached(), "test", Duration.ofMinutes(1));
        assertEquals(List.of("c.example", "d.example"), hosts(second));
        DeliveryStore.Claim behind = store.claim(2, new DeliveryStore.PerHost(1, 1, 1), Map.of(), second.reached(), "test", Duration.ofMinutes(1));
        assertEquals(List.of(), behind.deliveries());
        assertEquals("", behind.reached());
    }

    @Test
    void whomAPostConcernsGetsItBeforeFollowersOfAnyHost() {
        for (String host : List.of("a.example", "b.example", "c.example")) {
            queue(host, 5, "one");
        }
        queue("z.example", 1, "mention");
        assertTrue(hosts(store.claim(2, new DeliveryStore.PerHost(2, 2, 2), Map.of(), "", "test", Duration.ofMinutes(1))).contains("z.example"));
    }

    /** Hosts without room, with an open circuit or with nothing that may go now are passed over, not waited for. */
    @Test
    void hostsThatCanTakeNothingKeepNoPlace() {
        queue("busy.example", 5, "one");
        queue("broken.example", 5, "one");
        queue("later.example", 5, "one");
        queue("waiting.example", 5, "one");
        database.execute("insert into remote_host (host, backoff_count, open_until) values ('broken.example', 10, now() + interval '1 hour')");
        database.execute("update delivery set run_at = now() + interval '1 hour' where host = 'later.example'");
        assertEquals(List.of("waiting.example"), hosts(store.claim(1, new DeliveryStore.PerHost(2, 2, 2), Map.of("busy.example", 2), "", "test", Duration.ofMinutes(1))));
    }

    @Test
    void failingHostGetsFewerAhead() {
        queue("failing.example", 5, "one", "two", "three", "four");
        database.execute("insert into remote_host (host, backoff_count) values ('failing.example', 2)");
        assertEquals(2, store.claim(10, new DeliveryStore.PerHost(8, 8, 2), Map.of(), "", "test", Duration.ofMinutes(1)).deliveries().size());
    }

    @Test
    void hostsTakeTurns() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        inbox("other", Village.HEDY, request -> Answer.status(202));
        for (int activity = 0; activity < 20; activity++) {
            send(Village.FRIDA);
        }
        send(Village.HEDY);
        List<Delivery> claimed = claim(4, 3);
        assertEquals(4, claimed.size());
        assertTrue(claimed.stream().anyMatch(delivery -> delivery.host().startsWith("other.example")));
    }

    @Test
    void hostGetsNoMoreAtOnceThanItsShare() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        for (int activity = 0; activity < 5; activity++) {
            send(Village.FRIDA);
        }
        Map<String, Integer> busy = new HashMap<>(Map.of(world.fediverse.host("far"), 1));
        assertEquals(1, store.claim(10, new DeliveryStore.PerHost(2, 2, 2), busy, "", "test", Duration.ofMinutes(1)).deliveries().size());
    }

    @Test
    void killedWorkersDeliveriesAreTakenUpWhenTheLeaseEnds() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        send(Village.FRIDA);
        assertEquals(1, claim(1, 1).size());
        database.execute("update delivery set leased_until = now() - interval '1 second'");
        worker.start();
        await("delivered", this::nothingWaits);
    }

    @Test
    void tenFailuresOpenTheCircuitAndOneProbeClosesIt() {
        AtomicInteger status = new AtomicInteger(500);
        inbox("far", Village.FRIDA, request -> Answer.status(status.get()));
        String host = world.fediverse.host("far");
        database.execute("insert into remote_host (host, backoff_count) values ($1, 9)", host);
        send(Village.FRIDA);
        worker.start();
        await("opened", () -> database.exists("select from remote_host where host = $1 and backoff_count >= 10 and open_until > now()", host));
        worker.stop();
        for (int activity = 0; activity < 5; activity++) {
            send(Village.FRIDA);
        }
        assertEquals(0, claim(10, 10).size());
        database.execute("update remote_host set open_until = now() - interval '1 second'");
        List<Delivery> probe = claim(10, 10);
        assertEquals(1, probe.size());
        assertEquals(0, claim(10, 10).size());
        store.release(probe, "test");
        database.execute("update remote_host set probe_leased_until = null");
        status.set(202);
        worker = newWorker();
        worker.start();
        await("all delivered at once", this::nothingWaits);
        assertEquals(0, scalar("select backoff_count::bigint from remote_host"));
        assertNull(database.first("select open_until from remote_host", row -> row.getOffsetDateTime("open_until")).orElse(null));
    }

    @Test
    void signedRequestFromAFailingHostBringsItWhatWaits() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        String host = world.fediverse.host("far");
        send(Village.FRIDA);
        database.execute("update delivery set run_at = now() + interval '5 hours'");
        database.execute("insert into remote_host (host, backoff_count, open_until) values ($1, 12, now() + interval '1 hour')", host);
        worker.start();
        world.hosts.heardFrom(host);
        await("delivered", this::nothingWaits);
    }

    @Test
    void hostThatNothingReachedForTwoWeeksGetsOnlyWhatNamesSomebodyThereUntilItSpeaks() {
        inbox("far", Village.FRIDA, request -> Answer.status(503));
        String host = world.fediverse.host("far");
        database.execute("delete from follow where target_account_id = $1", Village.ALICE);
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", Village.FRIDA, Village.ALICE);
        database.execute("insert into remote_host (host, backoff_count, last_success_at) values ($1, 40, now() - interval '13 days')", host);
        Audience followers = Audience.followers(Village.ALICE);
        assertEquals(1, toldOf(followers), "an illness of less than two weeks");
        worker.start();
        await("failed", () -> scalar("select backoff_count::bigint from remote_host") > 40);
        assertEquals(1, toldOf(followers));
        worker.stop();
        database.execute("update remote_host set last_success_at = now() - interval '15 days', open_until = null, probe_leased_until = null");
        database.execute("update delivery set run_at = now(), leased_until = null");
        worker = newWorker();
        worker.start();
        await("failed again", () -> database.exists("select from remote_host where gone_at is not null"));
        assertEquals(0, toldOf(followers));
        assertEquals(1, toldOf(Audience.of(Village.FRIDA)));
        world.hosts.heardFrom(host);
        database.execute("update remote_host set last_failure_at = now() - interval '2 minutes', probe_leased_until = null");
        world.hosts.heardFrom(host);
        assertEquals(1, toldOf(followers));
    }

    private int toldOf(Audience audience) {
        return world.deliveries.send(new OutgoingActivity(Village.ALICE, "https://village.example/activities/" + NUMBER.incrementAndGet(),
            "subject " + NUMBER.incrementAndGet(), "{}"), audience);
    }

    @Test
    void fiveHundredDeliveriesArriveThoughAWorkerIsLostAmidThem() {
        AtomicInteger arrived = new AtomicInteger();
        inbox("far", Village.FRIDA, request -> {
            arrived.incrementAndGet();
            return Answer.status(202);
        });
        for (int activity = 0; activity < 500; activity++) {
            send(Village.FRIDA);
        }
        claim(16, 16);
        worker.start();
        await("most delivered", () -> scalar("select count(*) from delivery") == 16);
        worker.stop();
        database.execute("update delivery set leased_until = now() - interval '1 second'");
        worker = newWorker();
        worker.start();
        await("all delivered", this::nothingWaits);
        assertEquals(500, arrived.get());
    }

    @Test
    void hostileInput55_memoryOfHostsAndFailuresHasAnEnd() {
        database.execute("insert into remote_host (host, updated_at) select 'evil.example:' || port, now() - interval '40 days' from generate_series(1, 1000) as port");
        database.execute("insert into fetch_failure (uri, retry_after, reason) select 'https://evil.example/' || n, now() - interval '3 days', 'GONE' from generate_series(1, 1000) as n");
        new FederationUpkeep(database, world.hosts, world.failures).run();
        assertEquals(0, scalar("select count(*) from remote_host"));
        assertEquals(0, scalar("select count(*) from fetch_failure"));
    }

    @Test
    void weekOldDeliveryIsGivenUp() {
        inbox("far", Village.FRIDA, request -> Answer.status(202));
        String uri = send(Village.FRIDA);
        database.execute("update outgoing_activity set created_at = now() - interval '8 days'");
        new FederationUpkeep(database, world.hosts, world.failures).run();
        assertTrue(nothingWaits());
        assertTrue(database.exists("select from dead_delivery where activity_uri = $1", uri));
        assertFalse(database.exists("select from outgoing_activity"));
    }

    @Test
    void serverThatTalksWhileItsInboxIsIllUsesUpNoAttempts() {
        inbox("far", Village.FRIDA, request -> Answer.status(503));
        String host = world.fediverse.host("far");
        send(Village.FRIDA);
        send(Village.FRIDA);
        database.execute("update delivery set run_at = now() + interval '5 hours', attempts = 12");
        database.execute("""
            insert into remote_host (host, backoff_count, open_until, last_failure_at)
            values ($1, 12, now() + interval '1 hour', now() - interval '2 minutes')""", host);
        world.hosts.heardFrom(host);
        assertEquals(1, scalar("select count(*) from delivery where run_at <= now()"));
        worker.start();
        await("asked", () -> world.fediverse.requests().size() == 1 && scalar("select count(*) from delivery where run_at <= now()") == 0);
        for (int heard = 0; heard < 20; heard++) {
            world.hosts.heardFrom(host);
        }
        assertEquals(0, scalar("select count(*) from delivery where run_at <= now()"));
        assertEquals(2, scalar("select count(*) from delivery where attempts = 12"));
    }
}
