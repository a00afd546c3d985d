package social.dunlin.federation.worker.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.testing.Village;

/** Which deliveries are taken when: hosts take turns, and one inbox gets those of a subject in order. */
class DeliveryTurnsTest extends DeliveryTests {
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
}
