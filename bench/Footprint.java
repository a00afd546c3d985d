import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.PostgresBinaries;

/**
 * What an application costs by being there: start to first answer, memory (PSS) of the whole process tree at rest and
 * under load, CPU and context switches of an idle minute. As JVM and as native executable, all-in-one and role by role.
 */
public class Footprint {
    private static final int STARTS = 5;
    private static final int SETTLE_SECONDS = 110;
    private static final int IDLE_SECONDS = 60;
    private static final int REQUESTS = 12_000;
    private static final int CONNECTIONS = 16;
    private static final List<String> ROLES = List.of("all-in-one", "api", "federation-worker", "media-worker");
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path root;
    private final String java;
    private final String role;
    private final boolean isNative;
    private final Path data = Files.createTempDirectory("dunlin-footprint");
    private final int port = freePort();
    private final int apiPort = freePort();
    private final String databaseUri;
    private final Map<String, String> environment;

    private Footprint(Path root, String java, String role, boolean isNative, String databaseUri) throws IOException {
        this.root = root;
        this.java = java;
        this.role = role;
        this.isNative = isNative;
        Map<String, String> chosen = new java.util.TreeMap<>(Map.of("DUNLIN_DATA_DIR", data.toString(), "DUNLIN_HTTP_PORT", "" + port,
            "DUNLIN_LIMITS_ENABLED", "false", "DUNLIN_MEMORY_SIZE", "small", "MALLOC_ARENA_MAX", "1"));
        if (databaseUri != null) {
            chosen.put("DUNLIN_DATABASE_URL", databaseUri);
        }
        if (isWorker()) {
            // As the api process beside it, see WorkerLoad.
            chosen.put("DUNLIN_DOMAIN", "localhost:" + apiPort);
            chosen.put("DUNLIN_FEDERATION_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8");
        }
        this.databaseUri = databaseUri;
        this.environment = chosen;
    }

    private boolean isWorker() {
        return role.endsWith("worker");
    }

