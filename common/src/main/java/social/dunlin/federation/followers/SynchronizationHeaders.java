package social.dunlin.federation.followers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The header for each delivery of a followers-only post. One post goes to many hosts within seconds, so an account's
 * digests are computed for all of them at once and kept for a moment; a follower who comes meanwhile only makes the
 * other side look once more.
 */
@ApplicationScoped
public class SynchronizationHeaders {
    private static final Duration KEPT_FOR = Duration.ofSeconds(30);
    private static final int KEPT = 64;

    private final Followers followers;
    private final Map<Long, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    public SynchronizationHeaders(Followers followers) {
        this.followers = followers;
    }

    private record Kept(Map<String, SynchronizationHeader> byHost, Instant until) {
    }

    /** Empty when nobody at the host follows the account, or too many do in all. */
    public Optional<SynchronizationHeader> of(long accountId, String host) {
        Instant now = Instant.now();
        synchronized (kept) {
            Kept known = kept.get(accountId);
            if (known != null && known.until.isAfter(now)) {
                return Optional.ofNullable(known.byHost.get(host));
            }
        }
        Map<String, SynchronizationHeader> headers = followers.headers(accountId);
        synchronized (kept) {
            kept.put(accountId, new Kept(headers, now.plus(KEPT_FOR)));
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return Optional.ofNullable(headers.get(host));
    }
}
