package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.PollOutbox;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Reading a poll and voting in it (behaviours §12). */
@ApplicationScoped
public class PollService {
    private final Database database;
    private final PollStore polls;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final PollOutbox outbox;
    private final Jobs jobs;

    public PollService(Database database, PollStore polls, StatusStore statuses, StatusVisibility visibility, PollOutbox outbox, Jobs jobs) {
        this.database = database;
        this.polls = polls;
        this.statuses = statuses;
        this.visibility = visibility;
        this.outbox = outbox;
        this.jobs = jobs;
    }

    /** The poll of a post the viewer may see, as known here. One of another server that may be old is fetched in the background. */
    public Poll get(Viewer viewer, long pollId) {
        Poll poll = polls.byId(pollId).orElseThrow(Refusal::notFound);
        Status status = visiblePost(viewer, poll);
        if (!status.local() && polls.isStale(pollId)) {
            jobs.enqueue(PollRefresh.job(status));
        }
        return poll;
    }

    private Status visiblePost(Viewer viewer, Poll poll) {
        return statuses.byId(poll.statusId()).filter(status -> visibility.maySee(viewer, status)).orElseThrow(Refusal::notFound);
    }

    /** @param choices positions of the options, from 0 */
    public Poll vote(Account account, long pollId, List<Integer> choices) {
        return database.transaction(() -> {
            Poll poll = polls.lock(pollId).orElseThrow(Refusal::notFound);
            Status status = visiblePost(Viewer.of(account.id()), poll);
            check(account, poll, choices);
            if (status.local()) {
                polls.vote(pollId, account.id(), choices.stream().distinct().toList(), null);
                outbox.changed(status);
            } else {
                voteElsewhere(account, status, poll, choices);
            }
            return polls.byId(pollId).orElseThrow();
        });
    }

    /** The origin is told, one activity per choice, and counts; here it is remembered who chose what, for the end. */
    private void voteElsewhere(Account account, Status status, Poll poll, List<Integer> choices) {
        Map<Integer, String> votes = new LinkedHashMap<>();
        choices.forEach(choice -> votes.computeIfAbsent(choice, _ -> outbox.voteUri(account)));
        polls.voteElsewhere(poll, account.id(), votes);
        votes.forEach((choice, uri) -> outbox.voted(account, status, uri, poll.options().get(choice)));
        if (poll.expiresAt() != null) {
            jobs.enqueue(PollCloser.at(poll));
        }
    }

    private void check(Account account, Poll poll, List<Integer> choices) {
        List<Integer> before = polls.choices(account.id(), List.of(poll.id())).getOrDefault(poll.id(), List.of());
        if (poll.isExpired(Instant.now())) {
            throw Refusal.invalid("The poll has already ended");
        }
        if (poll.accountId() == account.id()) {
            throw Refusal.invalid("You can't vote in your own polls");
        }
        if (choices.isEmpty() || choices.stream().anyMatch(choice -> choice < 0 || choice >= poll.options().size())) {
            throw Refusal.invalid("The chosen vote option does not exist");
        }
        boolean repeated = poll.multiple() ? choices.stream().anyMatch(before::contains) : !before.isEmpty() || choices.size() > 1;
        if (repeated) {
            throw Refusal.invalid("You have already voted on this poll");
        }
    }
}
