package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.paging.Page;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Posts that their authors want to appear later (behaviours §8). */
@ApplicationScoped
public class ScheduledStatuses {
    static final String KIND = "scheduled-status";
    /** As in Mastodon. */
    static final Duration SOONEST = Duration.ofMinutes(5);
    static final int IN_ALL = 300;
    static final int PER_DAY = 25;

    private final Database database;
    private final ScheduledStatusStore store;
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final StatusDraft drafts;
    private final StatusVisibility visibility;
    private final Jobs jobs;

    ScheduledStatuses(Database database, ScheduledStatusStore store, StatusStore statuses, StatusWriter writer, StatusDraft drafts,
                      StatusVisibility visibility, Jobs jobs) {
        this.database = database;
        this.store = store;
        this.statuses = statuses;
        this.writer = writer;
        this.drafts = drafts;
        this.visibility = visibility;
        this.jobs = jobs;
    }

    /** A time that has come means now. */
    public static boolean isForLater(NewStatus wanted) {
        return wanted.scheduledAt() != null && wanted.scheduledAt().isAfter(Instant.now());
    }

    /** Refuses now what would be refused at its time. A repeated idempotency key gives the first one, as long as it waits. */
    public ScheduledStatus schedule(Account author, NewStatus wanted) {
        return database.transaction(() -> {
            long id = Snowflakes.next();
            if (wanted.idempotencyKey() != null && !writer.takeKey(author.id(), wanted.idempotencyKey(), id)) {
                OptionalLong first = writer.statusOfKey(author.id(), wanted.idempotencyKey());
                return own(author, first.orElseThrow(Refusal::notFound));
            }
            Visibility visible = check(author, wanted);
            requireFree(author, wanted.scheduledAt(), id);
            ScheduledStatus scheduled = new ScheduledStatus(id, author.id(), wanted.scheduledAt(), wanted.withVisibility(visible));
            store.insert(scheduled);
            jobs.enqueue(at(scheduled));
            return scheduled;
        });
    }

    /** Gives who is to see it, as the author's settings say now: they may have changed when its time comes. */
    private Visibility check(Account author, NewStatus wanted) {
        Visibility visible = drafts.check(drafts.author(author.id()), wanted).visibility();
        drafts.attachable(author, null, wanted.mediaIds());
        for (Long other : new Long[] {wanted.inReplyToId(), wanted.quotedStatusId()}) {
            if (other != null) {
                statuses.byId(other).filter(status -> visibility.mayReply(Viewer.of(author.id()), status)).orElseThrow(Refusal::notFound);
            }
        }
        return visible;
    }

    private void requireFree(Account author, Instant time, long except) {
        if (time.isBefore(Instant.now().plus(SOONEST))) {
            throw Refusal.invalid("Scheduled at The scheduled date must be in the future");
        }
        ScheduledStatusStore.Waiting waiting = store.waitingWithLock(author.id(), time, except);
        if (waiting.all() >= IN_ALL) {
            throw Refusal.invalid("You have exceeded the limit of %d scheduled posts".formatted(IN_ALL));
        }
        if (waiting.sameDay() >= PER_DAY) {
            throw Refusal.invalid("You have exceeded the limit of %d scheduled posts for today".formatted(PER_DAY));
        }
    }

    public List<ScheduledStatus> list(Account author, Page page) {
        return store.ofAccount(author.id(), page);
    }

    public ScheduledStatus own(Account author, long id) {
        return find(author, id).orElseThrow(Refusal::notFound);
    }

    private Optional<ScheduledStatus> find(Account author, long id) {
        return store.byId(id).filter(scheduled -> scheduled.accountId() == author.id());
    }

    /** Only the time can change. @param time null = stays */
    public ScheduledStatus move(Account author, long id, Instant time) {
        return database.transaction(() -> {
            ScheduledStatus before = own(author, id);
            if (time != null && !time.equals(before.scheduledAt())) {
                requireFree(author, time, id);
                store.move(author.id(), id, time);
                jobs.enqueue(at(own(author, id)));
            }
            return own(author, id);
        });
    }

    public void cancel(Account author, long id) {
        if (!store.remove(author.id(), id)) {
            throw Refusal.notFound();
        }
    }

    /** The job that publishes it. It hastens one that waits for a later time; one that comes too early makes the next. */
    static Job at(ScheduledStatus scheduled) {
        String id = Long.toString(scheduled.id());
        return Job.of(KIND, id).notBefore(scheduled.scheduledAt()).uniqueBy(id).fairBy("account " + scheduled.accountId());
    }
}
