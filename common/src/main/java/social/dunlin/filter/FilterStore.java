package social.dunlin.filter;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.filter.Filter.FilteredStatus;
import social.dunlin.filter.Filter.Keyword;

/** SQL of filters. Every method that changes something runs in the caller's transaction. */
@Singleton
public class FilterStore {
    private final Database database;

    public FilterStore(Database database) {
        this.database = database;
    }

    /** All of a reader with what belongs to them, oldest first. Index: filter_by_account and the like. */
    public List<Filter> byAccount(long accountId) {
        return complete(database.list("select * from filter where account_id = $1 order by id", FilterStore::filter, accountId));
    }

    /** The same for many readers at once; those without a filter are left out. */
    Map<Long, List<Filter>> byAccounts(Collection<Long> accountIds) {
        Map<Long, Long> owners = new HashMap<>();
        List<Filter> filters = complete(database.list("select * from filter where account_id = any((select $1::bigint[])::bigint[]) order by id", row -> {
            owners.put(row.getLong("id"), row.getLong("account_id"));
            return filter(row);
        }, (Object) accountIds.toArray(Long[]::new)));
        return filters.stream().collect(Collectors.groupingBy(filter -> owners.get(filter.id())));
    }

    Optional<Filter> byId(long accountId, long id) {
        return complete(database.list("select * from filter where account_id = $1 and id = $2", FilterStore::filter, accountId, id)).stream().findFirst();
    }

    private List<Filter> complete(List<Filter> filters) {
        if (filters.isEmpty()) {
            return filters;
        }
        Long[] ids = filters.stream().map(Filter::id).toArray(Long[]::new);
        Map<Long, List<Keyword>> keywords = database.list("select * from filter_keyword where filter_id = any((select $1::bigint[])::bigint[]) order by id",
            FilterStore::keyword, (Object) ids).stream().collect(Collectors.groupingBy(Keyword::filterId));
        Map<Long, List<FilteredStatus>> statuses = database.list("select * from filter_status where filter_id = any((select $1::bigint[])::bigint[]) order by id",
            FilterStore::status, (Object) ids).stream().collect(Collectors.groupingBy(FilteredStatus::filterId));
        return filters.stream().map(filter -> new Filter(filter.id(), filter.title(), filter.contexts(), filter.action(), filter.expiresAt(),
            keywords.getOrDefault(filter.id(), List.of()), statuses.getOrDefault(filter.id(), List.of()))).toList();
    }

    /** Two changes of one reader's filters wait for each other, so that they cannot pass a limit together. */
    void lock(long accountId) {
        database.list("select id from account where id = $1 for update", row -> null, accountId);
    }

    /** What a reader has; {@code characters} of all keywords together. */
    record Sizes(int filters, int keywords, int characters, int statuses) {
    }

    Sizes sizes(long accountId) {
        return database.first("""
            select (select count(*)::int from filter where account_id = $1) as filters,
              count(filter_keyword.id)::int as keywords, coalesce(sum(length(filter_keyword.keyword)), 0)::int as characters,
              (select count(*)::int from filter join filter_status on filter_status.filter_id = filter.id where account_id = $1) as statuses
            from filter join filter_keyword on filter_keyword.filter_id = filter.id
            where filter.account_id = $1""",
            row -> new Sizes(row.getInteger("filters"), row.getInteger("keywords"), row.getInteger("characters"), row.getInteger("statuses")),
            accountId).orElseThrow();
    }

    long create(long accountId, String title, Collection<FilterContext> contexts, FilterAction action, Instant expiresAt) {
        return database.first("""
            insert into filter (account_id, title, contexts, action, expires_at) values ($1, $2, $3, $4, $5) returning id""",
            row -> row.getLong("id"), accountId, title, names(contexts), action.apiName(), expiresAt).orElseThrow();
    }

    void update(long id, String title, Collection<FilterContext> contexts, FilterAction action, Instant expiresAt) {
        database.execute("update filter set title = $2, contexts = $3, action = $4, expires_at = $5 where id = $1",
            id, title, names(contexts), action.apiName(), expiresAt);
    }

    boolean remove(long accountId, long id) {
        return database.execute("delete from filter where account_id = $1 and id = $2", accountId, id) > 0;
    }

    long addKeyword(long filterId, String keyword, boolean wholeWord) {
        return database.first("insert into filter_keyword (filter_id, keyword, whole_word) values ($1, $2, $3) returning id",
            row -> row.getLong("id"), filterId, keyword, wholeWord).orElseThrow();
    }

    void addKeywords(long filterId, List<String> keywords, List<Boolean> wholeWords) {
        database.execute("""
            insert into filter_keyword (filter_id, keyword, whole_word)
            select $1, keyword, whole_word from unnest($2::text[], $3::boolean[]) as new (keyword, whole_word)""",
            filterId, keywords.toArray(String[]::new), wholeWords.toArray(Boolean[]::new));
    }

    /** @param keywords null members stay as they are, as do null members of {@code wholeWords} */
    void updateKeywords(long filterId, List<Long> ids, List<String> keywords, List<Boolean> wholeWords) {
        database.execute("""
            update filter_keyword set keyword = coalesce(changed.keyword, filter_keyword.keyword),
              whole_word = coalesce(changed.whole_word, filter_keyword.whole_word)
            from unnest($2::bigint[], $3::text[], $4::boolean[]) as changed (id, keyword, whole_word)
            where filter_keyword.id = changed.id and filter_keyword.filter_id = $1""",
            filterId, ids.toArray(Long[]::new), keywords.toArray(String[]::new), wholeWords.toArray(Boolean[]::new));
    }

    void removeKeywords(long filterId, List<Long> ids) {
        database.execute("delete from filter_keyword where filter_id = $1 and id = any($2)", filterId, ids.toArray(Long[]::new));
    }

    Optional<Keyword> keyword(long accountId, long id) {
        return database.first("""
            select filter_keyword.* from filter_keyword join filter on filter.id = filter_keyword.filter_id
            where filter.account_id = $1 and filter_keyword.id = $2""", FilterStore::keyword, accountId, id);
    }

    /** The new one, or the one that was there before. */
    FilteredStatus addStatus(long filterId, long statusId) {
        return database.first("""
            insert into filter_status (filter_id, status_id) values ($1, $2)
            on conflict (filter_id, status_id) do update set status_id = excluded.status_id
            returning *""", FilterStore::status, filterId, statusId).orElseThrow();
    }

    Optional<FilteredStatus> status(long accountId, long id) {
        return database.first("""
            select filter_status.* from filter_status join filter on filter.id = filter_status.filter_id
            where filter.account_id = $1 and filter_status.id = $2""", FilterStore::status, accountId, id);
    }

    void removeStatus(long id) {
        database.execute("delete from filter_status where id = $1", id);
    }

    private static String[] names(Collection<FilterContext> contexts) {
        return contexts.stream().map(FilterContext::apiName).toArray(String[]::new);
    }

    private static Filter filter(Row row) {
        return new Filter(row.getLong("id"), row.getString("title"),
            strings(row, "contexts").stream().map(name -> FilterContext.ofApiName(name).orElseThrow()).toList(),
            FilterAction.ofApiName(row.getString("action")).orElseThrow(), instant(row, "expires_at"), List.of(), List.of());
    }

    private static Keyword keyword(Row row) {
        return new Keyword(row.getLong("id"), row.getLong("filter_id"), row.getString("keyword"), row.getBoolean("whole_word"));
    }

    private static FilteredStatus status(Row row) {
        return new FilteredStatus(row.getLong("id"), row.getLong("filter_id"), row.getLong("status_id"));
    }
}
