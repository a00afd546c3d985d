package social.dunlin.recall;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import social.dunlin.database.Database;
import social.dunlin.status.StatusGlance.AuthorCounts;
import social.dunlin.status.Visibility;

/** Reads what is remembered, and with the ids of a page what has changed. */
@ApplicationScoped
class RecallStore {
    /** Of a reader's people; who has more is not remembered. */
    static final int MOST_PEOPLE = 20_000;
    /** Of a reader's marks of one kind, the newest posts first. */
    static final int MOST_MARKS = 400;
    private static final int MOST_CHANGES = 2_000;
    private static final String NOTHING_IS_LATER = Long.toString(Long.MAX_VALUE);

    private final Database database;

    RecallStore(Database database) {
        this.database = database;
    }

    /**
     * @param changed what has changed since the snapshot asked with; null when that is more than can be told
     * @param now     the database's clock
     */
    record Answer(Long[] ids, Snapshot shown, List<Memory.Change> changed, Instant now) {
        private Answer with(Long[] others) {
            return new Answer(others, shown, changed, now);
        }
    }

    /**
     * The statement of a query of ids that also tells what has changed. Index: changed_row_of_transaction. Since when is hidden
     * from the planner (docs/adr/0030): few changes in sight, it would make a plan for each question.
     *
     * @param parameters how many the query has; the first is the reader's id and the fourth the limit, which are named because
     *                   PostgreSQL asks for the types of all
     */
    static String sql(String ids, int parameters) {
        return telling("array(%s)".formatted(ids), parameters) + "where $1::bigint is null or $4::int is null or true";
    }

    private static final String CHANGES = telling("null::bigint[]", 0);

    private static String telling(String ids, int parameters) {
        return "select %s, now(), pg_current_snapshot()::text, %s, %s ".formatted(ids, began(parameters + 1), ended(parameters + 2));
    }

    /**
     * What was changed by transactions that began after the snapshot asked with. The upper bound, which all are below, lets the
     * planner count on few rows: on a third of them it read the whole table once the index had grown large and been emptied.
     */
    private static String began(int parameter) {
        return """
            array(select kind::text || row_id::text from changed_row
                  where transaction >= (select ($%d::text)::xid8) and transaction < '18446744073709551615'::xid8 order by transaction limit %d)"""
            .formatted(parameter, MOST_CHANGES + 1);
    }

    /** By those that were running in it. */
    private static String ended(int parameter) {
        return "array(select kind::text || row_id::text from changed_row where transaction = any((select $%d::text[])::xid8[]) limit %d)"
            .formatted(parameter, MOST_CHANGES + 1);
    }

    /**
     * The same of several pages at once, a row for each; the first tells what has changed.
     *
     * @param ids     the query of one page's ids, with its parameters as columns of {@code asked}
     * @param arrays  of the parameters
     * @param columns their names
     */
    static String sqlOfMany(String ids, String arrays, String columns, int parameters) {
        return """
            select array(%s), now(), pg_current_snapshot()::text, case when asked.place = 1 then %s end, case when asked.place = 1 then %s end
            from unnest(%s) with ordinality as asked (%s, place)
            order by asked.place""".formatted(ids, began(parameters + 1), ended(parameters + 2), arrays, columns);
    }

    /** What has changed, and no ids. */
    Answer ask(Snapshot since) {
        return ask(CHANGES, since);
    }

    /** @param since null = nothing is remembered */
    Answer ask(String sql, Snapshot since, Object... parameters) {
        return database.first(sql, RecallStore::answer, and(since, parameters)).orElseThrow();
    }

    /** Several pages of one list. @return for each in their order, all with what the first of them tells */
    List<Answer> ask(PageQuery query, Snapshot since, List<Object[]> asked) {
        List<Answer> answers = new ArrayList<>(asked.size());
        database.list(query.sql(), row -> answers.add(answers.isEmpty() ? answer(row) : answers.getFirst().with(row.getArrayOfLongs(0))), and(since, query.arrays(asked)));
        return answers;
    }

