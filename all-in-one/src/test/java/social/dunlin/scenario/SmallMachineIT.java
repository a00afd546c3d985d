package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.testing.TestPostgres;

/** A board with 512 MB and one processor carries the server, its database and the commands of its operator. */
class SmallMachineIT {
    private static final int MEGABYTES = 512;
    private static final int READERS = 16;

    @TempDir
    Path data;

    @Test
    void federatesAndAnswersACrowdWithoutBeingKilled() throws Exception {
        SmallMachine machine = SmallMachine.with(MEGABYTES).orElse(null);
        if (machine == null) {
            abort("control groups cannot be made here");
        }
        TestPostgres postgres = TestPostgres.start();
        try (machine;
             Server small = Server.overHttpsWithOwnDatabase("alpha.test", data).within(machine).start();
             Server other = Server.overHttps("beta.test", postgres.uriOf(postgres.freshDatabase())).onVirtualMachine().start()) {
            Api alice = small.newUser("alice");
            Api bob = other.newUser("bob");
            new FederationStory(alice, small.domain(), bob, other.domain()).play();
            crowd(alice, small.anonymous());
            assertTrue(small.isAlive(), small::output);
            assertEquals(0, machine.kills(), "processes killed for want of memory");
        }
    }

    /** Many at once, who post and read. */
    private static void crowd(Api author, Api reader) throws Exception {
        Callable<Integer> visit = () -> {
            int answered = 0;
            for (int round = 0; round < 25; round++) {
                author.post("/api/v1/statuses", Map.of("status", "From a crowd, " + round + ". " + "Sand and water. ".repeat(20)));
                answered += author.get("/api/v1/timelines/home?limit=40").size() > 0 ? 1 : 0;
                answered += reader.get("/api/v1/timelines/public?limit=40").size() > 0 ? 1 : 0;
            }
            return answered;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int visitor = 0; visitor < READERS; visitor++) {
                answers.add(threads.submit(visit));
            }
            for (Future<Integer> answer : answers) {
                assertEquals(50, answer.get());
            }
        }
    }
}
