package social.dunlin.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(40, Duration.ofSeconds(10), Duration.ofMinutes(5));

    @Test
    void backoffDoublesUpToItsCapAndStaysBetweenHalfAndWhole() {
        long[] full = {10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000};
        Random random = new Random(1);
        for (int attempt = 1; attempt <= full.length; attempt++) {
            for (int draw = 0; draw < 1_000; draw++) {
                long delay = policy.delayAfter(attempt, random).toMillis();
                assertTrue(delay >= full[attempt - 1] / 2 && delay <= full[attempt - 1], "attempt %d: %d".formatted(attempt, delay));
            }
        }
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        IntStream.of(0, 39, 1_000, Integer.MAX_VALUE).forEach(attempts ->
            assertTrue(policy.delayAfter(attempts, new Random(1)).compareTo(Duration.ofMinutes(5)) <= 0));
    }

    @Test
    void jitterSpreadsWhatFailedTogether() {
        Random random = new Random(1);
        assertEquals(100, IntStream.range(0, 100).mapToObj(draw -> policy.delayAfter(8, random)).distinct().count(), 2);
    }

    @Test
    void senselessPoliciesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(1, Duration.ZERO, Duration.ofSeconds(2)));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(1, Duration.ofSeconds(3), Duration.ofSeconds(2)));
    }
}
