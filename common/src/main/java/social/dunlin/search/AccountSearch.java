package social.dunlin.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.recall.Recall;
import social.dunlin.recall.RecalledAuthor;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/**
 * Accounts by the beginning of their handle or a part of their display name, without its accents. An exact user name comes before all, then
 * whom the viewer follows, then those whose handle or display name begins so: in the order of the indexes, which are read
 * only as far as the page needs, and within each block of them local people first, then by number of followers. Parts
 * of display names are looked for when all of these do not fill the page.
 *
 * <p>What is read therefore depends on the page, not on how many accounts there are. Whom the viewer follows is remembered,
 * with their names; if they are too many for that, each is looked at.
 */
@ApplicationScoped
public class AccountSearch {
    /** So many at the beginning of each range are ranked among each other, the next so many behind them, and so on. */
    private static final int BLOCK = 40;
    /** Read for pages further back. Which page somebody is on must not make a statement of its own for each. */
    private static final int BLOCKS = 10 * BLOCK;
    /** With a part of the name, before ranking. */
    private static final int CANDIDATES = 400;
    /** The place of those that are in no range. */
    private static final int NOWHERE = 1_000_000;

    /** The index of display names holds groups of three; without one all of it would be read. */
    private static final Pattern GROUP_OF_THREE = Pattern.compile("[\\p{L}\\p{N}]{3}");

    private static final String FOUND = """
        account.suspended_at is null and account.deleted_at is null and not account.pending
          and not (account.actor_type = 'Application' and account.domain_id is not null)
          and not\s""" + StatusVisibility.hiddenFrom("account", "$1::bigint");

    /** Values that decide how much there is to read stand in subqueries: else each search would be planned anew (adr/0030). */
    private static final String NAME = "(select $2::text)";
    private static final String FOLDED = "(select $8::text)";
    private static final String NAME_BEGINS = Like.beginning("lower(account.username)", NAME);
    private static final String HOST_BEGINS = Like.beginning("account.host", "(select $4::text)");
    private static final String DISPLAY_NAME_BEGINS = Like.beginning("search_name(account.display_name)", FOLDED);
    private static final String DISPLAY_NAME_HOLDS = "search_name(account.display_name) like (select '%' || $3::text || '%')";

    /** Whom the viewer follows. Index: follow_account_id_target_account_id_key. */
    private static final String FOLLOWED = """
        select account.id from follow join account on account.id = follow.target_account_id
        where follow.account_id = $1::bigint
          and (starts_with(lower(account.username), %s) and %s or $5::boolean and %s)
        """.formatted(NAME, HOST_BEGINS, DISPLAY_NAME_HOLDS);

    /** Those of them who were found already. Index: the same. */
    private static final String REMEMBERED = """
        select follow.target_account_id as id from follow
        where follow.account_id = $1::bigint and follow.target_account_id = any((select $9::bigint[])::bigint[])
        """;

    private static final String ONLY_FOLLOWED = """
        with matching as materialized (%s)
        select %s from matching
        join account on account.id = matching.id
        left join account_counter on account_counter.account_id = account.id
        where %s
        order by lower(account.username) = %s desc, account.domain_id is not null desc, coalesce(account_counter.followers_count, 0) desc, account.id
        limit LIMIT offset (select $6::int)""".formatted(FOLLOWED, AccountStore.COLUMNS, FOUND, NAME);

