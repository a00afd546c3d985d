package social.dunlin.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One listener. It gets its events one after the other in order, on a virtual thread that lives only while
 * there are any; a slow one holds up nobody but itself, and when too much has piled up it is told that it
 * missed something instead.
 */
public final class Subscription<T extends Event> implements AutoCloseable {
    private static final int WAITING_LIMIT = 10_000;
    private static final Logger LOG = Logger.getLogger(Subscription.class);

    private final Class<T> type;
    private final Consumer<T> handler;
    private final Runnable missed;
    private final Consumer<Subscription<?>> onClose;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean draining;
    private boolean closed;

    Subscription(Class<T> type, Consumer<T> handler, Runnable missed, Consumer<Subscription<?>> onClose) {
        this.type = type;
        this.handler = handler;
        this.missed = missed;
        this.onClose = onClose;
    }

    void offer(Event event) {
        if (type.isInstance(event)) {
            add(() -> handler.accept(type.cast(event)));
        }
    }

    void offerMissed() {
        add(missed);
    }

    private synchronized void add(Runnable call) {
        if (closed) {
            return;
        }
        if (waiting.size() >= WAITING_LIMIT) {
            waiting.clear();
            waiting.add(missed);
        }
        waiting.add(call);
        if (!draining) {
            draining = true;
            Thread.ofVirtual().name("event-" + type.getSimpleName()).start(this::drain);
        }
    }

    private void drain() {
        for (Runnable call = next(); call != null; call = next()) {
            try {
                call.run();
            } catch (RuntimeException failure) {
                LOG.errorf(failure, "A listener to %s failed", type.getSimpleName());
            }
        }
    }

    private synchronized Runnable next() {
        Runnable call = closed ? null : waiting.poll();
        draining = call != null;
        return call;
    }

    /** After this no further event is begun. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        onClose.accept(this);
    }
}
