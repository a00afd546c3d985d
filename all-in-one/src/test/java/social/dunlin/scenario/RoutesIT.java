package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.TestPostgres;

/** Every pinned route is really there, and none that wants a token is open to nobody known. */
class RoutesIT {
    private static final String NO_SUCH_ROUTE = "{\"error\":\"Not found\"}";
    private static final Pattern PARAMETER = Pattern.compile("\\{[^{}:]*(?::((?:[^{}]|\\{[^{}]*\\})*))?\\}");

    @Test
    void everyRouteAnswersAndNoneIsOpenByMistake() throws IOException {
        TestPostgres postgres = TestPostgres.start();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        try (Server server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).start()) {
            for (String line : Files.readAllLines(Path.of("src/test/resources/golden/routes.txt"))) {
                String[] parts = line.split(" {2}");
                String method = parts[0].substring(0, parts[0].indexOf(' '));
                String path = PARAMETER.matcher(parts[0].substring(method.length() + 1)).replaceAll(RoutesIT::sample);
                Api.Answer answer = Api.send(server.anonymous().request(path).header("Accept", "application/json")
                    .method(method, method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("")).build());
                asked++;
                if (answer.body().equals(NO_SUCH_ROUTE) || answer.status() >= 500 && answer.status() != 501 || answer.status() == 405) {
                    wrong.add("%s -> %d %s".formatted(line, answer.status(), answer.body()));
                }
                if (parts[1].startsWith("USER_TOKEN") && answer.status() != 401) {
                    wrong.add("open: %s -> %d".formatted(line, answer.status()));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(asked > 80, asked + " routes asked");
    }

    /** A value that fits the pattern of a path parameter. */
    private static String sample(MatchResult parameter) {
        String pattern = parameter.group(1) == null ? ".*" : parameter.group(1).strip();
        return Stream.of("1", "2.0", "ungrouped-1", pattern.split("\\|")[0]).filter(value -> value.matches(pattern)).findFirst().orElseThrow();
    }
}
