package social.dunlin.status;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.database.Database;

/** Reads posts. None of these asks who looks: that is {@link social.dunlin.visibility.StatusVisibility}'s. */
@Singleton
public class StatusStore {
    /** For other stores: {@code select COLUMNS from TABLES} gives what {@link #map} reads. */
    public static final String COLUMNS = """
        status.id, status.account_id, status.uri, status.url, status.local, status.object_type, status.visibility,
        status.title, status.spoiler_text, status.content, status.text_source, status.content_type, status.language,
        status.sensitive, status.conversation_id, status.in_reply_to_id, status.in_reply_to_account_id, status.in_reply_to_uri,
        status.reblog_of_id, status.quote_policy, status.group_account_id, status.application_id, status.emojis,
        status.created_at, status.edited_at, status.expires_at,
        coalesce(status_counter.replies_count, 0) as replies_count,
        greatest(status_counter.reblogs_count, status_counter.origin_reblogs_count, 0) as reblogs_count,
        greatest(status_counter.favourites_count, status_counter.origin_favourites_count, 0) as favourites_count,
        coalesce(status_counter.quotes_count, 0) as quotes_count
        """;
    public static final String TABLES = " status left join status_counter on status_counter.status_id = status.id ";

    private static final String TABLES_JOINED = "(" + TABLES + ")";

    private static final String SELECT = "select " + COLUMNS + " from " + TABLES;

    private final Database database;

    public StatusStore(Database database) {
        this.database = database;
    }

    public Optional<Status> byId(long id) {
        return database.first(SELECT + " where status.id = $1", StatusStore::map, id);
    }

    /** Those that exist, by id. One statement whatever the number. */
    public Map<Long, Status> byIds(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database.list(SELECT + " where status.id = any((select $1::bigint[])::bigint[])", StatusStore::map, (Object) ids.toArray(Long[]::new)).stream()
            .collect(Collectors.toMap(Status::id, Function.identity()));
    }

    /** Index: status_uri. */
    public Optional<Status> byUri(String uri) {
        return database.first(SELECT + " where status.uri = $1", StatusStore::map, uri);
    }

    /** Those that exist, by uri. Index: status_uri. */
    public Map<String, Status> byUris(Collection<String> uris) {
        if (uris.isEmpty()) {
            return Map.of();
        }
        return database.list(SELECT + " where status.uri = any((select $1::text[])::text[])", StatusStore::map, (Object) uris.toArray(String[]::new)).stream()
            .collect(Collectors.toMap(Status::uri, Function.identity()));
    }

    /** A remote post by its page for people. Index: status_url. */
    public Optional<Status> byUrl(String url) {
        return database.first(SELECT + " where status.url = $1 and not status.local", StatusStore::map, url);
    }

    /**
     * The posts this one answers, root first. Circles that two servers may have woven end with the bound: a path to tell
     * them by would grow with the square of the depth.
     *
     * @param limit how many at most; those nearest to the post are kept
     */
    public List<Status> ancestors(long id, int limit) {
        return database.list("""
            with recursive thread (id, parent, distance) as (
              select status.id, status.in_reply_to_id, 0 from status where status.id = $1
              union all
              select parent.id, parent.in_reply_to_id, thread.distance + 1
              from thread join status parent on parent.id = thread.parent
              where thread.distance < $2
            ), above as (select id, min(distance) as distance from thread where id <> $1 group by id)
            select %s from above join %s on status.id = above.id
            order by above.distance desc""".formatted(COLUMNS, TABLES_JOINED), StatusStore::map, id, limit);
    }

    /**
     * The posts that answer this one, and those that answer them, in reading order: depth first, the thread author's own
     * continuations before other people's answers, otherwise by time. Index: status_replies.
     *
     * @param limit how many at most; the nearest to the post are kept
     * @param depth how many levels at most
     */
    public List<Status> descendants(Status root, int limit, int depth) {
        List<Status> found = database.list("""
            with recursive thread (id, distance) as (
              select child.id, 1 from status child where child.in_reply_to_id = $1
              union all
              select child.id, thread.distance + 1
              from thread join status child on child.in_reply_to_id = thread.id
              where thread.distance < $2
            ), found as (select id, distance from thread limit %3$d),
            nearest as (select id, min(distance) as distance from found where id <> $1 group by id)
            select %1$s from nearest join %2$s on status.id = nearest.id
            order by nearest.distance, status.id""".formatted(COLUMNS, TABLES_JOINED, limit), StatusStore::map, root.id(), depth);
        return ThreadOrder.depthFirst(root, found);
    }

    /** Somebody's boost of a post, if there is one. Index: status_one_reblog. */
    public Optional<Status> reblogBy(long accountId, long statusId) {
        return database.first(SELECT + " where status.account_id = $1 and status.reblog_of_id = $2", StatusStore::map, accountId, statusId);
    }

    /** True when something of this id was here and has been deleted: it must not come back. */
    public boolean isTombstoned(String uri) {
        return database.exists("select from tombstone where uri = $1", uri);
    }

    /** Those of the uris under which something was and has been deleted. */
    public Set<String> tombstonedOf(Collection<String> uris) {
        return Set.copyOf(database.list("select uri from tombstone where uri = any((select $1::text[])::text[])", row -> row.getString("uri"),
            (Object) uris.toArray(String[]::new)));
    }

    public static Status map(Row row) {
        return new Status(
            row.getLong("id"), row.getLong("account_id"), row.getString("uri"), row.getString("url"), row.getBoolean("local"),
            row.getString("object_type"), Visibility.ofApiName(row.getString("visibility")).orElseThrow(),
            row.getString("title"), row.getString("spoiler_text"), row.getString("content"), row.getString("text_source"),
            row.getString("content_type"), row.getString("language"), row.getBoolean("sensitive"), row.getLong("conversation_id"),
            optional(row, "in_reply_to_id"), optional(row, "in_reply_to_account_id"), row.getString("in_reply_to_uri"),
            optional(row, "reblog_of_id"), row.getString("quote_policy"), optional(row, "group_account_id"),
            optional(row, "application_id"), strings(row, "emojis"),
            instant(row, "created_at"), instant(row, "edited_at"), instant(row, "expires_at"),
            row.getInteger("replies_count"), row.getInteger("reblogs_count"), row.getInteger("favourites_count"),
            row.getInteger("quotes_count"));
    }

    private static OptionalLong optional(Row row, String column) {
        Long value = row.getLong(column);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
