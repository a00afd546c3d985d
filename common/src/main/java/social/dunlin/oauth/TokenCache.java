package social.dunlin.oauth;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import social.dunlin.event.Event;
import social.dunlin.event.EventBus;

/**
 * Remembers valid tokens for a few seconds, so that the burst of requests a client starts with asks the
 * database once. Only what was valid is kept, never a "no". A revocation in any process is heard of at once,
 * a suspension shows after the time to live at the latest.
 */
@ApplicationScoped
class TokenCache {
    private static final long LIFE = Duration.ofSeconds(5).toNanos();
    private static final int MAXIMUM = 10_000;

    private final EventBus events;
    private final Map<ByteBuffer, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicBoolean listening = new AtomicBoolean();

    TokenCache(EventBus events) {
        this.events = events;
    }

    private record Entry(AccessToken token, long readAt) {
        boolean isFresh() {
            return System.nanoTime() - readAt < LIFE;
        }
    }

    Optional<AccessToken> get(byte[] hash) {
        Entry entry = entries.get(ByteBuffer.wrap(hash));
        return entry != null && entry.isFresh() ? Optional.of(entry.token()) : Optional.empty();
    }

    void put(byte[] hash, AccessToken token) {
        // Only processes that look up tokens listen.
        if (listening.compareAndSet(false, true)) {
            events.subscribe(Event.TokenRevoked.class, revoked -> forget(revoked.tokenId()), entries::clear);
        }
        if (entries.size() >= MAXIMUM) {
            entries.values().removeIf(entry -> !entry.isFresh());
        }
        if (entries.size() < MAXIMUM) {
            entries.put(ByteBuffer.wrap(hash), new Entry(token, System.nanoTime()));
        }
    }

    void forget(long tokenId) {
        entries.values().removeIf(entry -> entry.token().id() == tokenId);
    }
}
