import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.PostgresBinaries;

/**
 * What the client API costs: CPU per request of the server and of its PostgreSQL, with few and with many posts in the
 * database, and how the second compares with the first. Ends with the scans PostgreSQL chose for the same requests.
 */
public class Api {
    private static final int WARM_UP = 4_000;
    private static final int REQUESTS = 4_000;
    private static final int FEW = 10_000;
    private static final int FEW_ACCOUNTS = 1_000;
    private static final int MANY_ACCOUNTS = 100_000;
    private static final String READER = "reader";
    private static final String PLANS = "session_preload_libraries = 'auto_explain'\nauto_explain.log_min_duration = 0\n";
    private static final Pattern SCAN = Pattern.compile("Seq Scan on (\\w+)");

    private final ServerUnderLoad server;
    private final Path postgresql;
    private String token;

    private Api(String java, String application) throws IOException {
        this.server = new ServerUnderLoad(java, application);
        this.postgresql = Path.of(application, "postgresql");
    }

    /** @param arguments java, the folder of the built application, and how many posts "many" are: 1000000 when absent */
    public static void main(String[] arguments) throws Exception {
        int many = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000_000;
        new Api(arguments[0], arguments[1]).run(many);
    }

    private void run(int many) throws Exception {
        try (server) {
            server.start();
            token = server.newUser(READER);
            fill(FEW_ACCOUNTS, FEW);
            Map<String, ServerUnderLoad.Cost> few = measure();
            fill(MANY_ACCOUNTS, many);
            Map<String, ServerUnderLoad.Cost> some = measure();
            System.out.printf("%-22s | %8s %8s %8s | %8s %8s %8s | %6s%n", "CPU ms per request", "server", "database", FEW, "server", "database", many, "ratio");
            few.forEach((name, cost) -> {
                ServerUnderLoad.Cost later = some.get(name);
                System.out.printf("%-22s | %8.3f %8.3f %8.3f | %8.3f %8.3f %8.3f | %6.2f%n", name, cost.server(), cost.database(), cost.both(),
                    later.server(), later.database(), later.both(), later.both() / cost.both());
            });
            System.out.println("Tables read as a whole: " + wholeTables());
        }
    }

    private void fill(int accounts, int statuses) throws Exception {
        long begin = System.nanoTime();
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.startOrJoin(EmbeddedPostgresSettings.of(server.data, PostgresBinaries.in(postgresql),
                EmbeddedPostgresSettings.Transport.UNIX_SOCKET, NodeSize.SMALL))) {
            Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(2)).connectingTo(PgConnectOptions.fromUri(postgres.connectionUri())).using(vertx).build();
            new Seed(pool).fill(accounts, statuses, READER);
            pool.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        System.err.printf("%d posts after %d s%n", statuses, (System.nanoTime() - begin) / 1_000_000_000);
    }

    private Map<String, Supplier<HttpRequest>> requests() throws Exception {
        JsonNode home = ServerUnderLoad.answer(server.get("/api/v1/timelines/home?limit=20", token));
        JsonNode answered = ServerUnderLoad.answer(server.get("/api/v1/timelines/public?limit=40", null)).get(0);
        String status = answered.get("id").asText();
        String account = home.get(3).at("/account/id").asText();
        AtomicInteger number = new AtomicInteger();
        Map<String, Supplier<HttpRequest>> result = new LinkedHashMap<>();
        result.put("baseline /health/live", () -> server.get("/health/live", null));
        result.put("home, 20", () -> server.get("/api/v1/timelines/home?limit=20", token));
        result.put("public, 20", () -> server.get("/api/v1/timelines/public?limit=20", token));
        result.put("account's posts, 20", () -> server.get("/api/v1/accounts/" + account + "/statuses?limit=20", token));
        result.put("notifications, 20", () -> server.get("/api/v1/notifications?limit=20", token));
        result.put("context", () -> server.get("/api/v1/statuses/" + status + "/context", token));
        result.put("search", () -> server.get("/api/v2/search?limit=20&type=accounts&q=person" + (number.incrementAndGet() % 900 + 10), token));
        result.put("tag, 20", () -> server.get("/api/v1/timelines/tag/tag" + number.incrementAndGet() % 500 + "?limit=20", token));
        result.put("one post", () -> server.get("/api/v1/statuses/" + status, token));
        result.put("posting", () -> server.post("/api/v1/statuses", token, Map.of("status", "Post " + number.incrementAndGet() + " with a #tag7", "visibility", "unlisted")));
        return result;
    }

    private Map<String, ServerUnderLoad.Cost> measure() throws Exception {
        Map<String, ServerUnderLoad.Cost> result = new LinkedHashMap<>();
        for (Map.Entry<String, Supplier<HttpRequest>> request : requests().entrySet()) {
            boolean writes = request.getKey().equals("posting");
            server.measure(writes ? WARM_UP / 8 : WARM_UP, request.getValue());
            result.put(request.getKey(), server.measure(writes ? REQUESTS / 8 : REQUESTS, request.getValue()));
            System.err.printf("%-22s %8.3f%n", request.getKey(), result.get(request.getKey()).both());
        }
        return result;
    }

    /** Starts once more with every plan in the log, sends each request, and gives the tables PostgreSQL read from end to end. */
    private TreeSet<String> wholeTables() throws Exception {
        server.close();
        Files.writeString(server.data.resolve("postgresql.local.conf"), PLANS);
        server.start();
        Map<String, Supplier<HttpRequest>> requests = requests();
        Path log = server.data.resolve("postgres.log");
        long from = Files.size(log);
        for (Supplier<HttpRequest> request : requests.values()) {
            server.measure(8, request);
        }
        String plans = new String(Files.readAllBytes(log)).substring((int) from);
        TreeSet<String> found = new TreeSet<>();
        Matcher scans = SCAN.matcher(plans);
        while (scans.find()) {
            found.add(scans.group(1));
        }
        return found;
    }
}
