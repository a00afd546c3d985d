package social.dunlin.list;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.relationship.Related;
import social.dunlin.status.StatusStore;
import social.dunlin.timeline.Listing;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** SQL of lists. */
@ApplicationScoped
public class ListStore {
    /** How many pages' worth of candidates are looked at before what the reader has hidden is left out. */
    private static final int SPARE = 3;

    private final Database database;

    public ListStore(Database database) {
        this.database = database;
    }

    /** Index: list_by_account. */
    List<PeopleList> byAccount(long accountId) {
        return database.list("select * from list where account_id = $1 order by id", ListStore::map, accountId);
    }

    Optional<PeopleList> byId(long accountId, long id) {
        return database.first("select * from list where id = $2 and account_id = $1", ListStore::map, accountId, id);
    }

    /** Those an account stands in. Index: list_account_of_account. */
    List<PeopleList> containing(long accountId, long memberId) {
        return database.list("""
            select list.* from list join list_account on list_account.list_id = list.id
            where list.account_id = $1 and list_account.account_id = $2 order by list.id""", ListStore::map, accountId, memberId);
    }

    /** Holds the reader's row, so that two requests at once cannot pass a limit together. */
    int lockedCount(long accountId) {
        database.list("select id from account where id = $1 for update", row -> null, accountId);
        return database.first("select count(*)::int as lists from list where account_id = $1", row -> row.getInteger("lists"), accountId).orElseThrow();
    }

    PeopleList create(long accountId, String title, RepliesPolicy policy, boolean exclusive) {
        return database.first("insert into list (account_id, title, replies_policy, exclusive) values ($1, $2, $3, $4) returning *",
            ListStore::map, accountId, title, policy.apiName(), exclusive).orElseThrow();
    }

    PeopleList update(long id, String title, RepliesPolicy policy, boolean exclusive) {
        return database.first("update list set title = $2, replies_policy = $3, exclusive = $4 where id = $1 returning *",
            ListStore::map, id, title, policy.apiName(), exclusive).orElseThrow();
    }

    void remove(long id) {
        database.execute("delete from list where id = $1", id);
    }

    // ---------------------------------------------------------------- members

    int memberCount(long id) {
        return database.first("select count(*)::int as members from list_account where list_id = $1", row -> row.getInteger("members"), id).orElseThrow();
    }

    List<Long> memberIds(long id) {
        return database.list("select account_id from list_account where list_id = $1", row -> row.getLong("account_id"), id);
    }

    /** Those of the accounts that somebody follows or has asked to follow, and themself. */
    List<Long> listable(long accountId, Collection<Long> ids) {
        return database.list("""
            select wanted.id from unnest($2::bigint[]) as wanted (id)
            where wanted.id = $1
              or exists (select from follow where follow.account_id = $1 and follow.target_account_id = wanted.id)
              or exists (select from follow_request request where request.account_id = $1 and request.target_account_id = wanted.id)""",
            row -> row.getLong("id"), accountId, ids.toArray(Long[]::new));
    }

    /** Gives those that were not in it before. */
    List<Long> add(long id, Collection<Long> memberIds) {
        return database.list("""
            insert into list_account (list_id, account_id) select $1, member from unnest($2::bigint[]) as member
            on conflict do nothing returning account_id""", row -> row.getLong("account_id"), id, memberIds.toArray(Long[]::new));
    }

    /** Gives those that were in it. */
    List<Long> removeMembers(long id, Collection<Long> memberIds) {
        return database.list("delete from list_account where list_id = $1 and account_id = any($2) returning account_id",
            row -> row.getLong("account_id"), id, memberIds.toArray(Long[]::new));
    }

    List<Related> members(long id, Page page) {
        List<Related> found = database.list("""
            select list_account.id as relation_id, %s
            from list_account join account on account.id = list_account.account_id
            left join account_counter on account_counter.account_id = account.id
            where list_account.list_id = $1 and list_account.id < $2 and list_account.id > $3
              and account.suspended_at is null and account.deleted_at is null
            order by list_account.id %s limit $4""".formatted(AccountStore.COLUMNS, page.direction()),
            row -> new Related(row.getLong("relation_id"), AccountStore.map(row)), id, page.before(), page.after(), page.limit());
        return page.ascending() ? found.reversed() : found;
    }

    // ---------------------------------------------------------------- what they posted

