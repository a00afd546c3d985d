package social.dunlin.federation.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many requests run at once, per host and in all; who waits is served in turn. A host is remembered only while
 * somebody uses or awaits it, and ports do not count: an attacker who names a thousand ports or hosts leaves nothing
 * behind.
 */
final class HostLimiter {
    private static final int MAXIMUM_WAITING_PER_HOST = 200;

    private final int perHost;
    private final Semaphore inAll;
    private final Map<String, Slot> slots = new HashMap<>();

    private static final class Slot {
        private final Semaphore permits;
        private int users;

        private Slot(int permits) {
            this.permits = new Semaphore(permits, true);
        }
    }

    /** Held for the duration of one request. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    HostLimiter(int perHost, int inAll) {
        this.perHost = perHost;
        this.inAll = new Semaphore(inAll, true);
    }

    Permit acquire(String hostName, Deadline deadline) {
        Slot slot = enter(hostName);
        boolean held = false;
        try {
            awaitPermit(slot.permits, deadline);
            try {
                awaitPermit(inAll, deadline);
                held = true;
            } finally {
                if (!held) {
                    slot.permits.release();
                }
            }
        } finally {
            if (!held) {
                leave(hostName, slot);
            }
        }
        return () -> {
            inAll.release();
            slot.permits.release();
            leave(hostName, slot);
        };
    }

    int rememberedHosts() {
        synchronized (slots) {
            return slots.size();
        }
    }

    private Slot enter(String hostName) {
        synchronized (slots) {
            Slot slot = slots.computeIfAbsent(hostName, name -> new Slot(perHost));
            if (slot.users >= MAXIMUM_WAITING_PER_HOST) {
                throw new FetchException.Busy("too many requests to this server are waiting");
            }
            slot.users++;
            return slot;
        }
    }

    private void leave(String hostName, Slot slot) {
        synchronized (slots) {
            slot.users--;
            if (slot.users == 0) {
                slots.remove(hostName);
            }
        }
    }

    private static void awaitPermit(Semaphore semaphore, Deadline deadline) {
        try {
            if (!semaphore.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new FetchException.Busy("no turn in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FetchException.Unreachable("interrupted", interrupted);
        }
    }
}
