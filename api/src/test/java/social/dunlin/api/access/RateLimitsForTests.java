package social.dunlin.api.access;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Limits outside of the container. */
public final class RateLimitsForTests {
    private RateLimitsForTests() {
    }

    /** Of one window: none ends amid a test. */
    public static RateLimits on() {
        return new RateLimits(true, Clock.fixed(Instant.now(), ZoneOffset.UTC));
    }
}
