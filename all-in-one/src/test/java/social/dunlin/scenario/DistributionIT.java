package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed out: an archive, unpacked somewhere, starts by one command and needs nothing of the sources. */
@Order(1)
class DistributionIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path elsewhere;

    @Test
    void unpackedArchiveServesAndPublishes() throws Exception {
        String kind = Artifact.underTest() == Artifact.NATIVE ? "native" : "jvm";
        ran(ROOT, "./dunlin", "dist", "--as-built", kind);
        ran(elsewhere, "tar", "-xzf", newestArchive(kind).toString());
        Path folder = onlyFolder();
        assertTrue(Files.exists(folder.resolve("LICENSE")) && Files.exists(folder.resolve("docs/operators.md")));

        int port = Server.freePort();
        Process server = dunlin(folder, port, "run").redirectOutput(elsewhere.resolve("log").toFile()).start();
        try {
            Await.until("the distribution answers", () -> answers(server, port));
            ran(dunlin(folder, port, "admin", "create-user", "alice", "--email", "alice@example.org", "--confirmed"), "");
            ran(dunlin(folder, port, "post", "--as", "alice"), "From an unpacked archive");
            Api.Answer page = Api.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/@alice")).build());
            assertTrue(page.body().contains("From an unpacked archive"), page.body());
            assertTrue(Files.isDirectory(folder.resolve("data/postgres")), "the data lies beside the launcher");
            if (kind.equals("jvm")) {
                assertTrue(commandLine(server).contains("-XX:AOTCache="), commandLine(server));
            }
        } finally {
            server.destroy();
            assertTrue(server.waitFor(90, TimeUnit.SECONDS));
        }
        assertEquals(List.of(), complaints(), "nothing to complain about");
    }

    private boolean answers(Process server, int port) {
        if (!server.isAlive()) {
            throw new AssertionError(log());
        }
        try {
            return Api.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/readyz")).build()).status() == 200;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private static ProcessBuilder dunlin(Path folder, int port, String... words) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("dunlin").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.getParent().toFile()).redirectErrorStream(true);
        builder.environment().put("DUNLIN_HTTP_PORT", "" + port);
        return builder;
    }

    private static Path newestArchive(String kind) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("target/dist"))) {
            return files.filter(file -> file.toString().endsWith(".tar.gz") && file.toString().contains("-jvm-") == kind.equals("jvm"))
                .max(java.util.Comparator.comparing(DistributionIT::time)).orElseThrow();
        }
    }

    private static java.nio.file.attribute.FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path onlyFolder() throws IOException {
        try (Stream<Path> files = Files.list(elsewhere)) {
            return files.filter(Files::isDirectory).reduce((one, other) -> {
                throw new AssertionError("one folder only, but there are " + one + " and " + other);
            }).orElseThrow();
        }
    }

    private static String commandLine(Process process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    }

    private List<String> complaints() {
        return log().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")).toList();
    }

    private String log() {
        try {
            return Files.readString(elsewhere.resolve("log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void ran(Path folder, String... command) throws Exception {
        ran(new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true), "");
    }

    private static void ran(ProcessBuilder builder, String input) throws Exception {
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
