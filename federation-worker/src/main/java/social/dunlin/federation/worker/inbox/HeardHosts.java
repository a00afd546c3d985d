package social.dunlin.federation.worker.inbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hosts heard from just now: that a busy one lives need not be written down for each of its activities. */
final class HeardHosts {
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();
    private static final int REMEMBERED = 1_000;

    private final Map<String, Long> heard = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Once in ten seconds. */
    synchronized boolean isNews(String host) {
        long now = System.nanoTime();
        Long last = heard.get(host);
        if (last != null && now - last < PAUSE) {
            return false;
        }
        heard.put(host, now);
        return true;
    }
}
