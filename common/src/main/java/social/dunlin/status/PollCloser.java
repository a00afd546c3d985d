package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.queue.Job;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;

/** Ends a poll, ours or another server's: its author and local voters are told, other servers get the last tallies of ours. */
@ApplicationScoped
public class PollCloser implements JobHandler {
    private static final String KIND = "poll-close";

    private final Database database;
    private final PollStore polls;
    private final StatusStore statuses;
    private final NotificationService notifications;
    private final Outbox outbox;
    private final Jobs jobs;

    public PollCloser(Database database, PollStore polls, StatusStore statuses, NotificationService notifications, Outbox outbox, Jobs jobs) {
        this.database = database;
        this.polls = polls;
        this.statuses = statuses;
        this.notifications = notifications;
        this.outbox = outbox;
        this.jobs = jobs;
    }

    /** The job that ends this poll at its time. */
    static Job at(Poll poll) {
        return Job.of(KIND, Long.toString(poll.id())).notBefore(poll.expiresAt()).withPriority(Job.LEISURELY)
            .uniqueBy(Long.toString(poll.id()));
    }

    /** The end of a remote poll, which its origin may have moved, concerns those here who voted. */
    void watch(long statusId) {
        polls.ofStatus(statusId).filter(poll -> poll.closedAt() == null && poll.expiresAt() != null && !polls.localVoters(poll.id()).isEmpty())
            .ifPresent(poll -> jobs.enqueue(at(poll)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A poll that is gone or was ended before is left alone; one that was given more time is looked at again. */
    @Override
    public void handle(JobRun run) {
        close(Long.parseLong(run.payload()));
    }

    void close(long pollId) {
        database.transaction(() -> {
            Poll poll = polls.lock(pollId).orElse(null);
            if (poll == null || poll.closedAt() != null || poll.expiresAt() == null) {
                return;
            }
            if (poll.expiresAt().isAfter(Instant.now())) {
                jobs.enqueue(at(poll));
                return;
            }
            polls.close(pollId);
            List<Long> concerned = new ArrayList<>(polls.localVoters(pollId));
            concerned.add(poll.accountId());
            notifications.notify(NotificationType.POLL, concerned, poll.accountId(), poll.statusId());
            Status status = statuses.byId(poll.statusId()).orElseThrow();
            if (status.local()) {
                outbox.statusEdited(status.id());
            } else {
                jobs.enqueue(PollRefresh.job(status));
            }
        });
    }
}
