package social.dunlin.media.worker.program;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import social.dunlin.config.DunlinConfiguration;

/**
 * How many pictures and films this process lets other programs look at: {@code media.concurrency}, whatever they are for.
 * Somebody waits for an upload and nobody for a copy, so no more than one copy is ever ahead of an upload.
 */
@ApplicationScoped
public class DecodingTurns {
    private final Semaphore all;
    private final Semaphore unhurried = new Semaphore(1, true);

    public DecodingTurns(DunlinConfiguration configuration) {
        this.all = new Semaphore(configuration.media().concurrency(), true);
    }

    /** Held while programs look. */
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the next one. */
    public Turn next() throws InterruptedException {
        all.acquire();
        return all::release;
    }

    /** The same for what nobody waits for. */
    public Turn nextUnhurried() throws InterruptedException {
        unhurried.acquire();
        try {
            all.acquire();
        } catch (InterruptedException stopping) {
            unhurried.release();
            throw stopping;
        }
        return () -> {
            all.release();
            unhurried.release();
        };
    }
}
