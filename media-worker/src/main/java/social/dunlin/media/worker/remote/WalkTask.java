package social.dunlin.media.worker.remote;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration.CacheMode;
import social.dunlin.media.cache.CacheWalk;
import social.dunlin.queue.PeriodicTask;

/** Goes on with the walk over everything that is to be fetched ahead. */
@ApplicationScoped
public class WalkTask implements PeriodicTask {
    private final CacheWalk walk;
    private final Duration interval;

    public WalkTask(CacheWalk walk, DunlinConfiguration configuration) {
        this.walk = walk;
        // Without the wish there is nothing to do but to forget how far an earlier one came.
        this.interval = configuration.remoteMedia().cache() == CacheMode.EAGER ? Duration.ofMinutes(1) : Duration.ofHours(1);
    }

    @Override
    public String name() {
        return "remote-media-walk";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public void run() {
        walk.run();
    }
}
