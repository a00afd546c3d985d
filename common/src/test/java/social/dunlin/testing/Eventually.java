package social.dunlin.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what comes true a moment later, on another thread or in another process, and never for a time. The bound keeps
 * a test that is wrong from hanging; it says nothing of how long anything may take.
 */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(2);

    private Eventually() {
    }

    public static void until(String what, BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    public static void until(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("Did not come true within %s: %s".formatted(patience, what));
            }
            // Lets those have the processor who are waited for.
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }
}
