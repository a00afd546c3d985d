import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.SignatureAlgorithm;
import social.dunlin.federation.signature.SignatureProvider;

/**
 * What federating costs: CPU per signed post that arrives and is stored, deliveries per CPU second against what the same
 * processor can sign, memory while a hundred thousand deliveries wait. Everything stays on this machine.
 */
public class Federation {
    private static final List<String> PEOPLE = List.of("ann", "ben", "cleo", "dan", "eve");
    private static final int WARM_UP = 3_000;
    /** The second compiler costs more than what it compiles for as long as it works. */
    private static final int WARM_UP_OF_BOTH = 40_000;
    private static final int CREATES = 3_000;
    private static final int RUNS = 4;
    private static final int DELIVERIES = 4_000;
    private static final int BACKLOG = 100_000;
    private static final int SENDERS = Integer.parseInt(System.getenv().getOrDefault("BENCH_SENDERS", "8"));
    /** Milliseconds from which on the plan of a statement is written to postgres.log beside the data; none without. */
    private static final String SLOW_PLANS = System.getenv("BENCH_SLOW_PLANS");
    private static final long SIGNING = TimeUnit.SECONDS.toNanos(2);

    private final BenchNode node;
    private final LoopbackPeer peer;
    private final Outbox outbox;
    private final Path jcmd;

    private Federation(BenchNode node, Path jcmd) throws Exception {
        this.node = node;
        this.jcmd = jcmd;
        this.peer = new LoopbackPeer(node.vertx(), node.base());
        this.outbox = new Outbox(node.database(), node.base(), PEOPLE.getFirst(), peer);
    }

