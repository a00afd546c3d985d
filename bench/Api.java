import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.PostgresBinaries;

/**
 * What the client API costs: CPU per request of the server and of its PostgreSQL, with few and with many posts in the
 * database, and how the second compares with the first. Ends with the scans PostgreSQL chose for the same requests.
 */
public class Api {
    /** Of each kind, before any is measured. */
    private static final int WARM_UP = 7_000;
    private static final int REQUESTS = 3_000;
    /** Of a comparison. */
    private static final int ROUNDS = 12;
    private static final int ROUND = 1_000;
    private static final int FEW = 10_000;
    private static final int FEW_ACCOUNTS = 1_000;
    private static final int MANY_ACCOUNTS = 100_000;
    private static final String READER = "reader";
    private static final String POSTING = "posting";
    private static final String PLANS = "session_preload_libraries = 'auto_explain'\nauto_explain.log_min_duration = 0\n";
    private static final Pattern STATEMENT = Pattern.compile("Query Text: (?!begin|commit|BEGIN|COMMIT)");
    private static final Pattern INDEX = Pattern.compile("(?:using|Bitmap Index Scan on) (\\w+)");
    private static final Pattern WHOLE = Pattern.compile("Seq Scan on (\\w+)");

    private final ServerUnderLoad server;
    private final Path postgresql;
    private String token;

    private Api(String java, String application, String folder) throws IOException {
        this.server = new ServerUnderLoad(java, application, folder);
        this.postgresql = Path.of(application, "postgresql");
    }

    /**
     * @param arguments java, the folder of the built application, then: how many posts "many" are, 1000000 when absent; or
     *                  one step of it: "fill", "measure", "posting" or "explain", with a number of posts. A step keeps its data where
     *                  BENCH_DATA says, so that filling need not have the machine to itself and measuring can. "compare"
     *                  measures what stands in BENCH_DATA and in BENCH_OTHER_DATA in turn
     */
    public static void main(String[] arguments) throws Exception {
        String what = arguments.length > 2 ? arguments[2] : "1000000";
        if (what.equals("compare")) {
            compare(arguments[0], arguments[1]);
            return;
        }
        Api api = new Api(arguments[0], arguments[1], System.getenv("BENCH_DATA"));
        if (what.matches("[0-9]+")) {
            api.run(Integer.parseInt(what));
        } else {
            api.step(what, arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1_000_000);
        }
    }

    private static void compare(String java, String application) throws Exception {
        Api few = new Api(java, application, System.getenv("BENCH_DATA"));
        Api many = new Api(java, application, System.getenv("BENCH_OTHER_DATA"));
        try (ServerUnderLoad first = few.server; ServerUnderLoad second = many.server) {
            Map<String, IntFunction<HttpRequest>> ofFirst = few.open();
            Map<String, IntFunction<HttpRequest>> ofSecond = many.open();
            System.out.printf("%-22s | %8s %8s %8s | %8s %8s %8s | %6s%n", "CPU ms per request", "server", "database", "both", "server", "database", "both", "ratio");
            for (String name : ofFirst.keySet()) {
                inTurn(name, first, ofFirst.get(name), second, ofSecond.get(name));
            }
        }
    }

    /** Starts with what was filled before. */
    private Map<String, IntFunction<HttpRequest>> open() throws Exception {
        logNoPlans();
        server.start();
        token = Files.readString(server.data.resolve("reader-token"));
        Map<String, IntFunction<HttpRequest>> result = new LinkedHashMap<>();
        for (Map.Entry<String, Supplier<HttpRequest>> request : requests().entrySet()) {
            result.put(request.getKey(), connection -> request.getValue().get());
            server.measure(WARM_UP, request.getValue());
        }
        result.put(POSTING, Posting.on(server)::next);
        return result;
    }

    /** Rounds of the one and the other, so that both meet the hours at which the processor is slower. */
    private static void inTurn(String name, ServerUnderLoad first, IntFunction<HttpRequest> ofFirst, ServerUnderLoad second, IntFunction<HttpRequest> ofSecond) throws Exception {
        first.warm(REQUESTS, ofFirst);
        second.warm(REQUESTS, ofSecond);
        double[] sums = new double[4];
        for (int round = 0; round < ROUNDS; round++) {
            ServerUnderLoad.Cost one = first.measure(ROUND, ofFirst);
            ServerUnderLoad.Cost other = second.measure(ROUND, ofSecond);
            sums[0] += one.server() / ROUNDS;
            sums[1] += one.database() / ROUNDS;
            sums[2] += other.server() / ROUNDS;
            sums[3] += other.database() / ROUNDS;
        }
        System.out.printf("%-22s | %8.3f %8.3f %8.3f | %8.3f %8.3f %8.3f | %6.2f%n", name, sums[0], sums[1], sums[0] + sums[1], sums[2], sums[3], sums[2] + sums[3],
            (sums[2] + sums[3]) / (sums[0] + sums[1]));
    }

