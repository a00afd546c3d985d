package social.dunlin.status;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.database.Database;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusGlance.AuthorCounts;
import social.dunlin.visibility.ListVisibility;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Finds posts and glances at them and those they boost in one statement, whatever their number. */
@ApplicationScoped
public class StatusGlances {
    private static final String KEYS = keys("status.id");

    private static final String COLUMNS = "%1$s.id, %1$s.account_id, %1$s.reblog_of_id, %1$s.conversation_id, %1$s.quote_policy, %1$s.xmin as version";

    private static final String BY_ID = "select " + KEYS + " from status where status.id = any((select $2::bigint[])::bigint[])";
    private static final Lookup ANY = Lookup.of(BY_ID);
    private static final Lookup VISIBLE = Lookup.of(BY_ID + " and " + StatusVisibility.visibleTo("$1::bigint"));
    private static final Lookup SHOWN = Lookup.of(BY_ID + " and " + StatusVisibility.visibleTo("$1::bigint") + " and " + StatusVisibility.wantedBy("$1::bigint"));

    private static final Lookup FAST_SHOWN = new Lookup(fastShown(true), fastShown(false));

    private static String fastShown(boolean known) {
        ListVisibility rule = new ListVisibility(known, true, false, true, false);
        return fastSql("select %s from %s where status.id = any((select $2::bigint[])::bigint[]) and %s".formatted(fastKeys("status.id", rule), rule.tables(), rule.condition()), rule, 2);
    }

    /** The statement of a query with one parameter besides the reader. */
    private record Lookup(String forKnown, String forUnknown) {
        static Lookup of(String query) {
            return new Lookup(sql(query, true, 2), sql(query, false, 2));
        }

        String by(Viewer viewer) {
            return viewer.isAnonymous() ? forUnknown : forKnown;
        }
    }

    private final Database database;

    public StatusGlances(Database database) {
        this.database = database;
    }

    /** What a query of posts must select to be glanced at. @param cursor the column that its list is paged by */
    public static String keys(String cursor) {
        return " " + COLUMNS.formatted("status") + ", " + cursor + " as cursor ";
    }

    /** The same for a query in the fast form, in which it joins {@link ListVisibility#tables}. */
    public static String fastKeys(String cursor, ListVisibility rule) {
        return keys(cursor) + ", author.xmin as author_version, " + rule.certain() + " as certain " + (rule.boosts() ? """
            , boosted.account_id as boosted_account_id, boosted.conversation_id as boosted_conversation_id, boosted.quote_policy as boosted_quote_policy,
              boosted.xmin as boosted_version, boosted_author.xmin as boosted_author_version\s""" : "");
    }

    /** A post and the id its list is paged by. */
    public record Listed(long cursor, long statusId) {
    }

    /**
     * @param listed the posts found, in their order
     * @param byId   these and those that they boost
     */
    public record Glanced(List<Listed> listed, Map<Long, StatusGlance> byId) {
        public static final Glanced NOTHING = new Glanced(List.of(), Map.of());

        public List<Long> ids() {
            List<Long> ids = new ArrayList<>(listed.size());
            for (Listed each : listed) {
                ids.add(each.statusId);
            }
            return ids;
        }

        public List<Long> cursors() {
            return listed.stream().map(Listed::cursor).toList();
        }
    }

    /**
     * Runs a query of posts, newest cursor first.
     *
     * @param statement  what {@link #sql} made of it, for a reader who is known or for one who is not
     * @param parameters those after the first, which is the reader's id
     */
    public Glanced read(Viewer viewer, String statement, Object... parameters) {
        return collect(viewer, statement, false, parameters).orElseThrow();
    }

    /**
     * The same in the fast form; nothing when that could not tell about each of the posts.
     *
     * @param statement what {@link #fastSql} made of a query
     */
    public Optional<Glanced> readCertain(Viewer viewer, String statement, Object... parameters) {
        return collect(viewer, statement, true, parameters);
    }

    private Optional<Glanced> collect(Viewer viewer, String statement, boolean fast, Object... parameters) {
        Object[] all = new Object[parameters.length + 1];
        all[0] = viewer.idOrNull();
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        List<Listed> listed = new ArrayList<>();
        Map<Long, StatusGlance> byId = new HashMap<>();
        boolean known = !viewer.isAnonymous();
        int certain = known ? LAST_OF_KNOWN : LAST_OF_UNKNOWN;
        List<Boolean> rows = database.list(statement, row -> {
            StatusGlance glance = glance(row, known);
            byId.put(glance.id(), glance);
            Long cursor = row.getLong(5);
            if (cursor != null) {
                listed.add(new Listed(cursor, glance.id()));
            }
            return !fast || Boolean.TRUE.equals(row.getBoolean(certain));
        }, all);
        if (rows.contains(false)) {
            return Optional.empty();
        }
        listed.sort(Comparator.comparingLong(Listed::cursor).reversed());
        return Optional.of(new Glanced(listed, byId));
    }