    /**
     * Indexes: account_handle_prefix, account_local_username, account_search_name_prefix, each read in its order;
     * account_search_name_trigram. A branch that is not needed is not run: its count is asked for once, before it.
     */
    private static final String ALL = """
        with named as materialized (
          select account.id, account.domain_id, lower(account.username) = NAME as exact,
            row_number() over (order by lower(account.username) using ~<~, account.host using ~<~) as place
          from account where NAME_BEGINS and HOST_BEGINS and FOUND
          order by lower(account.username) using ~<~, account.host using ~<~ limit BOUND),
        neighbours as materialized (
          select account.id, account.domain_id, lower(account.username) = NAME as exact,
            row_number() over (order by lower(account.username) using ~<~) as place
          from account where account.domain_id is not null and NAME_BEGINS and HOST_BEGINS and FOUND
          order by lower(account.username) using ~<~ limit BOUND),
        called as materialized (
          select account.id, account.domain_id, lower(account.username) = NAME as exact,
            row_number() over (order by search_name(account.display_name) using ~<~) as place
          from account where $5::boolean and DISPLAY_NAME_BEGINS and FOUND
          order by search_name(account.display_name) using ~<~ limit BOUND),
        begun as materialized (
          select id, domain_id, exact, min(place) as place
          from (select * from named union all select * from neighbours union all select * from called) range
          group by id, domain_id, exact),
        shown as materialized (
          select account.id, account.domain_id, lower(account.username) = NAME as exact, NOWHERE as place
          from account where $7::boolean and (select count(*) from begun) < NEED and DISPLAY_NAME_HOLDS and FOUND
          limit CANDIDATES),
        matching as materialized (FOLLOWED
            and ((select count(*) from begun) >= NEED or (select count(*) from shown) >= CANDIDATES or $5::boolean and not $7::boolean)),
        followed as materialized (
          select account.id, account.domain_id, lower(account.username) = NAME as exact, NOWHERE as place
          from matching join account on account.id = matching.id where FOUND),
        candidate as (
          select either.id, domain_id, exact, min(place) as place,
            exists (select from follow where follow.account_id = $1::bigint and follow.target_account_id = either.id) as followed
          from (select * from begun union all select * from shown union all select * from followed) either
          group by either.id, domain_id, exact),
        page as materialized (
          select candidate.id, row_number() over (
            order by candidate.exact and (candidate.followed or candidate.place <= BLOCK) desc, candidate.followed desc,
              case when candidate.followed then 0 else (candidate.place - 1) / BLOCK end, candidate.exact desc, candidate.domain_id is not null desc,
              coalesce(account_counter.followers_count, 0) desc, candidate.id) as rank
          from candidate left join account_counter on account_counter.account_id = candidate.id
          order by rank limit LIMIT offset (select $6::int))
        select COLUMNS from page
        join account on account.id = page.id
        left join account_counter on account_counter.account_id = account.id
        order by page.rank"""
        .replace("DISPLAY_NAME_BEGINS", DISPLAY_NAME_BEGINS).replace("DISPLAY_NAME_HOLDS", DISPLAY_NAME_HOLDS)
        .replace("NAME_BEGINS", NAME_BEGINS).replace("HOST_BEGINS", HOST_BEGINS).replace("NAME", NAME)
        .replace("FOLLOWED", FOLLOWED).replace("FOUND", FOUND).replace("NOWHERE", Integer.toString(NOWHERE)).replace("BLOCK", Integer.toString(BLOCK))
        .replace("CANDIDATES", Integer.toString(CANDIDATES)).replace("NEED", "LIMIT + (select $6::int)").replace("COLUMNS", AccountStore.COLUMNS);

    private static final String ALL_BUT_REMEMBERED = ALL.replace(FOLLOWED, REMEMBERED);

    private final Database database;
    private final Recall recall;

    public AccountSearch(Database database, Recall recall) {
        this.database = database;
        this.recall = recall;
    }

    /** With the values of its parameters. */
    record Statement(String sql, Object... parameters) {
    }

    /**
     * @param typed     {@code user}, {@code @user@ho}, or a name
     * @param following only those whom the viewer follows
     */
    public List<Account> find(String typed, Viewer viewer, boolean following, int limit, int offset) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        text = text.startsWith("@") ? text.substring(1) : text;
        int at = text.indexOf('@');
        String username = at < 0 ? text : text.substring(0, at);
        String host = at < 0 ? "" : text.substring(at + 1);
        if (username.isEmpty()) {
            return List.of();
        }
        boolean anyName = at < 0 && !SearchText.name(username).isEmpty();
        Long[] followed = following ? null : followed(username, host, anyName, viewer);
        Statement statement = statement(username, host, anyName, viewer, following, followed, limit, offset);
        return database.list(statement.sql, AccountStore::map, statement.parameters);
    }

    /** As {@link #FOLLOWED}; null when it cannot be told. */
    private Long[] followed(String username, String host, boolean anyName, Viewer viewer) {
        if (viewer.isAnonymous()) {
            return new Long[0];
        }
        String folded = SearchText.name(username);
        Predicate<RecalledAuthor> named = person -> person.username().startsWith(username) && person.host() != null && person.host().startsWith(host)
            || anyName && person.searchName().contains(folded);
        return recall.followed(viewer.idOrNull(), named).orElse(null);
    }

    /**
     * @param anyName  also display names
     * @param followed those of them whom the viewer follows; null when they are to be looked for
     */
    static Statement statement(String username, String host, boolean anyName, Viewer viewer, boolean following, Long[] followed, int limit, int offset) {
        String folded = SearchText.name(username);
        if (following) {
            return new Statement(ONLY_FOLLOWED.replace("LIMIT", Integer.toString(limit)), viewer.idOrNull(), username, Like.escaped(folded), host, anyName, offset);
        }
        int need = limit + offset;
        int bound = need <= BLOCK ? BLOCK : (need + BLOCKS - 1) / BLOCKS * BLOCKS;
        List<Object> parameters = new ArrayList<>(Arrays.asList(viewer.idOrNull(), username, Like.escaped(folded), host, anyName, offset,
            anyName && GROUP_OF_THREE.matcher(folded).find(), folded));
        if (followed != null) {
            parameters.add(followed);
        }
        String sql = (followed == null ? ALL : ALL_BUT_REMEMBERED).replace("BOUND", Integer.toString(bound)).replace("LIMIT", Integer.toString(limit));
        return new Statement(sql, parameters.toArray());
    }
}
