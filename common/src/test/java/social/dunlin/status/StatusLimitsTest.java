package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.TestConfiguration;

class StatusLimitsTest {
    private final StatusDraft drafts = new StatusDraft(new StatusLimits(TestConfiguration.of(Map.of(
        "dunlin.limits.status-characters", "20", "dunlin.limits.poll-options", "6"))), null, null);

    @Test
    void lengthOfAPostIsTheConfiguredOne() {
        assertDoesNotThrow(() -> drafts.checkLength("12345", "1234567890 1234"));
        Refusal refusal = assertThrows(Refusal.class, () -> drafts.checkLength("12345", "1234567890 12345"));
        assertEquals(422, refusal.status());
        assertEquals("Validation failed: Text character limit of 20 exceeded", refusal.getMessage());
    }

    @Test
    void pollHasAsManyChoicesAsConfigured() {
        assertDoesNotThrow(() -> drafts.checkPoll(poll("a", "b", "c", "d", "e", "f"), false));
        assertThrows(Refusal.class, () -> drafts.checkPoll(poll("a", "b", "c", "d", "e", "f", "g"), false));
    }

    private static NewStatus.NewPoll poll(String... options) {
        return new NewStatus.NewPoll(List.of(options), Duration.ofHours(1), false, false);
    }
}
