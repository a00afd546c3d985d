package social.dunlin.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import social.dunlin.config.Secrets;
import social.dunlin.database.embedded.DataDirectoryLock.Holder;
import social.dunlin.database.embedded.DataDirectoryLock.Purpose;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Transport;

/**
 * A running PostgreSQL of our own. {@link #start} is for the process that serves: it alone looks after the data
 * directory, stops an orphan that a killed Dunlin left, and stops PostgreSQL on {@link #close}. {@link #begin} is the
 * same without the waiting, for a process that has something to do until PostgreSQL answers. {@link #startOrJoin} is for
 * commands that also work while the server runs: they use its PostgreSQL and leave it alone.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** Superuser of the cluster and name of Dunlin's database in it. */
    public static final String NAME = "dunlin";

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
    private static final long NEEDED_BYTES_NEW = 256L << 20;
    private static final long NEEDED_BYTES = 64L << 20;
    private static final long LOG_BYTES = 4L << 20;
    /** A socket's address has 108 bytes, and PostgreSQL adds {@code /.s.PGSQL.5432}. */
    private static final int LONGEST_SOCKET_DIRECTORY = 90;
    private static final int SOCKET_PORT = 5432;
    private static final Duration PATIENCE_WITH_COMMANDS = Duration.ofSeconds(30);
    private static final Duration PATIENCE_WITH_SERVER = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_REMAINS = Duration.ofSeconds(15);

    private final EmbeddedPostgresSettings settings;
    private final Path cluster;
    private final Path logFile;
    private final Unprivileged unprivileged;
    private final PostgresPrograms programs;
    private DataDirectoryLock lock;
    private Path socketDirectory;
    private int port;
    /** PostgreSQL on its way up; already over when this process joined another one's. */
    private FutureTask<Void> launch = new FutureTask<>(() -> null);
    private volatile boolean running;

    private EmbeddedPostgres(EmbeddedPostgresSettings settings, Path dataDirectory) {
        this.settings = settings;
        this.cluster = dataDirectory.resolve("postgres");
        this.logFile = dataDirectory.resolve("postgres.log");
        this.unprivileged = Unprivileged.choose(settings.rootStrategy());
        this.programs = new PostgresPrograms(settings.binaries(), unprivileged, dataDirectory, settings.size());
    }

    /** Starts PostgreSQL for the serving process; refuses when another Dunlin uses the data directory. */
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
        return started(begin(settings));
    }

    /** The address of what this gives is known at once; PostgreSQL answers there after {@link #awaitRunning}. */
    public static EmbeddedPostgres begin(EmbeddedPostgresSettings settings) {
        return open(settings, Purpose.SERVER);
    }

    /** Uses the PostgreSQL of the Dunlin that serves this data directory, or starts it when none does. */
    public static EmbeddedPostgres startOrJoin(EmbeddedPostgresSettings settings) {
        return started(open(settings, Purpose.COMMAND));
    }

    private static EmbeddedPostgres started(EmbeddedPostgres postgres) {
        try {
            postgres.awaitRunning();
            return postgres;
        } catch (RuntimeException failure) {
            postgres.close();
            throw failure;
        }
    }

    private static EmbeddedPostgres open(EmbeddedPostgresSettings settings, Purpose purpose) {
        Path dataDirectory = settings.dataDirectory().toAbsolutePath().normalize();
        try {
            Files.createDirectories(dataDirectory);
            dataDirectory = dataDirectory.toRealPath();
            EmbeddedPostgres postgres = new EmbeddedPostgres(settings, dataDirectory);
            Path lockFile = dataDirectory.resolve("postgres.lock");
            if (postgres.lockOrJoin(lockFile, purpose)) {
                postgres.startLocked(dataDirectory);
            } else {
                postgres.launch.run();
            }
            return postgres;
        } catch (IOException problem) {
            throw DataDirectory.unusable(dataDirectory, problem);
        }
    }

    /** Address of Dunlin's database for the reactive client. Holds the password when the transport needs one. */
    public String connectionUri() {
        return connectionUri(NAME);
    }

    /** Address of any database of this server. */
    public String connectionUri(String database) {
        return switch (settings.transport()) {
            case UNIX_SOCKET -> "postgresql:///%s?host=%s&port=%d&user=%s".formatted(database,
                    URLEncoder.encode(socketDirectory.toString(), StandardCharsets.UTF_8).replace("+", "%20"),
                    port, NAME);
            case LOOPBACK -> "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(NAME, password(), port, database);
        };
    }

    /** Returns when PostgreSQL answers, and throws when it does not start. */
    public void awaitRunning() {
        try {
            launch.get();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case IOException cause -> throw DataDirectory.unusable(cluster.getParent(), cause);
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        } catch (InterruptedException interruption) {
            throw EmbeddedPostgresException.interrupted();
        }
    }

    /** Process number of the server, as its own lock file says. */
    public long processId() {
        return PostmasterFile.read(cluster).map(PostmasterFile::processId)
                .orElseThrow(() -> new IllegalStateException("PostgreSQL is not running"));
    }

    /** Stops PostgreSQL when this process started it: open transactions are rolled back, committed ones are kept. */
    @Override
    public synchronized void close() {
        if (lock == null) {
            return;
        }
        try (DataDirectoryLock released = lock) {
            lock = null;
            awaitLaunch();
            if (running) {
                running = false;
                stop();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("cannot release the lock of " + cluster, problem);
        }
    }

    private void awaitLaunch() {
        try {
            launch.get();
        } catch (ExecutionException reported) {
            LOG.debug("PostgreSQL did not start", reported);
        } catch (InterruptedException interruption) {
            throw EmbeddedPostgresException.interrupted();
        }
    }

    /** True when this process is now the holder, false when it shares the PostgreSQL of a serving one. */
    private boolean lockOrJoin(Path lockFile, Purpose purpose) throws IOException {
        Instant giveUp = Instant.now().plus(PATIENCE_WITH_COMMANDS);
        while (true) {
            Optional<DataDirectoryLock> acquired = DataDirectoryLock.tryAcquire(lockFile, purpose);
            if (acquired.isPresent()) {
                lock = acquired.get();
                return true;
            }
            Optional<Holder> holder = DataDirectoryLock.holder(lockFile);
            boolean served = holder.isPresent() && holder.get().purpose() == Purpose.SERVER;
            if (served && purpose == Purpose.COMMAND) {
                if (join(holder.get())) {
                    return false;
                }
            } else if (served || Instant.now().isAfter(giveUp)) {
                throw new EmbeddedPostgresException("Another Dunlin (process %s) is using the data directory %s."
                        .formatted(holder.map(known -> Long.toString(known.processId())).orElse("unknown"),
                                cluster.getParent()));
            }
            pause();
        }
    }

    /** False when the holder is gone in the meantime. */
    private boolean join(Holder holder) {
        Instant giveUp = Instant.now().plus(PATIENCE_WITH_SERVER);
        while (ProcessHandle.of(holder.processId()).isPresent()) {
            Optional<PostmasterFile> server = PostmasterFile.read(cluster).filter(PostmasterFile::ready);
            if (server.isPresent() && server.get().isServerOf(cluster)) {
                socketDirectory = server.get().socketDirectory();
                port = server.get().port();
                return true;
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new EmbeddedPostgresException(
                        "The PostgreSQL of the running Dunlin (process %d) in %s does not answer; its log is %s."
                                .formatted(holder.processId(), cluster, logFile));
            }
            pause();
        }
        return false;
    }

    private void startLocked(Path dataDirectory) throws IOException {
        boolean started = false;
        try {
            DataDirectory.removeHalfMadeClusters(dataDirectory);
            boolean fresh = Files.notExists(cluster);
            DataDirectory.requireSpace(dataDirectory, fresh ? NEEDED_BYTES_NEW : NEEDED_BYTES);
            if (fresh) {
                create(dataDirectory);
            }
            requireMatchingVersion();
            stopOrphan();
            prepareServer(dataDirectory);
            launch = new FutureTask<>(this::startServer);
            Thread.ofPlatform().name("PostgreSQL starts").start(launch);
            started = true;
        } finally {
            if (!started) {
                lock.close();
                lock = null;
            }
        }
    }

    /** Built beside its place and moved there when it is whole, so an interruption leaves no half cluster. */
    private void create(Path dataDirectory) throws IOException {
        LOG.debugf("creating a PostgreSQL cluster in %s", cluster);
        Path building = Files.createTempDirectory(dataDirectory, "postgres.new-");
        Path passwordFile = Files.createTempFile(building, "password", "");
        Path data = building.resolve("data");
        Files.writeString(passwordFile, password());
        unprivileged.give(building);
        List<String> command = new ArrayList<>(List.of(programs.path("initdb"),
                "--pgdata=" + data, "--username=" + NAME, "--pwfile=" + passwordFile,
                "--auth-local=trust", "--auth-host=scram-sha-256",
                // Repetitions make guessing a person's password dear. This one is random; each connection would pay 20 ms.
                "--set=scram_iterations=1",
                // Independent of the machine's locales and ICU: indexes stay valid when the system is upgraded.
                "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
                "--no-instructions"));
        switch (settings.durability()) {
            case DURABLE -> { }
            case FORGETFUL -> command.add("--no-sync");
        }
        programs.run(command, "", "cannot create a cluster");
        programs.run(List.of(programs.path("postgres"), "--single", "-D", data.toString(), "postgres"),
                "CREATE DATABASE " + NAME + "\n", "cannot create the database");
        Files.move(data, cluster, StandardCopyOption.ATOMIC_MOVE);
        DataDirectory.delete(building);
    }

    private void requireMatchingVersion() throws IOException {
        Path versionFile = cluster.resolve("PG_VERSION");
        if (Files.notExists(versionFile)) {
            throw new EmbeddedPostgresException(
                    "%s is no PostgreSQL data directory (PG_VERSION is missing): restore it from a backup, or move it away to begin anew."
                            .formatted(cluster));
        }
        String version = Files.readString(versionFile).strip();
        if (!version.equals(Integer.toString(settings.binaries().majorVersion()))) {
            throw new EmbeddedPostgresException(("The data in %s was written by PostgreSQL %s and this Dunlin brings "
                    + "PostgreSQL %d, which cannot read it: use the Dunlin that wrote it, or restore a backup into a "
                    + "new data directory.").formatted(cluster, version, settings.binaries().majorVersion()));
        }
    }

    /** A killed Dunlin leaves its server running. Its settings may be old, so it is stopped and started anew. */
    private void stopOrphan() throws IOException {
        Optional<PostmasterFile> left = PostmasterFile.read(cluster);
        if (left.isEmpty()) {
            return;
        }
        if (left.get().isServerOf(cluster)) {
            LOG.infof("stopping the PostgreSQL (process %d) that a killed Dunlin left", left.get().processId());
            stop();
        } else if (ProcessHandle.of(left.get().processId()).isPresent()) {
            PostmasterFile.disownStranger(cluster);
        }
    }

    private void prepareServer(Path dataDirectory) throws IOException {
        switch (settings.transport()) {
            case UNIX_SOCKET -> {
                port = SOCKET_PORT;
                socketDirectory = SocketDirectory.prepare(dataDirectory, LONGEST_SOCKET_DIRECTORY);
                // A killed server leaves these, and its number may live on as a stranger or an unburied process.
                Files.deleteIfExists(socketDirectory.resolve(".s.PGSQL." + port));
                Files.deleteIfExists(socketDirectory.resolve(".s.PGSQL." + port + ".lock"));
                unprivileged.give(socketDirectory);
            }
            case LOOPBACK -> {
                port = freePort();
                socketDirectory = Path.of("");
            }
        }
        Files.writeString(cluster.resolve("postgresql.conf"),
                ClusterSettings.postgresql(settings, socketDirectory, port));
        Files.writeString(cluster.resolve("pg_hba.conf"), ClusterSettings.access(settings.transport(), NAME));
        shortenLog();
        unprivileged.give(cluster);
    }

    private Void startServer() throws IOException {
        Instant giveUp = Instant.now().plus(PATIENCE_WITH_REMAINS);
        while (true) {
            long logBefore = Files.exists(logFile) ? Files.size(logFile) : 0;
            // pg_ctl puts the server into a session of its own, so Ctrl-C reaches Dunlin alone.
            PostgresPrograms.Result result = programs.execute(List.of(programs.path("pg_ctl"), "start", "--wait", "--silent",
                    "--timeout=600", "--pgdata=" + cluster), "", logFile);
            if (result.exitCode() == 0) {
                running = true;
                return null;
            }
            String complaint = PostgresComplaint.in(logFile, logBefore);
            boolean remains = complaint.contains("shared memory block");
            if (!remains || Instant.now().isAfter(giveUp)) {
                throw new EmbeddedPostgresException("PostgreSQL does not start in %s: %s (log: %s)"
                        .formatted(cluster, complaint.isEmpty() ? "it gave no reason" : complaint, logFile));
            }
            // The last processes of a server killed a moment ago are still ending.
            pause();
        }
    }

    private void stop() {
        Optional<PostmasterFile> server = PostmasterFile.read(cluster);
        if (server.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(server.get().processId());
        for (String mode : List.of("fast", "immediate")) {
            PostgresPrograms.Result result = programs.execute(List.of(programs.path("pg_ctl"), "stop", "--mode=" + mode,
                    "--wait", "--silent", "--timeout=60", "--pgdata=" + cluster), "", null);
            if (result.exitCode() == 0) {
                return;
            }
            if (process.filter(ProcessHandle::isAlive).isEmpty()) {
                return;
            }
            LOG.warnf("PostgreSQL does not stop (%s): %s", mode, result.output());
        }
    }

    private String password() {
        return HexFormat.of().formatHex(new Secrets(cluster.getParent()).secret("postgresql"));
    }

    private void shortenLog() throws IOException {
        if (Files.exists(logFile) && Files.size(logFile) > LOG_BYTES) {
            Files.move(logFile, logFile.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(logFile)) {
            Files.createFile(logFile,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException interruption) {
            throw EmbeddedPostgresException.interrupted();
        }
    }
}
