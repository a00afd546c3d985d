package social.dunlin.status;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;

/** SQL of polls and votes. */
@ApplicationScoped
public class PollStore {
    private static final String SELECT = """
        select id, status_id, account_id, options, tallies, multiple, hide_totals, votes_count, voters_count, expires_at, closed_at
        from poll
        """;

    private final Database database;

    public PollStore(Database database) {
        this.database = database;
    }

    public Optional<Poll> byId(long id) {
        return database.first(SELECT + " where id = $1", PollStore::map, id);
    }

    public Optional<Poll> ofStatus(long statusId) {
        return database.first(SELECT + " where status_id = $1", PollStore::map, statusId);
    }

    public Map<Long, Poll> ofStatuses(Collection<Long> statusIds) {
        if (statusIds.isEmpty()) {
            return Map.of();
        }
        return database.list(SELECT + " where status_id = any((select $1::bigint[])::bigint[])", PollStore::map, (Object) statusIds.toArray(Long[]::new)).stream()
            .collect(Collectors.toMap(Poll::statusId, Function.identity()));
    }

    /** What the account chose, by poll. Index: the primary key of poll_vote. */
    public Map<Long, List<Integer>> choices(long accountId, Collection<Long> pollIds) {
        return choicesOf(List.of(accountId), pollIds).getOrDefault(accountId, Map.of());
    }

    /** The same for several accounts at once, by account and poll. */
    public Map<Long, Map<Long, List<Integer>>> choicesOf(Collection<Long> accountIds, Collection<Long> pollIds) {
        if (accountIds.isEmpty() || pollIds.isEmpty()) {
            return Map.of();
        }
        record Choice(long account, long poll, int choice) {
        }
        return database.list("""
                select account_id, poll_id, choice from poll_vote where poll_id = any((select $2::bigint[])::bigint[]) and account_id = any((select $1::bigint[])::bigint[]) order by choice""",
                row -> new Choice(row.getLong("account_id"), row.getLong("poll_id"), row.getInteger("choice")),
                accountIds.toArray(Long[]::new), pollIds.toArray(Long[]::new)).stream()
            .collect(Collectors.groupingBy(Choice::account,
                Collectors.groupingBy(Choice::poll, Collectors.mapping(Choice::choice, Collectors.toList()))));
    }

    void create(long statusId, long accountId, List<String> options, boolean multiple, boolean hideTotals, Instant expiresAt) {
        store(statusId, accountId, new RemoteStatus.Poll(options, Collections.nCopies(options.size(), 0), multiple, 0, expiresAt, null), hideTotals);
    }

    void create(long statusId, long accountId, RemoteStatus.Poll poll) {
        store(statusId, accountId, poll, false);
    }

