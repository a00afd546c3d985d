package social.dunlin.federation.worker.poll;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.status.PollRefresh;
import social.dunlin.status.PollStore;
import social.dunlin.status.RemoteStatuses;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** Fetches a poll from its origin and takes over its tallies, as if an Update had come. A failure waits for the next reader. */
@ApplicationScoped
public class PollRefreshHandler implements JobHandler {
    private final StatusStore statuses;
    private final AccountStore accounts;
    private final PollStore polls;
    private final RemoteObjects objects;
    private final RemoteStatuses remoteStatuses;

    public PollRefreshHandler(StatusStore statuses, AccountStore accounts, PollStore polls, RemoteObjects objects, RemoteStatuses remoteStatuses) {
        this.statuses = statuses;
        this.accounts = accounts;
        this.polls = polls;
        this.objects = objects;
        this.remoteStatuses = remoteStatuses;
    }

    @Override
    public String kind() {
        return PollRefresh.KIND;
    }

    @Override
    public int concurrencyPerKey() {
        return 2;
    }

    @Override
    public void handle(JobRun run) {
        Status status = statuses.byId(Long.parseLong(run.payload())).filter(found -> !found.local()).orElse(null);
        Optional<Account> author = status == null ? Optional.empty() : accounts.byId(status.accountId()).filter(found -> !found.isSuspended());
        if (author.isPresent()) {
            FetchBudget budget = Budgets.forActivity();
            objects.lookAgain(status, budget).filter(note -> author.get().uri().equals(note.attributedTo()))
                .ifPresent(note -> remoteStatuses.update(objects.clean(note, null, author.get(), budget)));
            polls.noteFetched(status.id());
        }
    }
}
