package social.dunlin.federation.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Uris;
import social.dunlin.activitypub.VoteDocument;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.Jobs;
import social.dunlin.status.Status;

/** What is said about polls: votes to their author, tallies to whoever has the poll. */
@ApplicationScoped
public class PollOutbox {
    /** Votes come in swarms; the first Update waits for the next few. */
    private static final Duration GATHERING = Duration.ofSeconds(5);
    /** What Mastodon leaves between two. */
    private static final Duration PAUSE = Duration.ofMinutes(3);

    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;
    private final Deliveries deliveries;
    private final Jobs jobs;

    public PollOutbox(Database database, Domains domains, AccountStore accounts, Deliveries deliveries, Jobs jobs) {
        this.database = database;
        this.domains = domains;
        this.accounts = accounts;
        this.deliveries = deliveries;
        this.jobs = jobs;
    }

    /** A fresh id for a vote. */
    public String voteUri(Account voter) {
        return new Uris(domains.byId(voter.domainId().orElseThrow()).baseUrl()).vote(voter.username(), Snowflakes.next());
    }

    /** One choice in a poll of another server, to its author alone. In the transaction that keeps the vote. */
    public void voted(Account voter, Status poll, String voteUri, String option) {
        Account author = accounts.byId(poll.accountId()).orElseThrow();
        ObjectNode create = VoteDocument.create(voteUri, voter.uri(), option, poll.uri(), author.uri());
        deliveries.send(new OutgoingActivity(voter.id(), create.get("id").textValue(), "vote " + voteUri, create.toString()),
            Audience.of(author.id()));
    }

    /**
     * New tallies of a local poll: Update{Question} soon, but not more often than every few minutes. Hidden tallies are
     * told at the end alone.
     */
    public void changed(Status poll) {
        if (poll.local() && poll.visibility().federates()) {
            database.first("select coalesce(told_at, 'epoch') as told_at from poll where status_id = $1 and not hide_totals",
                row -> row.getOffsetDateTime("told_at").toInstant(), poll.id()).ifPresent(told -> tell(poll, told));
        }
    }

    private void tell(Status poll, Instant told) {
        Instant soon = Instant.now().plus(GATHERING);
        Instant allowed = told.plus(PAUSE);
        jobs.enqueue(new OutboxTask.PollChanged(poll.id()).job(poll.accountId()).uniqueBy("poll " + poll.id())
            .notBefore(allowed.isAfter(soon) ? allowed : soon));
    }
}