    private void store(long statusId, long accountId, RemoteStatus.Poll poll, boolean hideTotals) {
        database.execute("""
            insert into poll (id, status_id, account_id, options, tallies, multiple, hide_totals, votes_count, voters_count, expires_at, closed_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            Snowflakes.next(), statusId, accountId, poll.options().toArray(String[]::new), poll.tallies().toArray(Integer[]::new),
            poll.multiple(), hideTotals, poll.votesCount(), poll.votersCount(),
            poll.expiresAt(), poll.closedAt());
    }

    /**
     * The origin's new tallies and end; other options, or another kind of choice, void the votes known here. A poll that
     * is over by its origin's word ends now, and {@link PollCloser} does the rest.
     */
    void replace(long statusId, long accountId, RemoteStatus.Poll poll) {
        Optional<Poll> known = ofStatus(statusId);
        if (known.isEmpty() || !known.get().options().equals(poll.options()) || known.get().multiple() != poll.multiple()) {
            remove(statusId);
            create(statusId, accountId, poll);
            return;
        }
        database.execute("""
            update poll set tallies = $2, votes_count = $3, voters_count = $4, expires_at = least($5::timestamptz, $6::timestamptz), fetched_at = now()
            where status_id = $1""",
            statusId, poll.tallies().toArray(Integer[]::new), poll.votesCount(),
            poll.votersCount(), poll.expiresAt(), poll.closedAt());
    }

    void remove(long statusId) {
        database.execute("delete from poll where status_id = $1", statusId);
    }

    void extend(long statusId, Instant expiresAt, boolean hideTotals) {
        database.execute("update poll set expires_at = $2, hide_totals = $3 where status_id = $1", statusId, expiresAt, hideTotals);
    }

    /** Holds the poll's row until the transaction ends: votes are counted one after the other. */
    Optional<Poll> lock(long id) {
        return database.first(SELECT + " where id = $1 for update", PollStore::map, id);
    }

    /** Writes votes that are not there yet and counts them. Gives how many were new. Call it under {@link #lock}. */
    int vote(long pollId, long accountId, List<Integer> choices, String uri) {
        boolean first = !database.exists("select from poll_vote where poll_id = $1 and account_id = $2", pollId, accountId);
        int written = database.execute("""
            insert into poll_vote (poll_id, account_id, choice, uri)
            select $1, $2, choice, $4 from unnest($3::int[]) as choice
            on conflict do nothing""", pollId, accountId, choices.toArray(Integer[]::new), uri);
        if (written > 0) {
            database.execute("""
                update poll set
                  tallies = (select array_agg((select count(*) from poll_vote where poll_id = $1 and choice = position - 1)::int order by position)
                             from generate_subscripts(options, 1) as position),
                  votes_count = (select count(*) from poll_vote where poll_id = $1),
                  voters_count = coalesce(voters_count, 0) + $2
                where id = $1""", pollId, first ? 1 : 0);
        }
        return written;
    }

    /** Votes of a local account in a poll whose tallies another server keeps; what it will count is counted ahead. Call it under {@link #lock}. */
    void voteElsewhere(Poll poll, long accountId, Map<Integer, String> uriByChoice) {
        boolean first = choices(accountId, List.of(poll.id())).isEmpty();
        int written = database.execute("""
            insert into poll_vote (poll_id, account_id, choice, uri)
            select $1, $2, choice, uri from unnest($3::int[], $4::text[]) as chosen (choice, uri)
            on conflict do nothing""",
            poll.id(), accountId, uriByChoice.keySet().toArray(Integer[]::new), uriByChoice.values().toArray(String[]::new));
        database.execute("""
            update poll set
              tallies = (select array_agg(tally + (position - 1 = any($2))::int order by position)
                         from unnest(tallies) with ordinality as counted (tally, position)),
              votes_count = votes_count + $3, voters_count = voters_count + $4
            where id = $1""", poll.id(), uriByChoice.keySet().toArray(Integer[]::new), written, first ? 1 : 0);
    }

    /** True when the tallies of a remote poll may be old: a minute while it runs, never once its end has been fetched. */
    boolean isStale(long id) {
        return database.exists("""
            select from poll join status on status.id = poll.status_id and not status.local
            where poll.id = $1 and coalesce(poll.fetched_at, status.received_at) < now() - interval '1 minute'
              and (poll.expires_at is null or coalesce(poll.fetched_at, status.received_at) < poll.expires_at)""", id);
    }

    /** Asked just now, whatever came of it. */
    public void noteFetched(long statusId) {
        database.execute("update poll set fetched_at = now() where status_id = $1", statusId);
    }

    /** Other servers are being told the tallies of now. */
    public void noteTold(long statusId) {
        database.execute("update poll set told_at = now() where status_id = $1", statusId);
    }

    void close(long id) {
        database.execute("update poll set closed_at = now() where id = $1", id);
    }

    /** Local accounts that voted. */
    List<Long> localVoters(long id) {
        return database.list("""
            select distinct poll_vote.account_id from poll_vote
            join account on account.id = poll_vote.account_id and account.domain_id is not null
            where poll_vote.poll_id = $1""", row -> row.getLong("account_id"), id);
    }

    private static Poll map(Row row) {
        return new Poll(row.getLong("id"), row.getLong("status_id"), row.getLong("account_id"), strings(row, "options"),
            List.of(row.getArrayOfIntegers("tallies")), row.getBoolean("multiple"), row.getBoolean("hide_totals"),
            row.getInteger("votes_count"), row.getInteger("voters_count"), instant(row, "expires_at"), instant(row, "closed_at"));
    }
}
