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
        return database.list(SELECT + " where status_id = any($1)", PollStore::map, (Object) statusIds.toArray(Long[]::new)).stream()
            .collect(Collectors.toMap(Poll::statusId, Function.identity()));
    }

    /** What the account chose, by poll. Index: the primary key of poll_vote. */
    public Map<Long, List<Integer>> choices(long accountId, Collection<Long> pollIds) {
        if (pollIds.isEmpty()) {
            return Map.of();
        }
        record Choice(long poll, int choice) {
        }
        return database.list("select poll_id, choice from poll_vote where poll_id = any($2) and account_id = $1 order by choice",
                row -> new Choice(row.getLong("poll_id"), row.getInteger("choice")), accountId, pollIds.toArray(Long[]::new)).stream()
            .collect(Collectors.groupingBy(Choice::poll, Collectors.mapping(Choice::choice, Collectors.toList())));
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
            poll.multiple(), hideTotals, poll.tallies().stream().mapToInt(Integer::intValue).sum(), poll.votersCount(),
            poll.expiresAt(), poll.closedAt());
    }

    /** The origin's new tallies and end; other options, or another kind of choice, void the votes known here. */
    void replace(long statusId, long accountId, RemoteStatus.Poll poll) {
        Optional<Poll> known = ofStatus(statusId);
        if (known.isEmpty() || !known.get().options().equals(poll.options()) || known.get().multiple() != poll.multiple()) {
            remove(statusId);
            create(statusId, accountId, poll);
            return;
        }
        database.execute("""
            update poll set tallies = $2, votes_count = $3, voters_count = $4, expires_at = $5, closed_at = coalesce(closed_at, $6), fetched_at = now()
            where status_id = $1""",
            statusId, poll.tallies().toArray(Integer[]::new), poll.tallies().stream().mapToInt(Integer::intValue).sum(),
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

    /** Local polls and remote ones with local voters whose end has come and was not handled. Index: poll_expiry. */
    List<Poll> due(int limit) {
        return database.list(SELECT + " where closed_at is null and expires_at <= now() order by expires_at limit $1 for update skip locked",
            PollStore::map, limit);
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
