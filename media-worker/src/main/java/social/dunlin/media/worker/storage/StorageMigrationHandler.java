package social.dunlin.media.worker.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import social.dunlin.media.storage.StorageMigrations;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.RetryPolicy;

/** Moves one batch of blobs. A store that is away is waited for, about a week. */
@ApplicationScoped
public class StorageMigrationHandler implements JobHandler {
    private static final RetryPolicy PATIENT = new RetryPolicy(1_000, Duration.ofSeconds(10), Duration.ofMinutes(15));

    private final StorageMigrations migrations;

    public StorageMigrationHandler(StorageMigrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public String kind() {
        return StorageMigrations.KIND;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public RetryPolicy retryPolicy() {
        return PATIENT;
    }

    @Override
    public void handle(JobRun run) throws IOException {
        migrations.step(Long.parseLong(run.payload()));
    }
}
