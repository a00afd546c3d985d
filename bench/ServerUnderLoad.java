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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An all-in-one on the virtual machine with both compilers, as a busy server runs it, and what requests to it cost. */
final class ServerUnderLoad implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final int CONNECTIONS = 8;
    /** Clock ticks per second of /proc/PID/stat on Linux. */
    private static final double TICKS = 100;
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String java;
    private final String application;
    final Path data;
    final int port;
    final String base;
    private Process process;

    ServerUnderLoad(String java, String application) throws IOException {
        this(java, application, System.getenv("BENCH_DATA"));
    }

    /** @param folder where its data is kept; null = nowhere */
    ServerUnderLoad(String java, String application, String folder) throws IOException {
        this.java = java;
        this.application = application;
        this.data = folder == null ? Files.createTempDirectory("dunlin-bench") : Files.createDirectories(Path.of(folder));
        this.port = port();
        this.base = "http://localhost:" + port;
    }

    /** CPU milliseconds per request. */
    record Cost(double server, double database, double requestsPerSecond) {
        double both() {
            return server + database;
        }
    }

    void start() throws Exception {
        process = command("run").redirectOutput(data.resolve("server.log").toFile()).start();
        for (int attempt = 0; attempt < 600; attempt++) {
            try {
                if (HTTP.send(HttpRequest.newBuilder(URI.create(base + "/readyz")).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IllegalStateException("The server did not become ready, see " + data.resolve("server.log"));
    }

    /** A token of a new user. */
    String newUser(String name) throws Exception {
        run("admin", "create-user", name, "--email", name + "@example.org", "--confirmed");
        return run("admin", "token", name).strip().lines().reduce((first, second) -> second).orElseThrow();
    }

    private String run(String... words) throws Exception {
        Process command = command(words).start();
        String output = new String(command.getInputStream().readAllBytes());
        if (command.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    private ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>(List.of(java, "-Xms16m", "-Xmx128m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
            "-jar", Path.of(application, "quarkus-run.jar").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("DUNLIN_DATA_DIR", data.toString(), "DUNLIN_HTTP_PORT", String.valueOf(port), "DUNLIN_LIMITS_ENABLED", "false"));
        return builder;
    }

    HttpRequest get(String path, String token) {
        return request(path, token).build();
    }

    HttpRequest post(String path, String token, Map<String, ?> body) {
        try {
            return request(path, token).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).build();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    static JsonNode answer(HttpRequest request) throws Exception {
        HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("%s answered %d: %s".formatted(request.uri(), response.statusCode(), new String(response.body())));
        }
        return JSON.readTree(response.body());
    }

    /** Sends so many requests over eight connections. */
    Cost measure(int requests, Supplier<HttpRequest> next) throws Exception {
        return measure(requests, connection -> next.get());
    }

    /** Sends so many again and again until the compilers take less than a hundredth of a millisecond of each, at most ten times. */
    void warm(int requests, IntFunction<HttpRequest> next) throws Exception {
        double compiling = Double.MAX_VALUE;
        for (int round = 0; round < 10 && compiling > 0.01; round++) {
            double before = compilers();
            measure(requests, next);
            compiling = (compilers() - before) / requests;
        }
    }

    /** Milliseconds that the compilers of the server have taken. */
    private double compilers() throws IOException {
        double ticks = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.exists(thread.resolve("stat"))) {
                    String stat = Files.readString(thread.resolve("stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    ticks += stat.contains("CompilerThre") ? Long.parseLong(fields[11]) + Long.parseLong(fields[12]) : 0;
                }
            }
        }
        return ticks / TICKS * 1000;
    }

    /** @param next gives the next request of a connection */
    Cost measure(int requests, IntFunction<HttpRequest> next) throws Exception {
        double serverBefore = cpuMilliseconds(process.pid());
        double databaseBefore = databaseMilliseconds();
        long begin = System.nanoTime();
        AtomicInteger left = new AtomicInteger(requests);
        CountDownLatch done = new CountDownLatch(CONNECTIONS);
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int place = 0; place < CONNECTIONS; place++) {
            int connection = place;
            Thread.startVirtualThread(() -> {
                try {
                    while (left.getAndDecrement() > 0) {
                        HttpRequest request = next.apply(connection);
                        HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
                        if (response.statusCode() != 200) {
                            throw new IllegalStateException("%s answered %d".formatted(request.uri(), response.statusCode()));
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
        return new Cost((cpuMilliseconds(process.pid()) - serverBefore) / requests, (databaseMilliseconds() - databaseBefore) / requests, requests / seconds);
    }

    /** Bytes of what lives on the heap, after a full collection. */
    long liveHeap() throws Exception {
        Process histogram = new ProcessBuilder(Path.of(java).resolveSibling("jcmd").toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true).start();
        String total = new String(histogram.getInputStream().readAllBytes()).strip().lines().reduce((first, second) -> second).orElseThrow();
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    double cpuMilliseconds() {
        return cpuMilliseconds(process.pid());
    }

    /** The database server runs in a session of its own; its lock file names it. What its ended children used is in its own account. */
    private double databaseMilliseconds() throws IOException {
        long number = Long.parseLong(Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid")).getFirst());
        return cpuMilliseconds(number) + ProcessHandle.of(number).orElseThrow().descendants().mapToDouble(process -> cpuMilliseconds(process.pid())).sum();
    }

    private static double cpuMilliseconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // Its own time in user and system mode, then that of its children that have ended.
            return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum() / TICKS * 1000;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** That of the data folder, once it has one: the domain of those who live there has it in its name. */
    private int port() throws IOException {
        Path known = data.resolve("port");
        if (!Files.exists(known)) {
            try (ServerSocket socket = new ServerSocket(0)) {
                Files.writeString(known, Integer.toString(socket.getLocalPort()));
            }
        }
        return Integer.parseInt(Files.readString(known));
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }
}
