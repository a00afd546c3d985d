package social.dunlin.database.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import social.dunlin.config.NodeSize;

/** Runs PostgreSQL's programs: without root's rights, in the data directory, untouched by the caller's PG variables. */
record PostgresPrograms(PostgresBinaries binaries, Unprivileged unprivileged, Path dataDirectory, NodeSize size) {
    /** Read by glibc. Left to itself it learns from one large plan to keep megabytes in each process for good. */
    private static final Map<String, String> GIVE_MEMORY_BACK = Map.of("MALLOC_TRIM_THRESHOLD_", "131072");
    /** What each batch of posts gives back and asks for again the kernel has to clear page by page; where there is plenty, some is kept. */
    private static final Map<String, String> KEEP_SOME_MEMORY = Map.of("MALLOC_TRIM_THRESHOLD_", "4194304", "MALLOC_MMAP_THRESHOLD_", "2097152");

    /** @param output both streams; empty when they went to a log */
    record Result(int exitCode, String output) {
    }

    String path(String name) {
        return binaries.program(name);
    }

    /** @param failure what it means when the program fails, for the operator */
    void run(List<String> command, String input, String failure) {
        Result result = execute(command, input, null);
        if (result.exitCode() != 0) {
            throw new EmbeddedPostgresException("PostgreSQL %s in %s: %s"
                    .formatted(failure, dataDirectory, PostgresComplaint.in(result.output())));
        }
    }

    /** @param log where the output is appended; null to hand it back */
    Result execute(List<String> command, String input, Path log) {
        ProcessBuilder builder = new ProcessBuilder(unprivileged.command(command)).redirectErrorStream(true);
        builder.directory(dataDirectory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        (size == NodeSize.LARGE ? KEEP_SOME_MEMORY : GIVE_MEMORY_BACK).forEach(builder.environment()::putIfAbsent);
        if (log != null) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        }
        try {
            Process process = builder.start();
            try (var toProcess = process.getOutputStream()) {
                toProcess.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = log == null
                    ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    : "";
            return new Result(process.waitFor(), output.strip());
        } catch (IOException problem) {
            throw new EmbeddedPostgresException("Cannot run %s: %s".formatted(command.getFirst(),
                    problem.getMessage()), problem);
        } catch (InterruptedException interruption) {
            throw EmbeddedPostgresException.interrupted();
        }
    }
}
