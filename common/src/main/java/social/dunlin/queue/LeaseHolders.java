package social.dunlin.queue;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.EventBus;

/**
 * Knows which processes that hold leases are gone, by the session lock that each has on its connection for events, and
 * frees what they held without waiting for its end (docs/adr/0026). Leases end by time all the same: where there is no
 * such lock, as behind a pooler, nothing else counts.
 */
@ApplicationScoped
public class LeaseHolders {
    /**
     * A living process that lost its connection tries again more often than this, so a lock that is missed twice so far
     * apart will not come back.
     */
    static final Duration GRACE = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(LeaseHolders.class);

    private final LeaseHolderStore store;
    private final EventBus events;
    private final Duration grace;
    private final UUID id = UUID.randomUUID();
    /** Since when the lock of whom is missed; {@link System#nanoTime}. */
    private final Map<String, Long> missed = new HashMap<>();
    private boolean begun;
    private boolean lookingAgain;
    private volatile boolean locked;
    private volatile long lookedAt = System.nanoTime() - GRACE.toNanos();

    @Inject
    LeaseHolders(LeaseHolderStore store, EventBus events) {
        this(store, events, GRACE);
    }

    LeaseHolders(LeaseHolderStore store, EventBus events, Duration grace) {
        this.store = store;
        this.events = events;
        this.grace = grace;
    }

    /** A process of its own, outside of the container. */
    public static LeaseHolders of(Database database, EventBus events) {
        return new LeaseHolders(new LeaseHolderStore(database), events);
    }

    /** Names this process in leases; never given out again. */
    public String own() {
        return id.toString();
    }

    /** From now on this process shows that it lives, for as long as it listens to events. To be called before it leases anything. */
    public synchronized void begin() {
        if (!begun) {
            begun = true;
            events.hold(id.getLeastSignificantBits(), this::changed);
        }
    }

    void shutdown(@Observes ShutdownEvent event) {
        if (locked) {
            locked = false;
            tell();
        }
    }

    private void changed(boolean held) {
        locked = held;
        Thread.ofVirtual().name("lease holder").start(this::tell);
    }

    /**
     * Writes down whether the lock says anything about this process. Whoever changed it last is told by the state, not by
     * the order of calls. After a loss all others may have lost theirs as well, and get their time anew.
     */
    private synchronized void tell() {
        missed.clear();
        try {
            if (locked) {
                store.add(own(), id.getLeastSignificantBits());
                look();
            } else {
                store.remove(own());
            }
        } catch (RuntimeException failure) {
            LOG.debugf("Leases of this process end by time alone: %s", failure.getMessage());
        }
    }

    /** For who leases all the time: looks when nobody has for a while. */
    public void lookNowAndThen() {
        if (System.nanoTime() - lookedAt >= GRACE.toNanos()) {
            look();
        }
    }

    /** Frees what was leased by those whose lock has been gone for the grace. */
    public void look() {
        // Who has lost its own lock cannot know whether the others had the time to come back.
        if (locked) {
            judge();
        }
    }

    private synchronized void judge() {
        long now = System.nanoTime();
        lookedAt = now;
        List<String> gone = store.withoutLock(own());
        missed.keySet().retainAll(gone);
        gone.forEach(name -> missed.putIfAbsent(name, now));
        List<String> lost = gone.stream().filter(name -> now - missed.get(name) >= grace.toNanos()).toList();
        if (!lost.isEmpty()) {
            List<String> kinds = store.free(lost);
            missed.keySet().removeAll(lost);
            LOG.infof("%d processes are gone without a word; what they were at is taken up again", lost.size());
            events.publishAll(kinds.stream().map(kind -> new JobsWaiting(kind, 1)).toList());
        }
        if (!missed.isEmpty() && !lookingAgain) {
            lookingAgain = true;
            Thread.ofVirtual().name("lease holders").start(this::lookAgain);
        }
    }

    private void lookAgain() {
        try {
            Thread.sleep(grace);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            lookingAgain = false;
        }
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.debugf("The next look will do: %s", failure.getMessage());
        }
    }
}
