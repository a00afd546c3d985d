import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import social.dunlin.config.NodeSize;
import social.dunlin.database.Database;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.PostgresBinaries;

/** An all-in-one under measurement: started with its own PostgreSQL, whose tables may be written and whose costs are read. */
final class BenchNode implements AutoCloseable {
    /** Milliseconds per clock tick of /proc/PID/stat on Linux. */
    private static final long TICK = 10;
    /** Fields of /proc/PID/stat behind the name: own time in user and system mode, then that of children waited for. */
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_USER_TIME = 13;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    final int port = freePort();
    final Path data = Files.createTempDirectory("dunlin-bench");
    private final Path launcher;
    private final Map<String, String> environment = new TreeMap<>();
    private Process server;
    private Vertx vertx;
    private EmbeddedPostgres postgres;
    private Pool pool;
    private Database database;

    /**
     * @param launcher {@code dunlin} of the checkout, or a native executable
     * @param settings environment variables
     */
    BenchNode(Path launcher, Map<String, String> settings) throws IOException {
        this.launcher = launcher;
        environment.putAll(Map.of("DUNLIN_DATA_DIR", data.toString(), "DUNLIN_HTTP_PORT", "" + port, "DUNLIN_LIMITS_ENABLED", "false",
            "MALLOC_ARENA_MAX", "1"));
        environment.putAll(settings);
    }

    void start(Path application) throws Exception {
        server = process("run").redirectOutput(data.resolve("server.log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        awaitReady();
        postgres = EmbeddedPostgres.startOrJoin(EmbeddedPostgresSettings.of(data, PostgresBinaries.in(application.resolve("postgresql")),
            EmbeddedPostgresSettings.Transport.UNIX_SOCKET, NodeSize.SMALL));
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(1)).connectingTo(PgConnectOptions.fromUri(postgres.connectionUri())).using(vertx).build();
        database = new Database(pool);
    }

    String base() {
        return "http://localhost:" + port;
    }

    Vertx vertx() {
        return vertx;
    }

    Database database() {
        return database;
    }

    long serverId() {
        return server.pid();
    }

    String command(String... words) throws Exception {
        Process process = process(words).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    private ProcessBuilder process(String... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder;
    }

    private void awaitReady() throws Exception {
        while (true) {
            try {
                HttpURLConnection question = (HttpURLConnection) URI.create(base() + "/readyz").toURL().openConnection();
                if (question.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!server.isAlive()) {
                    throw new IllegalStateException(Files.readString(data.resolve("server.log")));
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    // ---------------------------------------------------------------- costs

    /** CPU time since the start, in milliseconds. */
    record Cpu(long server, long database) {
        Cpu since(Cpu before) {
            return new Cpu(server - before.server, database - before.database);
        }

        long all() {
            return server + database;
        }
    }

    Cpu cpu() throws IOException {
        long postmaster = postgres.processId();
        long backends = ProcessHandle.of(postmaster).stream().flatMap(ProcessHandle::descendants)
            .mapToLong(process -> ticks(process.pid(), USER_TIME, SYSTEM_TIME)).sum();
        // Connections that were closed meanwhile are in the sums of their parent.
        return new Cpu(ticks(server.pid(), USER_TIME, SYSTEM_TIME) * TICK,
            (backends + ticks(postmaster, USER_TIME, SYSTEM_TIME, CHILDREN_USER_TIME, CHILDREN_SYSTEM_TIME)) * TICK);
    }

    private static long ticks(long process, int... fields) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            String[] all = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int field : fields) {
                sum += Long.parseLong(all[field]);
            }
            return sum;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Memory in MB, shared pages counted in parts. */
    double serverMemory() {
        return pss(server.pid());
    }

    double databaseMemory() {
        long postmaster = postgres.processId();
        return Stream.concat(Stream.of(postmaster), ProcessHandle.of(postmaster).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid))
            .mapToDouble(BenchNode::pss).sum();
    }

    private static double pss(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:")).mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", ""))).sum() / 1024;
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }

    /** Heap in use after a full collection, in MB. */
    double liveHeap(Path jcmd) throws Exception {
        diagnostic(jcmd, "GC.run");
        double kilobytes = 0;
        for (String line : diagnostic(jcmd, "GC.heap_info").split("\n")) {
            if (line.strip().startsWith("DefNew") || line.strip().startsWith("Tenured")) {
                kilobytes += Double.parseDouble(line.replaceAll(".* used ([0-9]+)K.*", "$1"));
            }
        }
        return kilobytes / 1024;
    }

    private String diagnostic(Path jcmd, String command) throws Exception {
        Process process = new ProcessBuilder(jcmd.toString(), "" + server.pid(), command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }

    @Override
    public void close() throws Exception {
        if (pool != null) {
            pool.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            postgres.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        server.destroy();
        server.waitFor(30, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
