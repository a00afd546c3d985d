package social.dunlin.federation.worker.transfer;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;
import social.dunlin.transfer.DataImport;
import social.dunlin.transfer.ImportSteps;
import social.dunlin.transfer.Imports;

/** One step of an import per job, and the job for the next: 25 rows every ten seconds. */
@ApplicationScoped
public class ImportHandler implements JobHandler {
    private static final int AT_ONCE = 25;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ImportSteps steps;
    private final Jobs jobs;

    public ImportHandler(ImportSteps steps, Jobs jobs) {
        this.steps = steps;
        this.jobs = jobs;
    }

    @Override
    public String kind() {
        return Imports.KIND;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        long id = Long.parseLong(run.payload());
        Optional<DataImport> before = steps.unfinished(id);
        before.ifPresent(found -> steps.step(found, AT_ONCE));
        steps.unfinished(id).ifPresent(left -> {
            boolean asking = before.get().state() == DataImport.State.RUNNING;
            jobs.enqueue(Imports.step(id, left.accountId()).notBefore(asking ? Instant.now().plus(PAUSE) : null));
        });
    }
}
