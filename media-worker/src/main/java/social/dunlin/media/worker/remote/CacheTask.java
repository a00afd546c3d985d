package social.dunlin.media.worker.remote;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import social.dunlin.media.cache.CacheUpkeep;
import social.dunlin.queue.PeriodicTask;

/** Keeps the copies within their bounds, by the role that has the store at hand. */
@ApplicationScoped
public class CacheTask implements PeriodicTask {
    private final CacheUpkeep upkeep;

    public CacheTask(CacheUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public String name() {
        return "remote-media-cache";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() throws IOException {
        upkeep.run();
    }
}
