package social.dunlin.media.worker.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.testing.Eventually;

class ProgramTest {
    private static final Program.Limits USUAL = new Program.Limits(Duration.ofSeconds(60), 500, 10);
    @TempDir
    Path folder;

    private String run(Program.Limits limits, String script) throws Exception {
        return Program.run(List.of("sh", "-c", script), folder, Map.of("SAID", "hello"), limits);
    }

    @Test
    void saysWhatItPrints() throws Exception {
        assertEquals("hello\n", run(USUAL, "echo $SAID"));
    }

    @Test
    void seesNothingOfThisEnvironment() throws Exception {
        assertFalse(run(USUAL, "env").contains("JAVA_HOME"));
        assertEquals(folder + "\n", run(USUAL, "pwd"));
    }

    @Test
    void aFailureSaysWhy() {
        ProgramFailure failure = assertThrows(ProgramFailure.class, () -> run(USUAL, "echo no good >&2; exit 3"));
        assertTrue(failure.getMessage().contains("3: no good"), failure.getMessage());
    }

    @Test
    void tooLongIsEndedWithItsChildren() throws Exception {
        Path pid = folder.resolve("pid");
        // Long enough for a busy machine to begin with it at all.
        assertThrows(ProgramFailure.class, () -> run(new Program.Limits(Duration.ofSeconds(4), 500, 10), "sleep 300 & echo $! >pid; wait"));
        Path status = Path.of("/proc", Files.readString(pid).strip(), "status");
        // All of the group are killed at once, and end when the machine gets to them.
        Eventually.until("it has ended", () -> !lives(status));
    }

    /** Whose parent is gone may stay as a zombie for a while. */
    private static boolean lives(Path status) {
        try {
            return !Files.readString(status).contains("State:\tZ");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void memoryIsBounded() throws Exception {
        String hungry = "dd if=/dev/zero of=/dev/null bs=%dM count=1 2>/dev/null && echo fed";
        assertEquals("fed\n", run(USUAL, hungry.formatted(20)));
        assertThrows(ProgramFailure.class, () -> run(new Program.Limits(Duration.ofSeconds(60), 100, 10), hungry.formatted(200)));
    }

    @Test
    void filesAreBounded() throws Exception {
        assertThrows(ProgramFailure.class, () -> run(new Program.Limits(Duration.ofSeconds(60), 500, 1), "exec head -c 5000000 /dev/zero >large"));
        assertTrue(Files.size(folder.resolve("large")) <= 1 << 20);
    }

    /** Where namespaces are allowed there is not even a way to this machine itself. */
    @Test
    void thereIsNoNetworkWhereThatIsAllowed() throws Exception {
        String devices = run(USUAL, "cat /proc/net/dev");
        boolean allowed = new ProcessBuilder("unshare", "-r", "-n", "true").start().waitFor() == 0;
        assertEquals(allowed, devices.lines().noneMatch(line -> line.contains(":") && !line.strip().startsWith("lo:")), devices);
    }
}
