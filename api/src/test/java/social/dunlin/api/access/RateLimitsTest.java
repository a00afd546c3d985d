package social.dunlin.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private Instant now = Instant.parse("2026-11-21T10:03:20Z");
    private final RateLimits limits = new RateLimits(true, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void windowsAreAlignedToTheClockAndBeginAnew() {
        RateLimits.Usage first = limits.count(Limit.TOKEN, "1");
        assertEquals(299, first.remaining());
        assertEquals(Instant.parse("2026-11-21T10:05:00Z"), first.reset());
        now = Instant.parse("2026-11-21T10:05:00Z");
        assertEquals(299, limits.count(Limit.TOKEN, "1").remaining());
    }

    @Test
    void hostileInput112_triesBeyondTheLimitAreRefused() {
        for (int tries = 0; tries < Limit.LOG_IN_NAME.count(); tries++) {
            assertFalse(limits.count(Limit.LOG_IN_NAME, "wren").isExceeded());
        }
        assertTrue(limits.count(Limit.LOG_IN_NAME, "wren").isExceeded());
        assertFalse(limits.count(Limit.LOG_IN_NAME, "tern").isExceeded());
        assertFalse(limits.count(Limit.LOG_IN_ADDRESS, "wren").isExceeded());
    }

    @Test
    void switchedOffNothingIsRefused() {
        RateLimits off = new RateLimits(false, Clock.systemUTC());
        for (int tries = 0; tries < 2000; tries++) {
            assertFalse(off.count(Limit.LOG_IN_NAME, "wren").isExceeded());
        }
    }

    @Test
    void ipv6AddressesOfOnePersonCountTogether() {
        assertEquals(RateLimits.network("2001:db8:1:2::1"), RateLimits.network("2001:db8:1:2:ffff::9"));
        assertFalse(RateLimits.network("2001:db8:1:2::1").equals(RateLimits.network("2001:db8:1:3::1")));
        assertEquals("192.0.2.1", RateLimits.network("192.0.2.1"));
    }

    @Test
    void crowdOfAddressesDoesNotWipeOutTheCountersOfLogIns() {
        limits.count(Limit.LOG_IN_NAME, "wren");
        for (int address = 0; address < 60_000; address++) {
            limits.count(address % 2 == 0 ? Limit.ANONYMOUS : Limit.SERVER_ADDRESS, "network " + address);
        }
        assertEquals(Limit.LOG_IN_NAME.count() - 2, limits.count(Limit.LOG_IN_NAME, "wren").remaining());
    }
}
