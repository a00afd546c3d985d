package social.dunlin.media.worker.remote;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import social.dunlin.media.cache.RemoteMediaCache;
import social.dunlin.media.cache.RemoteMediaJob;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Fetches one address into the cache and makes of it what is shown. One that does not answer is no failure: the next reader asks for it again. */
@ApplicationScoped
public class RemoteMediaHandler implements JobHandler {
    private final RemoteMediaCache cache;
    private final RenditionMaker renditions;

    public RemoteMediaHandler(RemoteMediaCache cache, RenditionMaker renditions) {
        this.cache = cache;
        this.renditions = renditions;
    }

    @Override
    public String kind() {
        return RemoteMediaJob.KIND;
    }

    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    @Override
    public void handle(JobRun run) throws IOException, InterruptedException {
        RemoteMediaJob wanted = RemoteMediaJob.read(run.payload());
        cache.take(wanted);
        renditions.make(wanted);
    }
}
