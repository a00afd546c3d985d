package social.dunlin.federation.worker.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.FakeFediverse.Request;
import social.dunlin.testing.Village;

/** What becomes of a delivery: it arrives, is tried again, or ends. */
class DeliveryWorkerTest extends DeliveryTests {
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
}