    /** Posts that were found and decided about before, in the order given; those that are gone by now are left out. */
    public Glanced of(Viewer viewer, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Glanced.NOTHING;
        }
        return ordered(read(viewer, ANY.by(viewer), (Object) array(ids)), ids);
    }

    /** Those of the posts that the reader may see, in the order given. */
    public Glanced visible(Viewer viewer, Collection<Long> ids) {
        return ids.isEmpty() ? Glanced.NOTHING : ordered(read(viewer, VISIBLE.by(viewer), (Object) array(ids)), ids);
    }

    /** Those of the posts that the reader may see and has not hidden, in the order given. One statement, or two as for every list. */
    public Glanced shown(Viewer viewer, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Glanced.NOTHING;
        }
        Object parameter = array(ids);
        return ordered(readCertain(viewer, FAST_SHOWN.by(viewer), parameter).orElseGet(() -> read(viewer, SHOWN.by(viewer), parameter)), ids);
    }

    private static Long[] array(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }

    private static Glanced ordered(Glanced found, Collection<Long> ids) {
        Map<Long, Listed> byId = new HashMap<>();
        found.listed.forEach(listed -> byId.put(listed.statusId, listed));
        return new Glanced(ids.stream().filter(byId::containsKey).map(byId::get).toList(), found.byId);
    }

    /**
     * Names every parameter up to the limit of a page, also those that the query does not: PostgreSQL asks for their types.
     * Where nobody is known to read, the planner strikes out of the query what asks about them.
     *
     * <p>The reader's marks are looked up once for all posts, not once for each: every {@code in} is a hash made by one scan.
     * Indexes: favourite's, bookmark's, block's and status's unique keys of account and post or person, and the primary keys of the tables joined.
     */
    public static String sql(String query, boolean known, int parameters) {
        return """
            with page as materialized (%s),
              shown as materialized (
                select * from page
                union all
                select %s, null from page join status boosted on boosted.id = page.reblog_of_id)
            %s""".formatted(known ? query : query.replace("$1::bigint", "null::bigint"), COLUMNS.formatted("boosted"),
                glances("account.xmin", "join account on account.id = shown.account_id", known ? MARKS + BLOCKS : "", parameters));
    }

    /** The same for a query in the fast form, which has looked at authors and at what is boosted already. */
    public static String fastSql(String query, ListVisibility rule, int parameters) {
        String marks = rule.known() ? MARKS + (rule.wanted() ? UNBLOCKED : BLOCKS) : "";
        return """
            with %s page as materialized (%s),
              shown as materialized (
                select id, account_id, reblog_of_id, conversation_id, quote_policy, version, cursor, author_version, certain from page%s)
            %s""".formatted(rule.reader(), query, rule.boosts() ? BOOSTED : "", glances("shown.author_version", "", marks + ", shown.certain", parameters));
    }

    private static String glances(String authorVersion, String author, String more, int parameters) {
        return """
            select shown.id, shown.account_id, shown.reblog_of_id, shown.version::text as version, %s::text as author_version, shown.cursor,
              coalesce(status_counter.replies_count, 0) as replies_count,
              greatest(status_counter.reblogs_count, status_counter.origin_reblogs_count, 0) as reblogs_count,
              greatest(status_counter.favourites_count, status_counter.origin_favourites_count, 0) as favourites_count,
              coalesce(status_counter.quotes_count, 0) as quotes_count,
              coalesce(account_counter.statuses_count, 0) as statuses_count, coalesce(account_counter.followers_count, 0) as followers_count,
              coalesce(account_counter.following_count, 0) as following_count, account_counter.last_status_at
              %s
            from shown
            %s
            left join status_counter on status_counter.status_id = shown.id
            left join account_counter on account_counter.account_id = shown.account_id
            where $1::bigint is null or true %s""".formatted(authorVersion, more, author, parameters > 3 ? "or $4::int is null" : "");
    }

    private static final String BOOSTED = """

                union all
                select reblog_of_id, boosted_account_id, null, boosted_conversation_id, boosted_quote_policy, boosted_version, null, boosted_author_version, true
                from page where reblog_of_id is not null""";

    private static final int LAST_OF_UNKNOWN = 14;
    private static final int LAST_OF_KNOWN = 21;

    private static final String MARKS = """
        , shown.id in (select favourite.status_id from favourite
                        where favourite.account_id = $1 and favourite.status_id = any(array(select id from shown))) as favourited,
          shown.id in (select boost.reblog_of_id from status boost
                        where boost.account_id = $1 and boost.reblog_of_id = any(array(select id from shown)) and boost.reblog_of_id is not null) as reblogged,
          shown.id in (select bookmark.status_id from bookmark
                        where bookmark.account_id = $1 and bookmark.status_id = any(array(select id from shown))) as bookmarked,
          shown.conversation_id in (select muted.conversation_id from conversation_mute muted where muted.account_id = $1) as muted,
          shown.account_id = $1 and exists (select from status_pin where status_pin.account_id = $1 and status_pin.status_id = shown.id) as pinned,
          shown.quote_policy = 'followers' and exists (select from follow
                        where follow.account_id = $1 and follow.target_account_id = shown.account_id) as follows
        """;
    private static final String BLOCKS = """
        , shown.account_id in (select block.target_account_id from block
                        where block.account_id = $1 and block.target_account_id = any(array(select account_id from shown))) as blocks
        """;
    /** What a list leaves out nobody needs to ask about. */
    private static final String UNBLOCKED = ", false as blocks";

    /** By position: the driver finds a name by going through all of them. */
    private static StatusGlance glance(Row row, boolean known) {
        Long boosted = row.getLong(2);
        OffsetDateTime lastStatusAt = row.getOffsetDateTime(13);
        return new StatusGlance(row.getLong(0), row.getLong(1), boosted == null ? OptionalLong.empty() : OptionalLong.of(boosted),
            Long.parseLong(row.getString(3)), Long.parseLong(row.getString(4)),
            row.getInteger(6), row.getInteger(7), row.getInteger(8), row.getInteger(9),
            new AuthorCounts(row.getInteger(10), row.getInteger(11), row.getInteger(12), lastStatusAt == null ? null : lastStatusAt.toInstant()),
            known ? new Flags(row.getBoolean(14), row.getBoolean(15), row.getBoolean(16), row.getBoolean(17), row.getBoolean(18)) : null,
            known ? new QuoteVisibility.Standing(row.getBoolean(19), row.getBoolean(20)) : null);
    }
}
