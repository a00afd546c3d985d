package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;

/** Publishes a post whose time has come: the row goes in the transaction that makes the post, so there is one post. */
@ApplicationScoped
public class ScheduledStatusPublisher implements JobHandler {
    private final ScheduledStatusStore store;
    private final AccountStore accounts;
    private final StatusService service;
    private final Jobs jobs;

    ScheduledStatusPublisher(ScheduledStatusStore store, AccountStore accounts, StatusService service, Jobs jobs) {
        this.store = store;
        this.accounts = accounts;
        this.service = service;
        this.jobs = jobs;
    }

    @Override
    public String kind() {
        return ScheduledStatuses.KIND;
    }

    @Override
    public void handle(JobRun run) {
        publish(Long.parseLong(run.payload()));
    }

    /** One that was withdrawn is left alone; one that was put off gets the job of its new time. */
    void publish(long id) {
        Optional<ScheduledStatus> found = store.byId(id);
        if (found.isEmpty()) {
            return;
        }
        ScheduledStatus scheduled = found.get();
        if (scheduled.scheduledAt().isAfter(Instant.now())) {
            jobs.enqueue(ScheduledStatuses.at(scheduled));
            return;
        }
        Account author = accounts.byId(scheduled.accountId()).filter(account -> !account.isSuspended())
            .orElseThrow(() -> JobFailure.permanent("the account is suspended"));
        try {
            service.publishScheduled(scheduled, author);
        } catch (Refusal refusal) {
            throw JobFailure.permanent(refusal.getMessage());
        }
    }
}
