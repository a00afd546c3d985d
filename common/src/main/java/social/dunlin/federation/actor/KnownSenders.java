package social.dunlin.federation.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import social.dunlin.account.AccountStore;
import social.dunlin.account.AccountStore.Standing;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;
import social.dunlin.federation.signature.Keys;

/**
 * What every request of a server asks anew: the key it signs with and how its actor stands here. Kept in memory until the
 * account changes, a minute at most. Who is unknown is never remembered, and a signature that does not fit the key kept is
 * checked against the stored one. The worker asks the database again before it does what somebody says.
 */
@ApplicationScoped
public class KnownSenders {
    private static final int KEPT = 2_000;
    private static final long LIFE = Duration.ofMinutes(1).toNanos();

    private final AccountStore accounts;
    private final RemoteActorStore store;
    private final EventBus events;
    private final Map<String, Entry> kept = new LinkedHashMap<>(16, 0.75f, true);
    /** Grows with every change: what was read before one is not kept after it. */
    private long generation;
    private boolean listening;

    public KnownSenders(AccountStore accounts, RemoteActorStore store, EventBus events) {
        this.accounts = accounts;
        this.store = store;
        this.events = events;
    }

    private record Entry(long accountId, Object value, long until) {
    }

    /** A key of another server's actor, ready to verify. */
    record Key(long accountId, PublicKey key, String owner) {
    }

    /** As {@link AccountStore#standing}. */
    public Optional<Standing> standing(String uri) {
        return kept("actor " + uri, Standing.class, () -> accounts.standing(uri).map(standing -> new Entry(standing.id(), standing, end())));
    }

    /** Empty for unknown, unreadable and local ones. */
    Optional<Key> key(String keyId) {
        return kept("key " + keyId, Key.class, () -> read(keyId).map(key -> new Entry(key.accountId, key, end())));
    }

    private Optional<Key> read(String keyId) {
        return store.key(keyId).filter(stored -> !stored.local()).flatMap(stored -> Keys.readPublicPem(stored.publicKey())
            .map(key -> new Key(stored.accountId(), key, stored.owner())));
    }

    private static long end() {
        return System.nanoTime() + LIFE;
    }

    private <T> Optional<T> kept(String name, Class<T> type, Supplier<Optional<Entry>> reader) {
        listen();
        long before;
        synchronized (kept) {
            Entry known = kept.get(name);
            if (known != null && known.until - System.nanoTime() > 0) {
                return Optional.of(type.cast(known.value));
            }
            before = generation;
        }
        Optional<Entry> read = reader.get();
        synchronized (kept) {
            if (read.isPresent() && before == generation) {
                kept.put(name, read.get());
                while (kept.size() > KEPT) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
        }
        return read.map(entry -> type.cast(entry.value));
    }

    /** With the first request, so that a process which receives nothing does not listen. */
    private void listen() {
        synchronized (kept) {
            if (listening) {
                return;
            }
            listening = true;
        }
        events.subscribe(AccountChanged.class, changed -> forget(changed.accountId()), this::forgetAll);
        forgetAll();
    }

    private void forget(long accountId) {
        synchronized (kept) {
            generation++;
            kept.values().removeIf(entry -> entry.accountId == accountId);
        }
    }

    private void forgetAll() {
        synchronized (kept) {
            generation++;
            kept.clear();
        }
    }
}
