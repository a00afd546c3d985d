package social.dunlin.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the scripts in src/test/clients with Node, or Python, and reads the JSON line it ends with. */
final class NodeScript {
    private static final Path FOLDER = Path.of("src", "test", "clients").toAbsolutePath();

    private NodeScript() {
    }

    static JsonNode run(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.endsWith(".py") ? "/usr/bin/python3" : "node", script));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
            // What speaks HTTPS trusts the servers of the test.
            builder.environment().put("NODE_EXTRA_CA_CERTS", TestAuthority.get().certificate().toString());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("%s failed:%n%s".formatted(script, output));
            }
            return Api.JSON.readTree(output.strip().lines().reduce((first, second) -> second).orElseThrow());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }
}
