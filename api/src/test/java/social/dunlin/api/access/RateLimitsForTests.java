package social.dunlin.api.access;

import java.time.Clock;

/** Limits outside of the container. */
public final class RateLimitsForTests {
    private RateLimitsForTests() {
    }

    public static RateLimits on() {
        return new RateLimits(true, Clock.systemUTC());
    }
}
