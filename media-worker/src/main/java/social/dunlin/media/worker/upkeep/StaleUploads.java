package social.dunlin.media.worker.upkeep;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import social.dunlin.media.MediaUpkeep;
import social.dunlin.queue.PeriodicTask;

/** Deletes uploads that nobody posted within a day. */
@ApplicationScoped
public class StaleUploads implements PeriodicTask {
    private final MediaUpkeep upkeep;

    public StaleUploads(MediaUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public String name() {
        return "stale-uploads";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() throws IOException {
        upkeep.prune(false);
    }
}
