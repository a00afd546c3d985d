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

/** Ends a poll: its author and local voters are told, other servers get the last tallies. */
@ApplicationScoped
public class PollCloser implements JobHandler {
    private static final String KIND = "poll-close";

    private final Database database;
    private final PollStore polls;
    private final StatusStore statuses;
    private final NotificationService notifications;
    private final Outbox outbox;

    public PollCloser(Database database, PollStore polls, StatusStore statuses, NotificationService notifications, Outbox outbox) {
        this.database = database;
        this.polls = polls;
        this.statuses = statuses;
        this.notifications = notifications;
        this.outbox = outbox;
    }

    /** The job that ends this poll at its time. */
    static Job at(Poll poll) {
        return Job.of(KIND, Long.toString(poll.id())).notBefore(poll.expiresAt()).withPriority(Job.LEISURELY);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A poll that is gone, was ended before, or was given more time, is left alone: its later job comes. */
    @Override
    public void handle(JobRun run) {
        close(Long.parseLong(run.payload()));
    }

    void close(long pollId) {
        database.transaction(() -> {
            Poll poll = polls.lock(pollId).orElse(null);
            if (poll == null || poll.closedAt() != null || poll.expiresAt() == null || poll.expiresAt().isAfter(Instant.now())) {
                return;
            }
            polls.close(pollId);
            List<Long> concerned = new ArrayList<>(polls.localVoters(pollId));
            concerned.add(poll.accountId());
            notifications.notify(NotificationType.POLL, concerned, poll.accountId(), poll.statusId());
            if (statuses.byId(poll.statusId()).map(Status::local).orElse(false)) {
                outbox.statusEdited(poll.statusId());
            }
        });
    }
}