    /** @param arguments java, the project's folder, then any of: inbound, outbound, backlog (all without), second (the server with its second compiler) */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[1]);
        Set<String> asked = Arrays.stream(arguments).skip(2).collect(Collectors.toSet());
        boolean all = asked.stream().noneMatch(Set.of("inbound", "outbound", "backlog")::contains);
        Map<String, String> settings = Map.of("DUNLIN_FEDERATION_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8",
            "DUNLIN_JAVA_OPTIONS", "-Xmx128m" + (asked.contains("second") ? " -XX:TieredStopAtLevel=4" : "") + " " + System.getenv().getOrDefault("BENCH_SERVER_OPTIONS", ""));
        try (BenchNode node = new BenchNode(root.resolve("dunlin"), settings)) {
            if (SLOW_PLANS != null) {
                Files.writeString(node.data.resolve("postgresql.local.conf"),
                    "session_preload_libraries = 'auto_explain'\nauto_explain.log_min_duration = " + Integer.parseInt(SLOW_PLANS) + "\n");
            }
            node.start(root.resolve("all-in-one/target/quarkus-app"));
            for (String person : PEOPLE) {
                node.command("admin", "create-user", person, "--email", person + "@example.org", "--confirmed");
            }
            Federation bench = new Federation(node, Path.of(arguments[0]).resolveSibling("jcmd"));
            System.out.printf("server process %d, %s%n", node.serverId(), asked.contains("second") ? "both compilers" : "first compiler only, as the launcher starts it");
            if (all || asked.contains("inbound")) {
                bench.inbound(asked.contains("second") ? WARM_UP_OF_BOTH : WARM_UP);
            }
            if (all || asked.contains("outbound")) {
                bench.outbound(asked.contains("second") ? WARM_UP_OF_BOTH : WARM_UP);
            }
            if (all || asked.contains("backlog")) {
                bench.backlog();
            }
        }
    }

    // ---------------------------------------------------------------- inbound

    /** Beside each run stands what the processor could sign in a second then: other work on the machine shows there. */
    private void inbound(int warmUp) throws Exception {
        peer.introduce(node.database(), PEOPLE);
        receive(warmUp);
        System.out.printf("%-34s %10s %12s %12s %14s %12s%n", "federation: signed posts taken in", "server ms", "database ms", "CPU ms each", "per CPU second",
            "signatures");
        for (int run = 0; run < RUNS; run++) {
            double before = signFor(SIGNING);
            BenchNode.Cpu cost = receive(CREATES);
            System.out.printf("%-34s %10.3f %12.3f %12.3f %14.0f %12.0f%n", CREATES + " posts", (double) cost.server() / CREATES, (double) cost.database() / CREATES,
                (double) cost.all() / CREATES, CREATES * 1000.0 / cost.all(), (before + signFor(SIGNING)) / 2);
        }
    }

    private BenchNode.Cpu receive(int count) throws Exception {
        List<HttpRequest> requests = peer.posts(count, PEOPLE.getFirst());
        long before = stored();
        BenchNode.Cpu begin = node.cpu();
        LoopbackPeer.send(requests, SENDERS);
        while (stored() < before + count) {
            TimeUnit.MILLISECONDS.sleep(100);
            if (node.database().exists("select from dead_job")) {
                throw new IllegalStateException("A post was given up: " + node.database().list("select error from dead_job limit 1", row -> row.getString("error")));
            }
        }
        return node.cpu().since(begin);
    }

    private long stored() {
        return node.database().first("select coalesce(sum(statuses_count), 0) as posts from account_counter", row -> row.getLong("posts")).orElse(0L);
    }

    // ---------------------------------------------------------------- outbound

    /** What the processor can sign is measured before and behind each run: other work on the machine changes it. */
    private void outbound(int warmUp) throws Exception {
        signFor(SIGNING);
        System.out.printf("signatures are computed by: %s%n", SignatureProvider.name());
        System.out.printf("%-34s %10s %12s %12s %14s %12s %10s%n", "federation: deliveries", "server ms", "database ms", "CPU ms each", "per CPU second",
            "signatures", "of those");
        // What is compiled for a hundred hosts is not all that one host uses.
        deliver(warmUp, 100);
        deliver(warmUp, 1);
        for (int hosts : List.of(1, 100, 2_000, 1, 100, 2_000)) {
            deliver(DELIVERIES, hosts);
            double before = signFor(SIGNING);
            BenchNode.Cpu cost = deliver(DELIVERIES, hosts);
            double limit = (before + signFor(SIGNING)) / 2;
            double perSecond = DELIVERIES * 1000.0 / cost.all();
            System.out.printf("%-34s %10.3f %12.3f %12.3f %14.0f %12.0f %8.0f %%%n", "to %,d hosts".formatted(hosts), (double) cost.server() / DELIVERIES,
                (double) cost.database() / DELIVERIES, (double) cost.all() / DELIVERIES, perSecond, limit, 100 * perSecond / limit);
        }
    }

    /** Signatures per CPU second with one thread per core, by the provider the server uses. */
    private static double signFor(long nanoseconds) throws InterruptedException {
        // As the server reads it: a key that Java made would be translated for each signature, at half the speed.
        PrivateKey key = Keys.readPrivatePem(Keys.writePrivatePem(Keys.generateRsa().getPrivate())).orElseThrow();
        byte[] message = "(request-target): post /inbox\nhost: example.org\ndate: today\ndigest: SHA-256=".repeat(2).getBytes(StandardCharsets.UTF_8);
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicLong signatures = new AtomicLong();
        AtomicLong cpu = new AtomicLong();
        CountDownLatch done = new CountDownLatch(threads);
        long end = System.nanoTime() + nanoseconds;
        for (int thread = 0; thread < threads; thread++) {
            Thread.ofPlatform().start(() -> {
                long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                long made = 0;
                while (System.nanoTime() < end) {
                    SignatureAlgorithm.RSA_SHA256.sign(key, message);
                    made++;
                }
                cpu.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin);
                signatures.addAndGet(made);
                done.countDown();
            });
        }
        done.await();
        return signatures.get() * 1e9 / cpu.get();
    }

    /** What waits already is sent: the queue is written before the clock starts, and the worker hears of it afterwards. */
    private BenchNode.Cpu deliver(int count, int hosts) throws Exception {
        long before = peer.received.get();
        outbox.enqueue(count, hosts);
        BenchNode.Cpu begin = node.cpu();
        outbox.announce();
        while (peer.received.get() < before + count || outbox.waiting() > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return node.cpu().since(begin);
    }

    // ---------------------------------------------------------------- memory

    private void backlog() throws Exception {
        System.out.printf("%-34s %10s %12s %12s%n", "federation: memory in MB", "live heap", "server", "database");
        deliver(DELIVERIES, 2_000);
        memory("nothing waits");
        long before = peer.received.get();
        outbox.enqueue(BACKLOG, 2_000);
        outbox.announce();
        for (int arrived = 0; arrived < BACKLOG; arrived += BACKLOG / 10) {
            while (peer.received.get() - before < arrived) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            memory("%,d wait".formatted(outbox.waiting()));
        }
        while (outbox.waiting() > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        memory("all have arrived");
    }

    private void memory(String when) throws Exception {
        double server = node.serverMemory();
        double database = node.databaseMemory();
        System.out.printf("%-34s %10.1f %12.0f %12.0f%n", when, node.liveHeap(jcmd), server, database);
    }
}
