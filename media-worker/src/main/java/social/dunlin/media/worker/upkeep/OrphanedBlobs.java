package social.dunlin.media.worker.upkeep;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import social.dunlin.media.MediaUpkeep;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.queue.PeriodicTask;

/** Deletes what killed processes left in the store. */
@ApplicationScoped
public class OrphanedBlobs implements PeriodicTask {
    private static final Duration UNFINISHED = Duration.ofDays(1);
    private static final Logger LOG = Logger.getLogger(OrphanedBlobs.class);

    private final MediaUpkeep upkeep;
    private final BlobStore blobs;

    public OrphanedBlobs(MediaUpkeep upkeep, BlobStore blobs) {
        this.upkeep = upkeep;
        this.blobs = blobs;
    }

    @Override
    public String name() {
        return "orphaned-blobs";
    }

    @Override
    public Duration interval() {
        return Duration.ofDays(7);
    }

    @Override
    public void run() throws IOException {
        blobs.removeUnfinished(UNFINISHED);
        MediaUpkeep.Outcome outcome = upkeep.pruneOrphans(false);
        if (outcome.number() > 0) {
            LOG.infof("%d files without a record deleted (%d kB)", outcome.number(), outcome.bytes() >> 10);
        }
    }
}