    private void step(String step, int posts) throws Exception {
        Path known = server.data.resolve("reader-token");
        try (server) {
            logNoPlans();
            server.start();
            token = Files.exists(known) ? Files.readString(known) : server.newUser(READER);
            if (!Files.exists(known)) {
                fill(Math.max(FEW_ACCOUNTS, posts / 10), posts);
                Files.writeString(known, token);
            }
            switch (step) {
                case "fill" -> System.out.println("Filled " + server.data);
                case "measure" -> measure();
                case "posting" -> Posting.on(server).rounds(32_000);
                case "explain" -> printPlans();
                default -> throw new IllegalArgumentException(step);
            }
        }
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
            printPlans();
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
        // Of a thousand people the other finds one or two, of a hundred thousand twenty; this finds twenty of either.
        result.put("search, full page", () -> server.get("/api/v2/search?limit=20&type=accounts&q=person" + (number.incrementAndGet() % 9 + 1), token));
        result.put("tag, 20", () -> server.get("/api/v1/timelines/tag/tag" + number.incrementAndGet() % 500 + "?limit=20", token));
        result.put("favourites, 20", () -> server.get("/api/v1/favourites?limit=20", token));
        result.put("bookmarks, 20", () -> server.get("/api/v1/bookmarks?limit=20", token));
        result.put("grouped notifications", () -> server.get("/api/v2/notifications?limit=20", token));
        result.put("one post", () -> server.get("/api/v1/statuses/" + status, token));
        return result;
    }

    private Map<String, ServerUnderLoad.Cost> measure() throws Exception {
        Map<String, Supplier<HttpRequest>> requests = requests();
        // Once all before any is measured: what they have in common is compiled by then.
        for (Supplier<HttpRequest> request : requests.values()) {
            server.measure(WARM_UP, request);
        }
        Map<String, ServerUnderLoad.Cost> result = new LinkedHashMap<>();
        for (Map.Entry<String, Supplier<HttpRequest>> request : requests.entrySet()) {
            server.warm(REQUESTS, connection -> request.getValue().get());
            result.put(request.getKey(), told(request.getKey(), server.measure(REQUESTS, request.getValue())));
        }
        // Behind all the others, for what is written changes what is read after it.
        Posting posting = Posting.on(server);
        server.warm(REQUESTS, posting::next);
        result.put(POSTING, told(POSTING, server.measure(REQUESTS, posting::next)));
        return result;
    }

    private static ServerUnderLoad.Cost told(String name, ServerUnderLoad.Cost cost) {
        System.err.printf("%-22s %8.3f + %8.3f = %8.3f%n", name, cost.server(), cost.database(), cost.both());
        return cost;
    }

    /** Starts once more with every plan in the log, and prints for each request how many statements it takes and what they read by which index. */
    private void printPlans() throws Exception {
        server.close();
        Files.writeString(settings(), PLANS);
        try {
            server.start();
            readPlans();
        } finally {
            logNoPlans();
        }
    }

    /** Logging plans doubles what a statement costs: what an "explain" that was killed left behind must not be measured. */
    private void logNoPlans() throws IOException {
        if (Files.exists(settings()) && Files.readString(settings()).equals(PLANS)) {
            Files.delete(settings());
        }
    }

    private Path settings() {
        return server.data.resolve("postgresql.local.conf");
    }

    private void readPlans() throws Exception {
        Path log = server.data.resolve("postgres.log");
        Map<String, Supplier<HttpRequest>> requests = requests();
        Posting posting = Posting.on(server);
        requests.put(POSTING, () -> posting.next(0));
        for (Map.Entry<String, Supplier<HttpRequest>> request : requests.entrySet()) {
            // The first time something may be read that is kept afterwards.
            server.measure(8, request.getValue());
            long from = Files.size(log);
            server.measure(1, request.getValue());
            byte[] written = Files.readAllBytes(log);
            String plans = new String(written, (int) from, written.length - (int) from, StandardCharsets.UTF_8);
            System.out.printf("| %s | %d | %s | %s |%n", request.getKey(), STATEMENT.matcher(plans).results().count(), found(INDEX, plans), found(WHOLE, plans));
        }
    }

    private static String found(Pattern pattern, String plans) {
        return String.join(", ", pattern.matcher(plans).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new)));
    }
}
