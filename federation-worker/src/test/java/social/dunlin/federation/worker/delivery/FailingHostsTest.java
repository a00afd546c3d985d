package social.dunlin.federation.worker.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.testing.Village;

/** Hosts that take nothing are left alone, probed, given up, and taken up again when they speak. */
class FailingHostsTest extends DeliveryTests {
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
        // What it would find to be still ill would be gone again.
        worker.stop();
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
