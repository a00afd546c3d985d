package social.dunlin.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition instead of for a time. */
final class Await {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Await() {
    }

    /** The value as soon as there is one; fails with the sentence after three minutes, which only a server that hangs takes. */
    static <T> T present(String sentence, Supplier<Optional<T>> question) {
        return present(sentence, PATIENCE, question);
    }

    static <T> T present(String sentence, Duration atMost, Supplier<Optional<T>> question) {
        return present(sentence, atMost, Duration.ofMillis(100), question);
    }

    private static <T> T present(String sentence, Duration atMost, Duration between, Supplier<Optional<T>> question) {
        Instant end = Instant.now().plus(atMost);
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Did not happen within %s: %s".formatted(atMost, sentence));
            }
            LockSupport.parkNanos(between.toNanos());
        }
    }

    static void until(String sentence, Supplier<Boolean> condition) {
        present(sentence, PATIENCE, () -> condition.get() ? Optional.of(true) : Optional.empty());
    }

    static void until(String sentence, Duration atMost, Supplier<Boolean> condition) {
        present(sentence, atMost, () -> condition.get() ? Optional.of(true) : Optional.empty());
    }

    /** The same for a question that costs the server much. */
    static void untilAskedSeldom(String sentence, Duration atMost, Supplier<Boolean> condition) {
        present(sentence, atMost, Duration.ofSeconds(2), () -> condition.get() ? Optional.of(true) : Optional.empty());
    }
}
