package social.dunlin.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Of what is read. That of what is written is tested where it is used: {@code GatheredJobsTest}, {@code PostsTogetherTest}. */
class GatheringTest {
    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final Gathering<Integer, Integer> doubling = Gathering.ofReads(3, this::twice);

    private List<Integer> twice(List<Integer> asked) {
        groups.add(asked);
        begun.countDown();
        await(go);
        if (asked.contains(13)) {
            throw new IllegalStateException("13 cannot be read");
        }
        return asked.stream().map(number -> 2 * number).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Those after the first come while it is being read. */
    private List<Optional<Integer>> ask(int first, int... others) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Integer>>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> doubling.join(first)));
            await(begun);
            for (int other : others) {
                answers.add(threads.submit(() -> doubling.join(other)));
            }
            go.countDown();
            List<Optional<Integer>> found = new ArrayList<>();
            for (Future<Optional<Integer>> answer : answers) {
                found.add(answer.get());
            }
            return found;
        }
    }

    @Test
    void everybodyIsGivenTheirOwn() throws Exception {
        List<Optional<Integer>> answers = ask(1, 2, 3, 4, 5, 6);
        assertEquals(List.of(2, 4, 6, 8, 10, 12), answers.stream().map(Optional::orElseThrow).toList());
        assertEquals(List.of(1), groups.getFirst(), "who comes first waits for nobody");
        assertEquals(6, groups.stream().mapToInt(List::size).sum());
        groups.forEach(group -> assertEquals(true, group.size() <= 3, groups::toString));
    }

    @Test
    void aGroupThatCannotBeReadHoldsUpNobody() throws Exception {
        List<Optional<Integer>> answers = ask(13, 1);
        assertEquals(List.of(Optional.empty(), Optional.of(2)), answers);
        assertEquals(Optional.of(4), doubling.join(2), "it goes on");
    }

    @Test
    void whoComesWhileAGroupTakesLongGoesByItself() throws Exception {
        Thread slow = Thread.startVirtualThread(() -> doubling.join(1));
        await(begun);
        TimeUnit.MILLISECONDS.sleep(50);
        assertEquals(Optional.empty(), doubling.join(2));
        go.countDown();
        slow.join();
        assertEquals(Optional.of(6), doubling.join(3), "the next ones go together again");
        assertEquals(List.of(List.of(1), List.of(3)), groups);
    }
}
