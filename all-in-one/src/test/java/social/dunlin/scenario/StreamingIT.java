package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** Real clients watch one process of the api role while people write in another; both share nothing but PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamingIT {
    private static final String ENDING = "Now end it";
    private static final String KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    private Server watched;
    private Server other;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        String shared = postgres.uriOf(postgres.freshDatabase());
        watched = Server.worker("api", "localhost", shared);
        watched.with("DUNLIN_DOMAIN", watched.domain()).start();
        other = Server.worker("api", watched.domain(), shared).start();
        for (String name : List.of("carol", "dave", "erin")) {
            watched.createUser(name, name + "@example.org", "correct horse " + name, false);
        }
    }

    @AfterAll
    void stop() {
        other.close();
        watched.close();
    }

    private String token(Server server, String name) {
        return new Visitor(server.base()).signIn(name + "@example.org", "correct horse " + name).letClientIn();
    }

    @Test
    void clientsSeeWhatHappensInAnotherProcessAndAreShownOutWithTheirToken() throws InterruptedException {
        String carol = token(watched, "carol");
        String dave = token(watched, "dave");
        Api watcher = new Api(watched.base(), carol);
        Api author = new Api(other.base(), dave);
        watcher.post("/api/v1/accounts/" + author.get("/api/v1/accounts/verify_credentials").get("id").asText() + "/follow");
        Thread operator = Thread.ofVirtual().start(() -> {
            Await.until("the author asks for the end", Duration.ofMinutes(5), () -> Api.find(author.get("/api/v1/timelines/public?limit=40"), ENDING).isPresent());
            watched.run("admin", "password", "carol", "--password", "another horse carol");
        });
        JsonNode told = NodeScript.run("streaming.mjs", watched.base(), carol, other.base(), dave, ENDING);
        operator.join();
        assertTrue(told.get("status").asLong() > 0);
        assertEquals(401, watcher.send("GET", "/api/v1/push/subscription", null).status());
    }

    @Test
    void pushSubscriptionIsMadeReadChangedAndEnded() {
        Api erin = new Api(watched.base(), token(watched, "erin"));
        assertEquals(404, erin.send("GET", "/api/v1/push/subscription", null).status());
        assertEquals(404, erin.send("PUT", "/api/v1/push/subscription", Map.of("data", Map.of("policy", "all"))).status());
        Map<String, Object> keys = Map.of("p256dh", KEY, "auth", "BTBZMqHH6r4Tts7J_aSIgg");
        Map<String, Object> wish = Map.of("subscription", Map.of("endpoint", "https://push.example/1", "keys", keys, "standard", true),
            "data", Map.of("alerts", Map.of("mention", true, "follow", "0", "dance", true)));
        JsonNode made = erin.post("/api/v1/push/subscription", wish);
        assertTrue(made.get("id").isIntegralNumber());
        assertEquals("{\"follow\":false,\"mention\":true}", made.get("alerts").toString());
        assertTrue(made.get("standard").asBoolean());
        assertEquals(erin.get("/api/v2/instance").at("/configuration/vapid/public_key").asText(), made.get("server_key").asText());
        JsonNode changed = erin.put("/api/v1/push/subscription", Map.of("data", Map.of("policy", "followed", "alerts", Map.of("poll", true))));
        assertEquals("followed", changed.get("policy").asText());
        assertEquals("{\"poll\":true}", changed.get("alerts").toString());
        assertEquals(changed, erin.get("/api/v1/push/subscription"));
        for (Object odd : List.of("text", 7, List.of(), Map.of("endpoint", 7), Map.of("endpoint", "https://push.example/1", "keys", "none"))) {
            int status = erin.send("POST", "/api/v1/push/subscription", Map.of("subscription", odd)).status();
            assertTrue(status >= 400 && status < 500, odd + " gives " + status);
        }
        assertEquals(422, erin.send("PUT", "/api/v1/push/subscription", Map.of("data", Map.of("policy", "friends"))).status());
        assertEquals("{}", erin.delete("/api/v1/push/subscription").toString());
        assertEquals(404, erin.send("GET", "/api/v1/push/subscription", null).status());
    }
}
