package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.TestPostgres;

/** Every pinned route is really there, and none that wants a token is open to nobody known. */
class RoutesIT {
    private static final String NO_SUCH_ROUTE = "{\"error\":\"Not found\"}";

    @Test
    void everyRouteAnswersAndNoneIsOpenByMistake() throws IOException {
        TestPostgres postgres = TestPostgres.start();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        try (Server server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).start()) {
            for (String line : Files.readAllLines(Path.of("src/test/resources/golden/routes.txt"))) {
                String[] words = line.split("\\s+");
                String path = words[1].replaceAll("\\{[^}:]+(:[^}]*(\\{[^}]*\\})?[^}]*)?\\}", "1");
                Api.Answer answer = Api.send(server.anonymous().request(path).header("Accept", "application/json")
                    .method(words[0], words[0].equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("")).build());
                asked++;
                if (answer.body().equals(NO_SUCH_ROUTE) || answer.status() >= 500 && answer.status() != 501 || answer.status() == 405) {
                    wrong.add("%s -> %d %s".formatted(line, answer.status(), answer.body()));
                }
                if (words[2].equals("USER_TOKEN") && answer.status() != 401) {
                    wrong.add("open: %s -> %d".formatted(line, answer.status()));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(asked > 80, asked + " routes asked");
    }
}
