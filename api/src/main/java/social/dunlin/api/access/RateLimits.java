package social.dunlin.api.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.refusal.Refusal;

/**
 * Counts requests in windows aligned to the clock, in this process. Memory is bounded: past windows are
 * swept out, and a crowd that fills the table all the same starts it anew.
 */
@Singleton
public class RateLimits {
    private static final int MAXIMUM = 50_000;
    private static final Set<Limit> OF_STRANGERS = EnumSet.of(Limit.ANONYMOUS, Limit.FILE, Limit.PROXIED_MEDIA, Limit.SERVER_ADDRESS, Limit.SERVER);
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

    private final boolean enabled;
    private final Clock clock;
    private final Map<Key, Count> counts = new ConcurrentHashMap<>();

    @Inject
    public RateLimits(DunlinConfiguration configuration) {
        this(configuration.limits().enabled(), Clock.systemUTC());
    }

    RateLimits(boolean enabled, Clock clock) {
        this.enabled = enabled;
        this.clock = clock;
    }

    private record Key(Limit limit, String who) {
    }

    private record Count(long windowEnd, int requests) {
    }

    /** @param remaining below 0 = refused */
    public record Usage(Limit limit, int remaining, Instant reset) {
        public boolean isExceeded() {
            return remaining < 0;
        }

        /** Refuses with 429 when it is too much. */
        public void refuseExcess() {
            if (isExceeded()) {
                Duration rest = Duration.between(Instant.now(), reset);
                throw Refusal.tooManyRequests(rest.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : rest);
            }
        }
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Counts one more and tells how it stands. */
    public Usage count(Limit limit, String who) {
        long now = clock.millis();
        long length = limit.window().toMillis();
        long end = now - now % length + length;
        if (!enabled) {
            return new Usage(limit, limit.count(), Instant.ofEpochMilli(end));
        }
        sweep(now);
        Count count = counts.compute(new Key(limit, who),
            (key, before) -> before == null || before.windowEnd() != end ? new Count(end, 1) : new Count(end, before.requests() + 1));
        return new Usage(limit, limit.count() - count.requests(), Instant.ofEpochMilli(end));
    }

    private void sweep(long now) {
        if (counts.size() >= MAXIMUM) {
            counts.values().removeIf(count -> count.windowEnd() <= now);
            // Whoever owns many addresses can fill this map; the counters of log-ins must not fall to that.
            if (counts.size() >= MAXIMUM) {
                counts.keySet().removeIf(key -> OF_STRANGERS.contains(key.limit()));
            }
            if (counts.size() >= MAXIMUM) {
                counts.clear();
            }
        }
    }

    /** What counts as one caller: an IPv4 address, or the /64 that one person's IPv6 addresses come from. */
    public static String network(String ip) {
        if (ip.indexOf(':') < 0) {
            return ip;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(ip).getAddress();
            return bytes.length == 4 ? HexFormat.of().formatHex(bytes) : HexFormat.of().formatHex(Arrays.copyOf(bytes, 8));
        } catch (IllegalArgumentException failure) {
            return ip;
        }
    }
}
