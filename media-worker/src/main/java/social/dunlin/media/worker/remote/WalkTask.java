package social.dunlin.media.worker.remote;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.media.cache.CacheWalk;
import social.dunlin.queue.PeriodicTask;

/** Goes on with the walk over everything that is to be fetched ahead. */
@ApplicationScoped
public class WalkTask implements PeriodicTask {
    private final CacheWalk walk;

    public WalkTask(CacheWalk walk) {
        this.walk = walk;
    }

    @Override
    public String name() {
        return "remote-media-walk";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        walk.run();
    }
}
