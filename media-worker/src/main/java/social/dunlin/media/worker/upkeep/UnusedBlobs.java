package social.dunlin.media.worker.upkeep;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import social.dunlin.media.MediaUpkeep;
import social.dunlin.queue.PeriodicTask;

/** Deletes the files of what has been deleted: within a minute nobody gets them here any more. */
@ApplicationScoped
public class UnusedBlobs implements PeriodicTask {
    private final MediaUpkeep upkeep;

    public UnusedBlobs(MediaUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public String name() {
        return "unused-blobs";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() throws IOException {
        upkeep.deleteUnused();
    }
}
