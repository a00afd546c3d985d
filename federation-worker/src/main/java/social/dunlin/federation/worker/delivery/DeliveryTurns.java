package social.dunlin.federation.worker.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Who of the leased deliveries goes now: so many to a host, so many in all. A host is remembered only while somebody waits. */
final class DeliveryTurns {
    private final Semaphore inAll;
    private final int perHost;
    private final Map<String, HostTurns> hosts = new HashMap<>();

    private static final class HostTurns {
        private final Semaphore permits;
        private int users;

        private HostTurns(int permits) {
            this.permits = new Semaphore(permits, true);
        }
    }

    /** Held while it goes. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    DeliveryTurns(int inAll, int perHost) {
        this.inAll = new Semaphore(inAll);
        this.perHost = perHost;
    }

    /**
     * A slow host's deliveries wait for each other without keeping those of others from going. Whoever is interrupted
     * goes on at once, to fail at what it does next.
     */
    Turn await(String host) {
        HostTurns turns = enter(host);
        turns.permits.acquireUninterruptibly();
        inAll.acquireUninterruptibly();
        return () -> {
            inAll.release();
            turns.permits.release();
            leave(host, turns);
        };
    }

    private synchronized HostTurns enter(String host) {
        HostTurns turns = hosts.computeIfAbsent(host, name -> new HostTurns(perHost));
        turns.users++;
        return turns;
    }

    private synchronized void leave(String host, HostTurns turns) {
        turns.users--;
        if (turns.users == 0) {
            hosts.remove(host);
        }
    }
}
