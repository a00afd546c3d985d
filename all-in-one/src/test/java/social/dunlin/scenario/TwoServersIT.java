package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.TestPostgres;

/**
 * Two whole servers over HTTPS, each an all-in-one process with a database of its own. When executables are tested, the
 * other one runs on a virtual machine. One signs by the native library, the other by Java.
 */
class TwoServersIT {
    private static final String CRYPTOGRAPHY = "DUNLIN_FEDERATION_CRYPTOGRAPHY";
    private Server alpha;
    private Server beta;
    private Api alice;
    private Api bob;

    @BeforeEach
    void startBoth() {
        TestPostgres postgres = TestPostgres.start();
        // With "native" a server whose library does not work does not start; "automatic" would say nothing.
        alpha = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).with(CRYPTOGRAPHY, "native").start();
        beta = Server.overHttps("beta.test", postgres.uriOf(postgres.freshDatabase())).with(CRYPTOGRAPHY, "java").onVirtualMachine().start();
        alice = alpha.newUser("alice");
        bob = beta.newUser("bob");
    }

    @AfterEach
    void stopBoth() {
        alpha.close();
        beta.close();
    }

    @Test
    void followPostReplyBoostFavouriteEditDeleteUnfollowArriveOnBothSides() {
        new FederationStory(alice, alpha.domain(), bob, beta.domain()).play();
    }

    @Test
    void aServerThatWasAwayGetsEverythingAfterwards() {
        bob.post("/api/v1/accounts/" + FederationStory.find(bob, "alice@" + alpha.domain()) + "/follow");
        String own = alice.get("/api/v1/accounts/verify_credentials").get("id").asText();
        Await.until("Bob follows Alice", () -> alice.get("/api/v1/accounts/" + own).get("followers_count").asInt() == 1);
        beta.stop();
        for (int number = 1; number <= 5; number++) {
            alice.post("/api/v1/statuses", Map.of("status", "While you were away, number " + number + "."));
        }
        beta.start();
        Set<Integer> seen = new HashSet<>();
        Await.until("all five posts arrive after the return", java.time.Duration.ofMinutes(8), () -> {
            for (int number = 1; number <= 5; number++) {
                if (bob.findInHome("While you were away, number " + number + ".").isPresent()) {
                    seen.add(number);
                }
            }
            return seen.size() == 5;
        });
        assertEquals(5, bob.get("/api/v1/timelines/home").size(), "nothing arrives twice");
    }
}
