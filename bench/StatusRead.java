import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What reading costs: CPU per request of the server process and of the PostgreSQL below it. */
public class StatusRead {
    private static final int POSTS = 60;
    private static final int WARM_UP = 4_000;
    private static final int REQUESTS = 4_000;
    private static final int CONNECTIONS = 8;
    /** Clock ticks per second of /proc/PID/stat on Linux. */
    private static final double TICKS = 100;
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Cost(double server, double database, double requestsPerSecond) {
    }

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("dunlin-bench");
        int port = freePort();
        String base = "http://localhost:" + port;
        Process server = start(arguments[0], arguments[1], data, port, "run").redirectOutput(data.resolve("server.log").toFile()).start();
        try {
            awaitReady(base);
            command(arguments, data, port, "admin", "create-user", "bench", "--email", "bench@example.org", "--confirmed");
            String token = command(arguments, data, port, "admin", "token", "bench").strip().lines().reduce((a, b) -> b).orElseThrow();
            String status = null;
            for (int number = 0; number < POSTS; number++) {
                status = post(base, token, "Post number %d with a #tag and a link https://example.org/some/path".formatted(number)).get("id").asText();
            }
            String account = get(base + "/api/v1/accounts/lookup?acct=bench", token).get("id").asText();
            Map<String, String> paths = new java.util.LinkedHashMap<>();
            paths.put("baseline /health/live", "/health/live");
            paths.put("home timeline, 20 posts", "/api/v1/timelines/home?limit=20");
            paths.put("public timeline, 20 posts", "/api/v1/timelines/public?limit=20");
            paths.put("one post", "/api/v1/statuses/" + status);
            paths.put("one account", "/api/v1/accounts/" + account);
            System.out.printf("%-28s %12s %12s %12s %10s%n", "status-read", "server ms", "database ms", "requests/s", "x baseline");
            double baseline = 0;
            for (Map.Entry<String, String> path : paths.entrySet()) {
                measure(server, data, base + path.getValue(), token, WARM_UP);
                Cost cost = measure(server, data, base + path.getValue(), token, REQUESTS);
                baseline = baseline == 0 ? cost.server : baseline;
                System.out.printf("%-28s %12.3f %12.3f %12.0f %10.1f%n", path.getKey(), cost.server, cost.database, cost.requestsPerSecond, cost.server / baseline);
            }
        } finally {
            server.destroy();
            server.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static Cost measure(Process server, Path data, String url, String token, int requests) throws Exception {
        double serverBefore = cpuMilliseconds(server.pid());
        double databaseBefore = databaseMilliseconds(data);
        long begin = System.nanoTime();
        AtomicInteger left = new AtomicInteger(requests);
        CountDownLatch done = new CountDownLatch(CONNECTIONS);
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            Thread.startVirtualThread(() -> {
                try {
                    while (left.getAndDecrement() > 0) {
                        HttpResponse<byte[]> response = HTTP.send(request(url, token).build(), HttpResponse.BodyHandlers.ofByteArray());
                        if (response.statusCode() != 200) {
                            throw new IllegalStateException(url + " answered " + response.statusCode());
                        }
                    }
                } catch (Exception failure) {
                    failures.add(failure);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.getFirst());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Cost((cpuMilliseconds(server.pid()) - serverBefore) / requests,
            (databaseMilliseconds(data) - databaseBefore) / requests, requests / seconds);
    }

    /** The database server runs in a session of its own; its lock file names it. */
    private static double databaseMilliseconds(Path data) throws IOException {
        long number = Long.parseLong(Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid")).getFirst());
        return cpuMilliseconds(number) + ProcessHandle.of(number).orElseThrow().descendants().mapToDouble(process -> cpuMilliseconds(process.pid())).sum();
    }

    private static double cpuMilliseconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS * 1000;
        } catch (IOException ended) {
            return 0;
        }
    }

    private static HttpRequest.Builder request(String url, String token) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode get(String url, String token) throws Exception {
        return JSON.readTree(HTTP.send(request(url, token).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private static JsonNode post(String base, String token, String text) throws Exception {
        return JSON.readTree(HTTP.send(request(base + "/api/v1/statuses", token).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("status", text)))).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private static void awaitReady(String base) throws Exception {
        for (int attempt = 0; attempt < 300; attempt++) {
            try {
                if (HTTP.send(HttpRequest.newBuilder(URI.create(base + "/readyz")).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IllegalStateException("The server did not become ready");
    }

    private static String command(String[] launch, Path data, int port, String... words) throws Exception {
        Process process = start(launch[0], launch[1], data, port, words).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    private static ProcessBuilder start(String java, String application, Path data, int port, String... words) {
        List<String> command = new ArrayList<>(List.of(java, "-Xms16m", "-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
            "-jar", Path.of(application, "quarkus-run.jar").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("DUNLIN_DATA_DIR", data.toString(), "DUNLIN_HTTP_PORT", String.valueOf(port), "DUNLIN_LIMITS_ENABLED", "false"));
        return builder;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
