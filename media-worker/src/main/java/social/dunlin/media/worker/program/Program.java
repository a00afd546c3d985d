package social.dunlin.media.worker.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One run of another program. The system holds it to its limits, so they hold even when this process is killed:
 * {@code timeout} gives it a process group of its own and kills that in the end; {@code ulimit} bounds address space, time
 * of the processor and what it may write; it gets a network of its own, with nothing in it, where namespaces are allowed.
 */
public final class Program {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int LONGEST_COMPLAINT = 300;
    private static final int MOST_OUTPUT = 1 << 20;
    private static final String LIMITED = "ulimit -c 0; ulimit -v \"$1\" && ulimit -t \"$2\" && ulimit -f \"$3\" || exit 125; shift 3; exec \"$@\"";
    private static final Logger LOG = Logger.getLogger(Program.class);
    private static volatile List<String> withoutNetwork;

    private Program() {
    }

    /** @param memoryMegabytes of address space; @param fileMegabytes of any one file it writes */
    public record Limits(Duration time, int memoryMegabytes, int fileMegabytes) {
    }

    /** Asked each time: an executable would be compiled with the environment of its builder. */
    private static String searched() {
        return System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    }

    /** Where a program of this name lies. */
    public static Optional<Path> find(String name) {
        return Arrays.stream(searched().split(":")).map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
    }

    /**
     * Runs it in a folder of its own and gives what it printed.
     *
     * @param environment all that it sees of it, besides where programs and temporary files are
     */
    public static String run(List<String> command, Path folder, Map<String, String> environment, Limits limits) throws ProgramFailure, IOException {
        Path printed = Files.createTempFile(folder, "printed", "");
        Path complaints = Files.createTempFile(folder, "complaints", "");
        ProcessBuilder builder = new ProcessBuilder(wrapped(command, limits)).directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(printed.toFile()).redirectError(complaints.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", searched(), "HOME", folder.toString(), "TMPDIR", folder.toString(), "LC_ALL", "C.UTF-8", "MALLOC_ARENA_MAX", "1"));
        builder.environment().putAll(environment);
        int code = await(builder.start(), limits.time());
        if (code != 0) {
            String complaint = beginning(complaints, LONGEST_COMPLAINT).replace(folder.toString(), "").replaceAll("\\s+", " ").strip();
            throw ProgramFailure.of("%s ended with %d%s: %s".formatted(Path.of(command.getFirst()).getFileName(), code,
                code == 137 || code == 124 ? " (over its limits)" : "", complaint));
        }
        return beginning(printed, MOST_OUTPUT);
    }

    private static List<String> wrapped(List<String> command, Limits limits) {
        long seconds = Math.max(1, limits.time().toSeconds());
        List<String> all = new ArrayList<>(List.of("timeout", "-s", "KILL", Long.toString(seconds),
            "sh", "-c", LIMITED, "limited", Long.toString(limits.memoryMegabytes() * 1024L), Long.toString(seconds * 2), Long.toString(limits.fileMegabytes() * 2048L)));
        all.addAll(withoutNetwork());
        all.addAll(command);
        return all;
    }

    private static int await(Process process, Duration time) throws IOException {
        try {
            if (process.waitFor(time.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            end(process);
            return 137;
        } catch (InterruptedException stopping) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static List<String> withoutNetwork() {
        List<String> known = withoutNetwork;
        if (known == null) {
            known = find("unshare").isPresent() && succeeds("unshare", "-r", "-n", "true") ? List.of("unshare", "-r", "-n") : List.of();
            if (known.isEmpty()) {
                LOG.debug("namespaces are not allowed here: programs that look at media could reach the network");
            }
            withoutNetwork = known;
        }
        return known;
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                end(process);
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String beginning(Path file, int length) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(length), StandardCharsets.UTF_8);
        }
    }
}
