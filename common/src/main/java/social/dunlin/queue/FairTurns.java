package social.dunlin.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Who of what is leased goes now: so many of one key, so many in all. A key is remembered only while somebody waits. */
public final class FairTurns {
    private final Semaphore inAll;
    private final int perKey;
    private final Map<String, KeyTurns> keys = new HashMap<>();

    private static final class KeyTurns {
        private final Semaphore permits;
        private int users;

        private KeyTurns(int permits) {
            this.permits = new Semaphore(permits, true);
        }
    }

    /** Held while it goes. */
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    public FairTurns(int inAll, int perKey) {
        this.inAll = new Semaphore(inAll);
        this.perKey = perKey;
    }

    /**
     * What is slow for one key waits for its like without keeping that of others from going. Whoever is interrupted goes
     * on at once, to fail at what it does next.
     */
    public Turn await(String key) {
        KeyTurns turns = enter(key);
        turns.permits.acquireUninterruptibly();
        inAll.acquireUninterruptibly();
        return () -> {
            inAll.release();
            turns.permits.release();
            leave(key, turns);
        };
    }

    private synchronized KeyTurns enter(String key) {
        KeyTurns turns = keys.computeIfAbsent(key, name -> new KeyTurns(perKey));
        turns.users++;
        return turns;
    }

    private synchronized void leave(String key, KeyTurns turns) {
        turns.users--;
        if (turns.users == 0) {
            keys.remove(key);
        }
    }
}
