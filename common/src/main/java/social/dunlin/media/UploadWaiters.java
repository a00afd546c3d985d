package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import social.dunlin.event.Event.UploadProcessed;
import social.dunlin.event.EventBus;

/** Who waits in this process for what a media worker, here or elsewhere, makes of an upload. */
@ApplicationScoped
public class UploadWaiters {
    private final EventBus events;
    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private boolean listening;

    public UploadWaiters(EventBus events) {
        this.events = events;
    }

    /** Woken by all that happens from now on, so who looks afterwards misses nothing. To be closed. */
    Waiter begin(long upload) {
        listen();
        Waiter waiter = new Waiter(upload);
        waiting.add(waiter);
        return waiter;
    }

    private synchronized void listen() {
        if (!listening) {
            listening = true;
            events.subscribe(UploadProcessed.class, event -> waiting.stream().filter(waiter -> waiter.upload == event.uploadId()).forEach(Waiter::wake),
                () -> waiting.forEach(Waiter::wake));
        }
    }

    final class Waiter implements AutoCloseable {
        private final long upload;
        private final Semaphore news = new Semaphore(0);

        private Waiter(long upload) {
            this.upload = upload;
        }

        private void wake() {
            news.release();
        }

        /** Until there may be news, so long at most. */
        void await(Duration patience) throws InterruptedException {
            news.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            news.drainPermits();
        }

        @Override
        public void close() {
            waiting.remove(this);
        }
    }
}
