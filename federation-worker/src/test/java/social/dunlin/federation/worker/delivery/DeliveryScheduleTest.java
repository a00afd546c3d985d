package social.dunlin.federation.worker.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryScheduleTest {
    @Test
    void sixteenAttemptsTakeAboutTwentySixHours() {
        Random random = new Random(1);
        double hours = 0;
        for (int round = 0; round < 200; round++) {
            for (int attempts = 1; attempts < 16; attempts++) {
                hours += DeliverySchedule.delay(attempts, null, random).toSeconds() / 3600.0 / 200;
            }
        }
        assertTrue(hours > 25 && hours < 28, hours + " hours");
    }

    @Test
    void hostMayAskForMoreTimeWithinReason() {
        assertEquals(Duration.ofMinutes(90), DeliverySchedule.delay(1, Duration.ofMinutes(90), new Random(1)));
        assertEquals(Duration.ofHours(12), DeliverySchedule.delay(1, Duration.ofDays(400), new Random(1)));
        assertTrue(DeliverySchedule.delay(1, Duration.ZERO, new Random(1)).toSeconds() >= 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403, 404, 405, 406, 410, 413, 422, 501})
    void finalAnswers(int status) {
        assertInstanceOf(DeliveryResult.Refused.class, Sender.failure(status, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 429, 500, 502, 503, 504})
    void answersThatMayChange(int status) {
        assertInstanceOf(DeliveryResult.Failed.class, Sender.failure(status, null));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertEquals(Duration.ofSeconds(120), Sender.retryAfter("120").orElseThrow());
        assertTrue(Sender.retryAfter("Fri, 01 Jan 2100 00:00:00 GMT").orElseThrow().toDays() > 365);
        assertTrue(Sender.retryAfter("Fri, 01 Jan 2010 00:00:00 GMT").isEmpty());
        assertTrue(Sender.retryAfter("soon").isEmpty());
    }
}
