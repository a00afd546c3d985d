package social.dunlin.federation.worker.actor;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;
import social.dunlin.removal.AccountErasure;

/** Takes away what a deleted account left, some posts per run so that nobody waits for long. */
@ApplicationScoped
public class AccountErasureHandler implements JobHandler {
    private static final int POSTS_AT_ONCE = 500;

    private final Database database;
    private final AccountErasure erasure;
    private final Jobs jobs;

    public AccountErasureHandler(Database database, AccountErasure erasure, Jobs jobs) {
        this.database = database;
        this.erasure = erasure;
        this.jobs = jobs;
    }

    @Override
    public String kind() {
        return AccountErasure.KIND;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        database.transaction(() -> {
            long accountId = Long.parseLong(run.payload());
            if (erasure.erase(accountId, POSTS_AT_ONCE)) {
                jobs.enqueue(AccountErasure.job(accountId));
            }
        });
    }
}