    private static Object[] and(Snapshot since, Object[] parameters) {
        Object[] all = new Object[parameters.length + 2];
        System.arraycopy(parameters, 0, all, 0, parameters.length);
        all[parameters.length] = since == null ? NOTHING_IS_LATER : Long.toString(since.next());
        all[parameters.length + 1] = since == null ? new String[0] : running(since);
        return all;
    }

    private static String[] running(Snapshot since) {
        String[] running = new String[since.running().length];
        for (int index = 0; index < running.length; index++) {
            running[index] = Long.toString(since.running()[index]);
        }
        return running;
    }

    private static Answer answer(Row row) {
        String[] later = row.getArrayOfStrings(3);
        String[] ended = row.getArrayOfStrings(4);
        List<Memory.Change> changed = null;
        if (later.length <= MOST_CHANGES && ended.length <= MOST_CHANGES) {
            changed = later.length + ended.length == 0 ? List.of() : new ArrayList<>();
            for (String each : later) {
                changed.add(Memory.Change.parse(each));
            }
            for (String each : ended) {
                changed.add(Memory.Change.parse(each));
            }
        }
        return new Answer(row.getArrayOfLongs(0), Snapshot.parse(row.getString(2)), changed, row.getOffsetDateTime(1).toInstant());
    }

    private static final String POST = """
        %1$s.id, %1$s.account_id, coalesce(%1$s.reblog_of_id, 0) as reblog_of_id, %1$s.conversation_id, %1$s.visibility,
        %1$s.quote_policy = 'followers' as quotable_by_followers, %1$s.expires_at, %1$s.xmin::text as version,
        case when %1$s.visibility in ('private', 'direct') then array(select mention.account_id from mention where mention.status_id = %1$s.id) end as mentioned""";
    /** Indexes: the primary keys. */
    private static final String POSTS = """
        with asked as materialized (select %s from status where status.id = any((select $1::bigint[])::bigint[])),
          found as (select * from asked union all select %s from asked join status boosted on boosted.id = asked.reblog_of_id)
        select found.*, coalesce(status_counter.replies_count, 0),
          greatest(status_counter.reblogs_count, status_counter.origin_reblogs_count, 0),
          greatest(status_counter.favourites_count, status_counter.origin_favourites_count, 0),
          coalesce(status_counter.quotes_count, 0)
        from found left join status_counter on status_counter.status_id = found.id
        """.formatted(POST.formatted("status"), POST.formatted("boosted"));

