package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Job JOB = Job.of("greet", "{}").fairBy("one.example");

    private final List<JobRun> running = new ArrayList<>();
    private final Places places = new Places(Map.of("greet", TestHandler.of("greet", run -> { }).atATime(3, 2)), () -> running, Duration.ofSeconds(60));
    private long ids;

    PlacesTest() {
        places.open();
    }

    private JobRun run(Job job) {
        return new JobRun(++ids, job.kind(), job.payload(), 1, job.fairKey());
    }

    private void hand(Job... jobs) {
        assertTrue(places.reserve(List.of(jobs)));
        assertTrue(places.hand(List.of(jobs), List.of(jobs).stream().map(this::run).toList()));
    }

    /** Somebody who adds a job and waits for its place. */
    private CompletableFuture<Boolean> waiting(Job job) throws InterruptedException {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> taken.complete(places.reserve(List.of(job))));
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return taken;
    }

    @Test
    void whoFindsNoPlaceWaitsForOne() throws InterruptedException {
        fill();
        places.beginTogether(Set.of("greet"));
        CompletableFuture<Boolean> waiting = waiting(JOB.fairBy("three.example"));
        running.removeLast();
        places.begin(List.of());
        assertTrue(waiting.join());
    }

    private void fill() {
        hand(JOB, JOB, JOB.fairBy("two.example"));
        running.addAll(places.begin(List.of()));
    }

    /** Who asks other servers may be at it for long. */
    @Test
    void nobodyWaitsForWhatIsDoneOneByOne() {
        fill();
        assertFalse(places.reserve(List.of(JOB.fairBy("three.example"))));
    }

    @Test
    void whoComesWhileTheQueueIsAskedWaitsForTheAnswer() throws InterruptedException {
        places.expect(Set.of("greet"));
        Places.Question question = places.ask();
        CompletableFuture<Boolean> waiting = waiting(JOB);
        places.answered(question, Set.of());
        assertTrue(waiting.join());
    }

    @Test
    void whoWaitsWhenTheWorkerStopsGoesIntoTheQueue() throws InterruptedException {
        places.expect(Set.of("greet"));
        places.beginTogether(Set.of("greet"));
        CompletableFuture<Boolean> waiting = waiting(JOB);
        places.close();
        assertFalse(waiting.join());
    }

    /** It would hold up the others that it is added with. */
    @Test
    void nobodyWaitsForAKeyThatHasItsPlaces() {
        hand(JOB, JOB);
        assertFalse(places.reserve(List.of(JOB)));
        assertFalse(places.reserve(List.of(JOB, JOB.fairBy("two.example"))));
        hand(JOB.fairBy("two.example"));
    }

    @Test
    void queueIsAskedForWhatIsLeftBesideThoseHandedOver() {
        hand(JOB);
        assertTrue(places.reserve(List.of(JOB)));
        places.expect(Set.of("greet"));
        Places.Question question = places.ask();
        assertEquals(List.of(1), question.rooms().stream().map(JobLeaseStore.Room::slots).toList());
        assertEquals(List.of(2), question.busy().stream().map(JobLeaseStore.Busy::running).toList());
        assertTrue(places.ask().rooms().isEmpty(), "once");
    }
}
