import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What publishing a post costs: eight people of this server, each over a connection of their own, who follow each other. One
 * author alone on eight connections would measure how eight transactions wait for the row of that author's counters.
 */
final class Posting {
    private static final int AUTHORS = ServerUnderLoad.CONNECTIONS;
    private static final int ROUND = 1_000;

    private final ServerUnderLoad server;
    private final List<String> tokens;
    private final AtomicInteger number = new AtomicInteger();

    private Posting(ServerUnderLoad server, List<String> tokens) {
        this.server = server;
        this.tokens = tokens;
    }

    /** The authors of the data folder, made when it has none yet. */
    static Posting on(ServerUnderLoad server) throws Exception {
        Path known = server.data.resolve("author-tokens");
        if (!Files.exists(known)) {
            List<String> tokens = new ArrayList<>();
            for (int author = 1; author <= AUTHORS; author++) {
                tokens.add(server.newUser("author" + author));
            }
            befriend(server, tokens);
            Files.write(known, tokens);
        }
        return new Posting(server, Files.readAllLines(known));
    }

    private static void befriend(ServerUnderLoad server, List<String> tokens) throws Exception {
        for (String author : tokens) {
            String id = ServerUnderLoad.answer(server.get("/api/v1/accounts/verify_credentials", author)).get("id").asText();
            for (String follower : tokens) {
                if (!follower.equals(author)) {
                    ServerUnderLoad.answer(server.post("/api/v1/accounts/" + id + "/follow", follower, Map.of()));
                }
            }
        }
    }

    /** The next post of the author whose connection it is. */
    HttpRequest next(int connection) {
        return server.post("/api/v1/statuses", tokens.get(connection),
            Map.of("status", "Post " + number.incrementAndGet() + " with a #tag7", "visibility", "unlisted"));
    }

    /** Rounds of a thousand posts, so that one sees how the cost falls while the server warms. */
    void rounds(int posts) throws Exception {
        for (int done = 0; done < posts; done += ROUND) {
            ServerUnderLoad.Cost cost = server.measure(ROUND, this::next);
            System.out.printf("%6d posts: %8.3f + %8.3f = %8.3f ms each%n", done + ROUND, cost.server(), cost.database(), cost.both());
        }
    }
}
