package social.dunlin.scenario;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.TestPostgres;

/** The same story when one of the servers is three processes that share a PostgreSQL. */
class SplitRolesIT {
    private final List<Server> processes = new ArrayList<>();

    @AfterEach
    void stopAll() {
        processes.forEach(Server::close);
    }

    @Test
    void threeRolesAgainstAnAllInOne() {
        TestPostgres postgres = TestPostgres.start();
        String shared = postgres.uriOf(postgres.freshDatabase());
        Server api = Server.role("api", "alpha.test", Server.freePort(), shared);
        Server federation = Server.worker("federation-worker", api.domain(), shared);
        Server media = Server.worker("media-worker", api.domain(), shared);
        Server beta = Server.overHttps("beta.test", postgres.uriOf(postgres.freshDatabase()));
        // All at once: they race for the migrations, and each must come up.
        List.of(api, federation, media, beta).forEach(server -> processes.add(server.launch()));
        processes.forEach(Server::awaitReady);
        Api alice = api.newUser("alice");
        Api bob = beta.newUser("bob");
        new FederationStory(alice, api.domain(), bob, beta.domain()).play();
    }
}
