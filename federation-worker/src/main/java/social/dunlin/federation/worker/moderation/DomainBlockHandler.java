package social.dunlin.federation.worker.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.moderation.DomainBlocks;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Limits, suspends or lets go the known people of a server, some per run so that nobody waits for long. */
@ApplicationScoped
public class DomainBlockHandler implements JobHandler {
    private static final int ACCOUNTS_AT_ONCE = 2_000;

    private final DomainBlocks blocks;

    public DomainBlockHandler(DomainBlocks blocks) {
        this.blocks = blocks;
    }

    @Override
    public String kind() {
        return DomainBlocks.KIND;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        blocks.step(run.payload(), ACCOUNTS_AT_ONCE);
    }
}