    /** These and those that they boost. */
    Map<Long, RecalledPost> posts(Collection<Long> ids) {
        Map<Long, RecalledPost> found = new HashMap<>();
        database.list(POSTS, row -> found.put(row.getLong(0), new RecalledPost(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3),
            Visibility.ofApiName(row.getString(4)).orElseThrow(), row.getValue(8) == null ? Ids.NONE : Ids.of(row.getArrayOfLongs(8)), Boolean.TRUE.equals(row.getBoolean(5)), instant(row.getOffsetDateTime(6)),
            Long.parseLong(row.getString(7)), row.getInteger(9), row.getInteger(10), row.getInteger(11), row.getInteger(12))),
            (Object) ids.toArray(Long[]::new));
        return found;
    }

    /** Indexes: the primary keys. */
    Map<Long, RecalledAuthor> authors(Collection<Long> ids) {
        Map<Long, RecalledAuthor> found = new HashMap<>();
        database.list("""
            select account.id, coalesce(account.domain_id, 0), account.host, account.xmin::text,
              lower(account.username), search_name(account.display_name),
              account.suspended_at is not null or account.deleted_at is not null, account.silenced_at is not null,
              coalesce(account_counter.statuses_count, 0), coalesce(account_counter.followers_count, 0),
              coalesce(account_counter.following_count, 0), account_counter.last_status_at
            from account left join account_counter on account_counter.account_id = account.id
            where account.id = any((select $1::bigint[])::bigint[])""",
            row -> found.put(row.getLong(0), new RecalledAuthor(row.getLong(0), row.getLong(1), row.getString(2), row.getString(4), row.getString(5),
                Long.parseLong(row.getString(3)), row.getBoolean(6), row.getBoolean(7),
                new AuthorCounts(row.getInteger(8), row.getInteger(9), row.getInteger(10), instant(row.getOffsetDateTime(11))))),
            (Object) ids.toArray(Long[]::new));
        return found;
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** Nothing for readers of other servers, and for those who have too many people. Indexes: the keys of the tables, block_of_target. */
    Optional<RecalledReader> reader(long id) {
        return database.first("""
            select account.domain_id,
              array(select target_account_id from follow where account_id = $1 limit %1$d),
              array(select target_account_id from block where account_id = $1 limit %1$d),
              array(select account_id from block where target_account_id = $1 limit %1$d),
              array(select target_account_id from mute where account_id = $1 order by id limit %1$d),
              array(select expires_at from mute where account_id = $1 order by id limit %1$d),
              array(select host from account_domain_block where account_id = $1 limit %1$d)
            from account where account.id = $1 and account.domain_id is not null
            """.formatted(MOST_PEOPLE + 1), row -> reader(id, row), id);
    }

    private static RecalledReader reader(long id, Row row) {
        Long[] muted = row.getArrayOfLongs(4);
        OffsetDateTime[] ends = row.getArrayOfOffsetDateTimes(5);
        String[] hosts = row.getArrayOfStrings(6);
        Ids follows = Ids.of(row.getArrayOfLongs(1));
        Ids blocks = Ids.of(row.getArrayOfLongs(2));
        Ids blockedBy = Ids.of(row.getArrayOfLongs(3));
        if (Math.max(Math.max(follows.size(), blocks.size()), Math.max(blockedBy.size(), Math.max(muted.length, hosts.length))) > MOST_PEOPLE) {
            return null;
        }
        Map<Long, Instant> mutes = new HashMap<>();
        for (int index = 0; index < muted.length; index++) {
            mutes.put(muted[index], ends[index] == null ? Instant.MAX : ends[index].toInstant());
        }
        return new RecalledReader(id, row.getLong(0), follows, blocks, blockedBy, mutes, Set.of(hosts));
    }

    /** Nothing for who mutes too many conversations. Indexes: the unique keys of account and post; status_one_reblog. */
    Optional<RecalledMarks> marks(long reader) {
        return database.first("""
            select
              array(select status_id from favourite where account_id = $1 order by status_id desc limit %1$d),
              array(select status_id from bookmark where account_id = $1 order by status_id desc limit %1$d),
              array(select reblog_of_id from status where account_id = $1 and reblog_of_id is not null order by reblog_of_id desc limit %1$d),
              array(select conversation_id from conversation_mute where account_id = $1 limit %2$d),
              array(select status_id from status_pin where account_id = $1)
            """.formatted(MOST_MARKS + 1, MOST_PEOPLE + 1), row -> marks(reader, row), reader);
    }

    private static RecalledMarks marks(long reader, Row row) {
        Ids favourites = Ids.of(row.getArrayOfLongs(0));
        Ids bookmarks = Ids.of(row.getArrayOfLongs(1));
        Ids boosts = Ids.of(row.getArrayOfLongs(2));
        Ids muted = Ids.of(row.getArrayOfLongs(3));
        long knownFrom = Math.max(Math.max(knownFrom(favourites), knownFrom(bookmarks)), knownFrom(boosts));
        return muted.size() > MOST_PEOPLE ? null : new RecalledMarks(reader, favourites, bookmarks, boosts, muted, Ids.of(row.getArrayOfLongs(4)), knownFrom);
    }

    private static long knownFrom(Ids newest) {
        return newest.size() <= MOST_MARKS ? Long.MIN_VALUE : newest.smallest();
    }

    /**
     * Forgets changes that every process has been told of or has stopped remembering anything since.
     *
     * @param minutes for how long they are kept
     */
    void trim(int minutes) {
        database.transaction(() -> {
            database.execute("""
                delete from changed_row where transaction < (
                  select max(transaction) from changed_row_horizon where at < now() - make_interval(mins => $1))""", minutes);
            database.execute("""
                delete from changed_row_horizon where at < (
                  select max(at) from changed_row_horizon where at < now() - make_interval(mins => $1))""", minutes);
            database.execute("insert into changed_row_horizon (transaction) values (pg_snapshot_xmin(pg_current_snapshot()))");
        });
    }
}