    /**
     * What the members posted and boosted, as far as the reader follows them. The newest of each member are taken from
     * status_by_account and put together; what the reader has hidden or may not see is left out of three pages of those.
     * Of a long list only those posts are looked at that are not older than the newest ones of four pages of members.
     */
    Listing timeline(PeopleList list, Page page) {
        String bound = page.ascending() ? "0" : """
            coalesce((
              select newest.id from list_account member
              cross join lateral (
                select status.id from status
                where status.account_id = member.account_id and status.id < $2 and status.id > $3
                order by status.id desc limit 1) newest
              where member.list_id = $5
              order by newest.id desc offset $4 * 4 limit 1), 0)""";
        return new Listing(database, null, Viewer.of(list.accountId()), page, "list " + list.repliesPolicy(), "status.id", null, form -> """
            with oldest as (select %9$s as id),
            candidate as (
              select post.id from list_account member
              join account on account.id = member.account_id
              left join follow on follow.account_id = $1 and follow.target_account_id = member.account_id
              cross join lateral (
                select status.id from status
                where status.account_id = member.account_id and status.id < $2 and status.id > $3 and status.id >= (select id from oldest)
                  and %1$s
                order by status.id %2$s limit $4) post
              where member.list_id = $5 and (follow.id is not null or member.account_id = $1) and (account.id = $1 or not (%3$s))
              order by post.id %2$s limit $4 * %4$d)
            select %5$s from candidate join (%6$s) on status.id = candidate.id
            where %7$s and %8$s
            order by status.id %2$s limit $4""".formatted(shows("$1", answers(list.repliesPolicy(), "$1", "$5")), page.direction(),
                StatusVisibility.hiddenFrom("account", "$1::bigint"),
                SPARE, form.columns(), StatusStore.TABLES, StatusVisibility.visibleTo("$1::bigint"), StatusVisibility.wantedBy("$1::bigint"), bound),
            page.before(), page.after(), page.limit(), list.id());
    }

    /**
     * Which of the lists show a post, by the id of the list with whose it is. Whether the reader may see the post is not
     * asked. Index: the unique key of list_account.
     */
    public Map<Long, Long> showing(long statusId, Collection<Long> listIds) {
        String answers = Arrays.stream(RepliesPolicy.values())
            .map(policy -> "list.replies_policy = '%s' and %s".formatted(policy.apiName(), answers(policy, "list.account_id", "list.id")))
            .collect(Collectors.joining(" or ", "(", ")"));
        return owners("""
            select list.id, list.account_id from list
            join status on status.id = $1
            join list_account member on member.list_id = list.id and member.account_id = status.account_id
            left join follow on follow.account_id = list.account_id and follow.target_account_id = status.account_id
            where list.id = any($2) and (follow.id is not null or status.account_id = list.account_id) and %s"""
            .formatted(shows("list.account_id", answers)), statusId, listIds);
    }

    /** Which of the lists an account stands in, by the id of the list with whose it is. */
    public Map<Long, Long> with(long memberId, Collection<Long> listIds) {
        return owners("""
            select list.id, list.account_id from list join list_account member on member.list_id = list.id
            where member.account_id = $1 and list.id = any($2)""", memberId, listIds);
    }

    private Map<Long, Long> owners(String sql, long id, Collection<Long> listIds) {
        if (listIds.isEmpty()) {
            return Map.of();
        }
        Map<Long, Long> owners = new HashMap<>();
        database.list(sql, row -> owners.put(row.getLong("id"), row.getLong("account_id")), id, listIds.toArray(Long[]::new));
        return owners;
    }

    /**
     * What a list shows of a member's posts: a condition on {@code status} and on {@code follow}, by which the reader
     * follows the member, all null where the member is the reader.
     *
     * @param answers a condition on {@code status} that answers somebody else
     */
    private static String shows(String reader, String answers) {
        return """
            (status.visibility <> 'direct'
             and (status.reblog_of_id is null or follow.reblogs)
             and (coalesce(cardinality(follow.languages), 0) = 0 or status.language is null or status.language = any(follow.languages))
             and (status.in_reply_to_id is null and status.in_reply_to_uri is null
                  or status.in_reply_to_account_id in (%s, status.account_id) or %s))""".formatted(reader, answers);
    }

    private static String answers(RepliesPolicy policy, String reader, String list) {
        return switch (policy) {
            case NONE -> "false";
            case LIST -> "exists (select from list_account other where other.list_id = %s and other.account_id = status.in_reply_to_account_id)".formatted(list);
            case FOLLOWED -> "exists (select from follow other where other.account_id = %s and other.target_account_id = status.in_reply_to_account_id)"
                .formatted(reader);
        };
    }

    private static PeopleList map(Row row) {
        return new PeopleList(row.getLong("id"), row.getLong("account_id"), row.getString("title"),
            RepliesPolicy.ofApiName(row.getString("replies_policy")).orElseThrow(), row.getBoolean("exclusive"));
    }
}
