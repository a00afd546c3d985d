package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small node and its own database, when the power goes. */
class CrashIT {
    @TempDir
    Path data;

    @Test
    void everythingKilledLosesNoCommittedPost() throws Exception {
        Server server = Server.tryOut(data).start();
        Api frida = server.newUser("frida");
        List<String> answered = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            answered.add(frida.post("/api/v1/statuses", Map.of("status", "Committed " + number)).get("id").asText());
        }
        List<ProcessHandle> tree = databaseProcesses();
        server.kill();
        tree.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle handle : tree) {
            handle.onExit().get(90, TimeUnit.SECONDS);
        }
        server.start();
        for (String id : answered) {
            assertEquals(200, frida.send("GET", "/api/v1/statuses/" + id, null).status(), "post " + id + " was answered, so it stays");
        }
        server.close();
    }

    @Test
    void anOrphanedDatabaseOfAKilledParentIsTakenOver() throws Exception {
        Server server = Server.tryOut(data).start();
        Api frida = server.newUser("frida");
        String id = frida.post("/api/v1/statuses", Map.of("status", "Before the kill")).get("id").asText();
        server.kill();
        server.start();
        assertEquals(200, frida.send("GET", "/api/v1/statuses/" + id, null).status());
        List<ProcessHandle> tree = databaseProcesses();
        server.stop();
        for (ProcessHandle handle : tree) {
            handle.onExit().get(90, TimeUnit.SECONDS);
        }
        assertTrue(tree.stream().noneMatch(ProcessHandle::isAlive), "a clean stop leaves no process behind");
    }

    /** The database server and its children; it runs in a session of its own, so that Ctrl-C reaches Dunlin alone. */
    private List<ProcessHandle> databaseProcesses() throws IOException {
        long number = Long.parseLong(Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid")).getFirst());
        ProcessHandle server = ProcessHandle.of(number).orElseThrow();
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }
}
