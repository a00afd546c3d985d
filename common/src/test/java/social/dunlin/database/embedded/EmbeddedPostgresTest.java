package social.dunlin.database.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Durability;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.RootStrategy;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Transport;
import social.dunlin.testing.TestPostgres;

@Order(1)
class EmbeddedPostgresTest {
    private static final long LARGEST_IDLE_KILOBYTES = 40 << 10;
    private static Vertx vertx;
    private static PostgresBinaries binaries;
    /** A data directory that was served once and closed. */
    @TempDir
    private static Path served;

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        binaries = TestPostgres.binaries();
        EmbeddedPostgres.start(settings(served)).close();
    }

    /** For tests that begin after the first start, which takes two seconds. */
    private void hasBeenServed() throws IOException {
        Process copying = new ProcessBuilder("cp", "-a", served.toString(), folder.resolve("data").toString()).inheritIO().start();
        assertEquals(0, copying.onExit().join().exitValue());
    }

    @AfterAll
    static void close() {
        vertx.close();
    }

    @Test
    void rowsAreKeptOverACleanStopAndOnlyTheOwnerReachesTheSocket() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            query(postgres, "CREATE TABLE kept (number int)");
            query(postgres, "INSERT INTO kept VALUES (1)");
        }
        assertFalse(Files.exists(PostmasterFile.of(cluster())), "a clean stop leaves no lock file");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            assertEquals(1, number(postgres, "SELECT count(*) FROM kept"));
            assertEquals("rwx------", permissions(folder.resolve("data/socket")));
            assertEquals("rwx------", permissions(cluster()));
            assertEquals("rw-------", permissions(folder.resolve("data/secrets/postgresql")));
        }
    }

    @Test
    void durabilityIsOnAndTheIdleTreeIsSmall() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                assertEquals("on", query(postgres, "SHOW " + setting).iterator().next().getString(0), setting);
            }
            long kilobytes = proportionalKilobytes(postgres.processId());
            assertTrue(kilobytes > 0 && kilobytes < LARGEST_IDLE_KILOBYTES, kilobytes + " kB");
        }
    }

    @Test
    void noCommittedRowIsLostWhenEverythingIsKilled() throws Exception {
        hasBeenServed();
        long acknowledged;
        Process dunlin = startInserting();
        try (BufferedReader answers = dunlin.inputReader()) {
            acknowledged = readUntil(answers, 300);
            ProcessHandle server = ProcessHandle.of(PostmasterFile.read(cluster()).orElseThrow().processId())
                    .orElseThrow();
            List<ProcessHandle> tree = Stream.concat(server.descendants(), Stream.of(server)).toList();
            assertTrue(tree.size() > 3, "the whole tree: " + tree);
            dunlin.toHandle().destroyForcibly();
            tree.forEach(ProcessHandle::destroyForcibly);
            // What was still answered before the kill counts too.
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                acknowledged = Long.parseLong(line);
            }
        }
        dunlin.waitFor();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            long kept = number(postgres, "SELECT count(*) FROM entry");
            assertTrue(kept >= acknowledged, kept + " kept of " + acknowledged);
            assertEquals(kept, number(postgres, "SELECT max(number) FROM entry"));
        }
    }

    @Test
    void orphanOfAKilledDunlinIsReplacedAndItsRowsAreThere() throws Exception {
        hasBeenServed();
        Process dunlin = startInserting();
        long acknowledged;
        try (BufferedReader answers = dunlin.inputReader()) {
            acknowledged = readUntil(answers, 10);
        }
        dunlin.destroyForcibly().waitFor();
        PostmasterFile orphan = PostmasterFile.read(cluster().toRealPath()).orElseThrow();
        assertTrue(orphan.isServerOf(cluster().toRealPath()), "the server outlives its Dunlin");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            assertFalse(orphan.isServerOf(cluster().toRealPath()));
            assertTrue(number(postgres, "SELECT count(*) FROM entry") >= acknowledged);
        }
    }

    @Test
    void processNumberThatWentToAStrangerDoesNotPreventTheStart() throws Exception {
        hasBeenServed();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            ProcessHandle.of(postgres.processId()).orElseThrow().destroyForcibly();
        }
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Path file = PostmasterFile.of(cluster());
            Files.writeString(file, Files.readString(file)
                    .replaceFirst("^\\d+", Long.toString(stranger.pid())));
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
                assertEquals(1, number(postgres, "SELECT 1"));
            }
            assertTrue(stranger.isAlive());
        } finally {
            stranger.destroy();
        }
    }

    @Test
    void secondDunlinOnTheSameDataDirectoryIsRefused() throws Exception {
        hasBeenServed();
        Process dunlin = startInserting();
        try (BufferedReader answers = dunlin.inputReader()) {
            readUntil(answers, 1);
            EmbeddedPostgresException refusal =
                    assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(settings()));
            assertEquals("Another Dunlin (process %d) is using the data directory %s."
                    .formatted(dunlin.pid(), folder.resolve("data").toRealPath()), refusal.getMessage());
            assertTrue(readUntil(answers, 20) > 0, "the first one goes on");
        } finally {
            dunlin.destroy();
            dunlin.waitFor();
        }
    }

    @Test
    void commandUsesTheServerOfTheRunningDunlinAndLeavesItAlone() throws IOException {
        hasBeenServed();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(settings())) {
            query(server, "CREATE TABLE shared (number int)");
            try (EmbeddedPostgres command = EmbeddedPostgres.startOrJoin(settings())) {
                query(command, "INSERT INTO shared VALUES (7)");
            }
            assertEquals(7, number(server, "SELECT number FROM shared"));
        }
    }

    @Test
    void commandStartsTheServerWhenNoneRunsAndStopsIt() throws IOException {
        hasBeenServed();
        try (EmbeddedPostgres command = EmbeddedPostgres.startOrJoin(settings())) {
            assertEquals(1, number(command, "SELECT 1"));
        }
        assertFalse(Files.exists(PostmasterFile.of(cluster())));
    }

    @Test
    void loopbackNeedsTheGeneratedPassword() {
        EmbeddedPostgresSettings loopback = new EmbeddedPostgresSettings(folder.resolve("data"), binaries,
                Transport.LOOPBACK, Durability.FORGETFUL, RootStrategy.AUTOMATIC, NodeSize.SMALL);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(loopback)) {
            assertEquals(1, number(postgres, "SELECT 1"));
            String guessed = postgres.connectionUri().replaceFirst(":[0-9a-f]{64}@", ":guessed@");
            IllegalStateException refusal = assertThrows(IllegalStateException.class,
                    () -> TestPostgres.query(vertx, guessed, "SELECT 1"));
            assertTrue(refusal.getCause().getMessage().contains("28P01"), refusal.getCause().getMessage());
        }
    }

    @Test
    void dataDirectoryTooLongForASocketStillWorks() throws IOException {
        Path deep = folder.resolve("a".repeat(100)).resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(forgetful(deep))) {
            assertEquals(1, number(postgres, "SELECT 1"));
            Path socket = PostmasterFile.read(deep.toRealPath().resolve("postgres")).orElseThrow().socketDirectory();
            assertEquals("rwx------", permissions(socket));
        }
    }

    @Test
    void rootWithoutUserNamespacesRunsItAsAnotherUser() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become someone else");
        Path reachable = Files.createTempDirectory("dunlin-embedded");
        Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = reachable.resolve("postgresql");
        new ProcessBuilder("cp", "-a", binaries.home().toString(), home.toString()).start().onExit().join();
        EmbeddedPostgresSettings settings = new EmbeddedPostgresSettings(reachable.resolve("data"),
                PostgresBinaries.in(home), Transport.UNIX_SOCKET, Durability.FORGETFUL, RootStrategy.OTHER_USER, NodeSize.SMALL);
        try {
            for (int start = 0; start < 2; start++) {
                try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
                    assertEquals(1, number(postgres, "SELECT 1"));
                    assertFalse("root".equals(Files.getOwner(reachable.resolve("data/postgres")).getName()));
                }
            }
            Path closed = Files.createDirectory(reachable.resolve("closed"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            EmbeddedPostgresException refusal = assertThrows(EmbeddedPostgresException.class,
                    () -> EmbeddedPostgres.start(new EmbeddedPostgresSettings(closed.resolve("data"),
                            PostgresBinaries.in(home), Transport.UNIX_SOCKET, Durability.FORGETFUL,
                            RootStrategy.OTHER_USER, NodeSize.SMALL)));
            assertTrue(refusal.getMessage().contains(closed + " is closed (rwx------)"), refusal.getMessage());
        } finally {
            new ProcessBuilder("rm", "-r", reachable.toString()).start().onExit().join();
        }
    }

    @Test
    void dataOfAnotherMajorVersionIsRefusedAndLeftAlone() throws IOException {
        hasBeenServed();
        Files.writeString(cluster().resolve("PG_VERSION"), "17\n");
        String message = refusal();
        assertTrue(message.contains("was written by PostgreSQL 17 and this Dunlin brings PostgreSQL 18"), message);
        assertEquals("17\n", Files.readString(cluster().resolve("PG_VERSION")));
    }

    @Test
    void damagedClusterIsRefusedWithPostgresOwnReason() throws IOException {
        hasBeenServed();
        Files.write(cluster().resolve("global/pg_control"), new byte[8192]);
        String message = refusal();
        assertTrue(message.startsWith("PostgreSQL does not start in " + cluster().toRealPath()), message);
        assertTrue(message.contains("postgres.log"), message);

        Files.delete(cluster().resolve("PG_VERSION"));
        assertTrue(refusal().contains("is no PostgreSQL data directory"), refusal());
    }

    @Test
    void interruptedCreationLeavesNoHalfCluster() throws IOException {
        Path half = Files.createDirectories(folder.resolve("data/postgres.new-1/data"));
        Files.writeString(half.resolve("PG_VERSION"), "18");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(forgetful())) {
            assertEquals(1, number(postgres, "SELECT 1"));
            assertFalse(Files.exists(half));
        }
    }

    @Test
    void dataDirectoryThatIsAFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("data"), "");
        String message = refusal();
        assertTrue(message.contains("data directory") && message.contains("is no directory"), message);
    }

    @Test
    void fullDiskIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path small = Files.createDirectory(folder.resolve("data"));
        assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor() == 0, "only root may make a small disk");
        try {
            String message = refusal();
            assertTrue(message.matches("Not enough space for PostgreSQL in .*: [78] MB are free, 256 MB are needed."),
                    message);
            assertFalse(Files.exists(cluster()));
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    @Test
    void programsForAnotherMachineAreRefused() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("home/bin"));
        Path server = bin.resolve("postgres");
        // An ELF header for a machine that does not exist.
        byte[] elf = "\u007fELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\u007f\u007f".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(server, elf);
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
        String message = assertThrows(EmbeddedPostgresException.class,
                () -> PostgresBinaries.in(folder.resolve("home"))).getMessage();
        assertTrue(message.contains("does not run on this machine"), message);
    }

    /** Started as a process of its own: serves a data directory and prints each number once it is committed. */
    public static final class Inserting {
        public static void main(String[] arguments) throws Exception {
            Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.of(
                    Path.of(arguments[0]), PostgresBinaries.in(Path.of(arguments[1])), Transport.UNIX_SOCKET, NodeSize.SMALL))) {
                Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
                TestPostgres.query(vertx, postgres.connectionUri(), "CREATE TABLE entry (number bigint)");
                for (long number = 1; ; number++) {
                    TestPostgres.query(vertx, postgres.connectionUri(),
                            "INSERT INTO entry VALUES (%d)".formatted(number));
                    System.out.println(number);
                }
            }
        }
    }

    private Process startInserting() throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Inserting.class.getName(), folder.resolve("data").toString(), binaries.home().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long readUntil(BufferedReader answers, int count) throws IOException {
        long last = 0;
        for (int read = 0; read < count; read++) {
            String line = answers.readLine();
            assertTrue(line != null, "the process ended early");
            last = Long.parseLong(line);
        }
        return last;
    }

    private EmbeddedPostgresSettings settings() {
        return settings(folder.resolve("data"));
    }

    private static EmbeddedPostgresSettings settings(Path dataDirectory) {
        return EmbeddedPostgresSettings.of(dataDirectory, binaries, Transport.UNIX_SOCKET, NodeSize.SMALL);
    }

    private EmbeddedPostgresSettings forgetful() {
        return forgetful(folder.resolve("data"));
    }

    private static EmbeddedPostgresSettings forgetful(Path dataDirectory) {
        return new EmbeddedPostgresSettings(dataDirectory, binaries, Transport.UNIX_SOCKET, Durability.FORGETFUL,
                RootStrategy.AUTOMATIC, NodeSize.SMALL);
    }

    private Path cluster() {
        return folder.resolve("data/postgres");
    }

    private String refusal() {
        String message = assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(forgetful()))
                .getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private static RowSet<Row> query(EmbeddedPostgres postgres, String sql) {
        return TestPostgres.query(vertx, postgres.connectionUri(), sql);
    }

    private static long number(EmbeddedPostgres postgres, String sql) {
        return query(postgres, sql).iterator().next().getLong(0);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static long proportionalKilobytes(long server) throws IOException {
        ProcessHandle root = ProcessHandle.of(server).orElseThrow();
        long sum = 0;
        for (ProcessHandle process : Stream.concat(Stream.of(root), root.descendants()).toList()) {
            sum += proportionalKilobytes(process);
        }
        return sum;
    }

    private static long proportionalKilobytes(ProcessHandle process) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (FileSystemException ended) {
            // A short-lived child, such as an autovacuum worker, is gone since the list was made.
            return 0;
        }
    }
}
