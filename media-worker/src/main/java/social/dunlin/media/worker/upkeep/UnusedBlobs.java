package social.dunlin.media.worker.upkeep;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import social.dunlin.media.MediaUpkeep;
import social.dunlin.queue.PeriodicTask;

/** Deletes the files of what has been deleted: within five minutes nobody gets them here any more, within one while much is deleted. */
@ApplicationScoped
public class UnusedBlobs implements PeriodicTask {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(5);

    private final MediaUpkeep upkeep;
    private volatile Duration interval = SOON;

    public UnusedBlobs(MediaUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public String name() {
        return "unused-blobs";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public void run() throws IOException {
        interval = upkeep.deleteUnused() > 0 ? SOON : LATER;
    }
}