    /** @param arguments java, the project's folder, then any of: jvm, native, names of roles (all without), starts for those alone */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[1]);
        Set<String> asked = Arrays.stream(arguments).skip(2).collect(Collectors.toSet());
        List<String> roles = ROLES.stream().filter(role -> asked.contains(role) || ROLES.stream().noneMatch(asked::contains)).toList();
        List<Boolean> kinds = Stream.of(true, false).filter(isNative -> asked.contains(isNative ? "native" : "jvm")
            || !asked.contains("native") && !asked.contains("jvm")).toList();
        System.out.printf("%-26s %8s %8s | %7s %7s %7s | %7s %7s %7s | %8s %8s%n", "", "new ms", "warm ms", "server", "database", "MB",
            "load MB", "server", "after", "idle CPU", "switches");
        for (String role : roles) {
            for (boolean isNative : kinds) {
                if (role.equals("all-in-one")) {
                    new Footprint(root, arguments[0], role, isNative, null).measure(asked.contains("starts"));
                } else {
                    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.of(Files.createTempDirectory("dunlin-footprint-db"),
                            PostgresBinaries.in(root.resolve("all-in-one/target/quarkus-app/postgresql")), EmbeddedPostgresSettings.Transport.LOOPBACK, NodeSize.SMALL))) {
                        new Footprint(root, arguments[0], role, isNative, postgres.connectionUri()).measure(asked.contains("starts"));
                    }
                }
            }
        }
    }

    private void measure(boolean startsOnly) throws Exception {
        long fresh = startAndStop();
        List<Long> warm = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            warm.add(startAndStop());
        }
        warm.sort(Comparator.naturalOrder());
        if (startsOnly) {
            System.out.printf("%-26s %8d %8d%n", role + (isNative ? ", native" : ", JVM"), fresh, warm.get(STARTS / 2));
            return;
        }
        Process server = start();
        awaitReady(server);
        try {
            // Connections to the database that nobody needs are closed within this time.
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            List<Long> tree = tree(server);
            Map<Long, long[]> before = new java.util.HashMap<>();
            for (long process : tree) {
                before.put(process, new long[] {ticks(List.of(process)), switches(List.of(process))});
            }
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            // What ended meanwhile has taken its count along.
            tree.removeIf(process -> Files.notExists(Path.of("/proc/" + process)));
            long cpu = ticks(tree) - tree.stream().mapToLong(process -> before.get(process)[0]).sum();
            long switches = switches(tree) - tree.stream().mapToLong(process -> before.get(process)[1]).sum();
            double serverAtRest = pss(server(server));
            double databaseAtRest = pss(database());
            double[] loaded = load(server);
            System.out.printf("%-26s %8d %8d | %7.0f %7.0f %7.0f | %7.0f %7.0f %7.0f | %5d ms %8d%n", role + (isNative ? ", native" : ", JVM"), fresh,
                warm.get(STARTS / 2), serverAtRest, databaseAtRest, serverAtRest + databaseAtRest, loaded[0], loaded[1], loaded[2], cpu * 10, switches);
        } finally {
            server.destroy();
            server.waitFor(60, TimeUnit.SECONDS);
        }
    }

    private long startAndStop() throws Exception {
        long begin = System.nanoTime();
        Process server = start();
        awaitReady(server);
        long took = (System.nanoTime() - begin) / 1_000_000;
        server.destroy();
        server.waitFor(60, TimeUnit.SECONDS);
        return took;
    }

    private Process start() throws IOException {
        return process("run").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile())).start();
    }

    private ProcessBuilder process(String... words) {
        if (isNative) {
            return process(List.of(root.resolve(role).resolve("target/native/dunlin-" + role).toString(), "-Xmx64m"), words);
        }
        return role.equals("all-in-one") ? process(List.of(root.resolve("dunlin").toString()), words) : virtualMachine(role, words, Map.of());
    }

    private ProcessBuilder virtualMachine(String which, String[] words, Map<String, String> settings) {
        ProcessBuilder builder = process(List.of(java, "-Xms16m", "-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData", "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + data.resolve(which + "-" + words[0] + ".jsa"), "-Xlog:cds=off", "-Xlog:aot=off",
            "-Xlog:cds+dynamic=off", "--sun-misc-unsafe-memory-access=allow", "-jar", root.resolve(which).resolve("target/quarkus-app/quarkus-run.jar").toString()), words);
        builder.environment().putAll(settings);
        return builder;
    }

    private ProcessBuilder process(List<String> program, String... words) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(program.stream(), Stream.of(words)).toList());
        builder.environment().putAll(environment);
        builder.environment().put("DUNLIN_JAVA_OPTIONS", "-Xmx64m");
        return builder;
    }

    /** Asks every few milliseconds whether the server and its database answer. */
    private void awaitReady(Process server) throws Exception {
        while (true) {
            try {
                HttpURLConnection question = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
                if (question.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!server.isAlive()) {
                    throw new IllegalStateException(Files.readString(data.resolve("server.log")));
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** The largest tree and server (with the programs it starts) seen while there is work, and the tree when it has rested again. */
    private double[] load(Process server) throws Exception {
        FutureTask<Void> work = new FutureTask<>(isWorker() ? this::workOfAWorker : this::requests);
        Thread.startVirtualThread(work);
        double largestTree = 0;
        double largestServer = 0;
        while (!work.isDone()) {
            double own = pss(server(server));
            largestServer = Math.max(largestServer, own);
            largestTree = Math.max(largestTree, own + pss(database()));
            TimeUnit.MILLISECONDS.sleep(250);
        }
        work.get();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        return new double[] {largestTree, largestServer, pss(tree(server))};
    }

    private Void workOfAWorker() throws Exception {
        WorkerLoad.Launcher api = words -> virtualMachine("api", words, Map.of("DUNLIN_HTTP_PORT", "" + apiPort));
        try (WorkerLoad load = new WorkerLoad(api, "localhost:" + apiPort, databaseUri, data.resolve("api.log"))) {
            if (role.equals("media-worker")) {
                load.handlePictures();
            } else {
                load.federate();
            }
        }
        return null;
    }

    private Void requests() throws Exception {
        command("admin", "create-user", "bench", "--email", "bench@example.org", "--confirmed");
        String token = command("admin", "token", "bench").strip().lines().reduce((first, second) -> second).orElseThrow();
        AtomicInteger left = new AtomicInteger(REQUESTS);
        CountDownLatch done = new CountDownLatch(CONNECTIONS);
        AtomicInteger refused = new AtomicInteger();
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            Thread.startVirtualThread(() -> {
                try {
                    for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
                        int status = HTTP.send(request(number, token), HttpResponse.BodyHandlers.discarding()).statusCode();
                        if (status != 200) {
                            refused.incrementAndGet();
                        }
                    }
                } catch (IOException | InterruptedException failure) {
                    refused.incrementAndGet();
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        if (refused.get() > 0) {
            throw new IllegalStateException(refused + " requests were not answered with 200");
        }
        return null;
    }

    /** One in ten posts; the others read timelines and the public page. */
    private HttpRequest request(int number, String token) {
        String base = "http://127.0.0.1:" + port;
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
        return switch (number % 10) {
            case 0 -> request.uri(URI.create(base + "/api/v1/statuses")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"status\": \"Number %d with a #tag and https://example.org/path\"}".formatted(number))).build();
            case 1 -> HttpRequest.newBuilder(URI.create(base + "/@bench")).build();
            case 2, 3, 4 -> request.uri(URI.create(base + "/api/v1/timelines/public?limit=20")).build();
            default -> request.uri(URI.create(base + "/api/v1/timelines/home?limit=20")).build();
        };
    }

    private String command(String... words) throws Exception {
        Process command = process(words).redirectErrorStream(true).start();
        String output = new String(command.getInputStream().readAllBytes());
        if (command.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    /** With the programs that it started for pictures; its PostgreSQL is no child of it. */
    private static List<Long> server(Process server) {
        return Stream.concat(Stream.of(server.toHandle()), server.descendants()).map(ProcessHandle::pid).toList();
    }

    private List<Long> tree(Process server) throws IOException {
        return new ArrayList<>(Stream.concat(database().stream(), server(server).stream()).toList());
    }

    /** The all-in-one's PostgreSQL, which runs in a session of its own and is named by its lock file; a role has none. */
    private List<Long> database() throws IOException {
        Path lock = data.resolve("postgres").resolve("postmaster.pid");
        if (Files.notExists(lock)) {
            return List.of();
        }
        long number = Long.parseLong(Files.readAllLines(lock).getFirst());
        return Stream.concat(Stream.of(number), ProcessHandle.of(number).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid)).toList();
    }

    private static double pss(List<Long> processes) {
        return processes.stream().mapToDouble(process -> sum(Path.of("/proc/" + process + "/smaps_rollup"), "Pss:")).sum() / 1024;
    }

    private static long switches(List<Long> processes) throws IOException {
        double all = 0;
        for (long process : processes) {
            if (Files.notExists(Path.of("/proc/" + process))) {
                continue;
            }
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
                all += threads.mapToDouble(thread -> sum(thread.resolve("status"), "voluntary_ctxt_switches:") + sum(thread.resolve("status"), "nonvoluntary_ctxt_switches:")).sum();
            }
        }
        return (long) all;
    }

    private static double sum(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name)).mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", ""))).sum();
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }

    private static long ticks(List<Long> processes) {
        return processes.stream().mapToLong(process -> {
            try {
                String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            } catch (IOException ended) {
                return 0;
            }
        }).sum();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
