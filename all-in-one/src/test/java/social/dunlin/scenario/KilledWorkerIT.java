package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.TestPostgres;

/** A delivery worker dies by SIGKILL amid 500 deliveries; each arrives, and none has its effect twice. */
@Order(1)
class KilledWorkerIT {
    private static final int POSTS = 500;
    private final List<Server> processes = new ArrayList<>();

    @AfterEach
    void stopAll() {
        processes.forEach(Server::close);
    }

    @Test
    void fiveHundredDeliveriesSurviveTwoKills() {
        TestPostgres postgres = TestPostgres.start();
        String shared = postgres.uriOf(postgres.freshDatabase());
        Server api = Server.role("api", "alpha.test", Server.freePort(), shared);
        Server federation = Server.worker("federation-worker", api.domain(), shared);
        Server beta = Server.overHttps("beta.test", postgres.uriOf(postgres.freshDatabase()));
        List.of(api, federation, beta).forEach(server -> processes.add(server.launch()));
        processes.forEach(Server::awaitReady);
        Api alice = api.newUser("alice");
        Api bob = beta.newUser("bob");
        bob.post("/api/v1/accounts/" + FederationStory.find(bob, "alice@" + api.domain()) + "/follow");
        String own = alice.get("/api/v1/accounts/verify_credentials").get("id").asText();
        Await.until("Bob follows Alice", () -> alice.get("/api/v1/accounts/" + own).get("followers_count").asInt() == 1);

        for (int number = 0; number < POSTS; number++) {
            alice.post("/api/v1/statuses", Map.of("status", "Post number %03d.".formatted(number)));
            if (number == 150 || number == 350) {
                federation.kill();
                federation.launch();
            }
        }
        Await.untilAskedSeldom("all posts have arrived", Duration.ofMinutes(10), () -> countsByContent(bob).size() == POSTS);
        countsByContent(bob).forEach((content, count) -> assertEquals(1, count, content));
    }

    /** How often each of Alice's posts stands in Bob's home, read page by page. */
    private static Map<String, Integer> countsByContent(Api person) {
        Map<String, Integer> counts = new HashMap<>();
        String path = "/api/v1/timelines/home?limit=40";
        while (true) {
            JsonNode page = person.get(path);
            if (page.isEmpty()) {
                return counts;
            }
            for (JsonNode status : page) {
                counts.merge(status.get("content").asText(), 1, Integer::sum);
            }
            path = "/api/v1/timelines/home?limit=40&max_id=" + page.get(page.size() - 1).get("id").asText();
        }
    }
}
