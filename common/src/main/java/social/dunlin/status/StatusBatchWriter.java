package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;

/**
 * SQL that writes many remote posts at once: what {@link StatusWriter} does for one. In the caller's transaction. Rows
 * that others may be writing too are taken in one order by everybody: addresses, threads, authors, parents, tags.
 */
@ApplicationScoped
class StatusBatchWriter {
    private final Database database;

    StatusBatchWriter(Database database) {
        this.database = database;
    }

    /** As {@link StatusWriter#lock}; in the order of the locks, so that two batches cannot lock each other out. */
    void lock(Collection<String> uris) {
        // Planning for each size of batch anew would cost more than the statements do. A plan that is kept must not have been
        // made for tables as small as they were then: a young server's posts were read from end to end for each batch.
        database.send("select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)");
        database.send("""
            select pg_advisory_xact_lock(number)
            from (select distinct hashtextextended(uri, 0) as number from unnest($1::text[]) as uri order by number offset 0) as locks""",
            (Object) uris.toArray(String[]::new));
    }

    /**
     * What must be known before a post is stored.
     *
     * @param settled    it is here, or was deleted: nothing is to be done
     * @param authorHost null when the author is unknown, local or suspended
     * @param awaited    replies or quotes came before it
     */
    record Arrival(boolean settled, String authorHost, boolean awaited) {
    }

    /** By uri. Indexes: tombstone's key, status_uri, account's key, status_waiting_for_parent, quote_waiting. */
    Map<String, Arrival> arrivals(List<RemoteStatus> posts) {
        Map<String, Arrival> arrivals = new HashMap<>();
        database.list("""
            select given.uri,
              exists (select from status where status.uri = given.uri)
                or exists (select from tombstone where tombstone.uri = given.uri and (actor_uri is null or actor_uri = author.uri)) as settled,
              case when author.domain_id is null and author.suspended_at is null and author.deleted_at is null then author.host end as author_host,
              exists (select from status reply where reply.in_reply_to_uri = given.uri and reply.in_reply_to_id is null)
                or exists (select from quote where quote.quoted_uri = given.uri and quote.quoted_status_id is null and quote.state = 'pending') as awaited
            from unnest($1::text[], $2::bigint[]) as given (uri, account_id) left join account author on author.id = given.account_id""",
            row -> arrivals.put(row.getString("uri"), new Arrival(row.getBoolean("settled"), row.getString("author_host"), row.getBoolean("awaited"))),
            column(posts, String[]::new, RemoteStatus::uri), column(posts, Long[]::new, RemoteStatus::accountId));
        return arrivals;
    }

    /** Those of the ids that are taken. Index: status's key. */
    Set<Long> taken(Collection<Long> ids) {
        return new HashSet<>(database.list("select id from status where id = any((select $1::bigint[])::bigint[])", row -> row.getLong("id"), (Object) ids.toArray(Long[]::new)));
    }

    /** As {@link StatusWriter#conversation}, by name. */
    Map<String, Long> conversations(Collection<String> uris) {
        Map<String, Long> found = new HashMap<>();
        Map<String, Long> wanted = new TreeMap<>();
        uris.forEach(uri -> wanted.put(uri, Snowflakes.next()));
        if (wanted.isEmpty()) {
            return found;
        }
        String[] names = wanted.keySet().toArray(String[]::new);
        database.list("""
            with begun as (
              insert into conversation (id, uri) select * from unnest($1::bigint[], $2::text[]) on conflict do nothing returning id, uri)
            select id, uri from begun union all select id, uri from conversation where uri = any((select $2::text[])::text[])""",
            row -> found.put(row.getString("uri"), row.getLong("id")), wanted.values().toArray(Long[]::new), names);
        if (found.size() < wanted.size()) {
            // Begun by somebody else between the look and the write.
            database.list("select id, uri from conversation where uri = any((select $1::text[])::text[])", row -> found.put(row.getString("uri"), row.getLong("id")), (Object) names);
        }
        return found;
    }

    void beginConversations(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            database.send("insert into conversation (id) select unnest($1::bigint[])", (Object) ids.toArray(Long[]::new));
        }
    }

    /** As {@link StatusWriter#insert} for posts that are neither direct nor boosts. Fails when one of the ids was taken meanwhile. */
    void insert(List<StatusWriter.Row> rows) {
        long inserted = database.first("""
            with post as (
              insert into status (id, account_id, uri, url, local, object_type, visibility, title, spoiler_text, content, text_source,
                content_type, language, sensitive, conversation_id, in_reply_to_id, in_reply_to_account_id, in_reply_to_uri,
                quote_policy, group_account_id, emojis, created_at, edited_at)
              select id, account_id, uri, url, false, object_type, visibility, title, spoiler_text, content, text_source, content_type, language,
                sensitive, conversation_id, parent_id, parent_account_id, parent_uri, quote_policy, group_account_id,
                string_to_array(emojis, ','), created_at, edited_at
              from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                $11::text[], $12::text[], $13::boolean[], $14::bigint[], $15::bigint[], $16::bigint[], $17::text[], $18::text[], $19::bigint[],
                $20::text[], $21::timestamptz[], $22::timestamptz[])
                as given (id, account_id, uri, url, object_type, visibility, title, spoiler_text, content, text_source, content_type, language,
                  sensitive, conversation_id, parent_id, parent_account_id, parent_uri, quote_policy, group_account_id, emojis, created_at, edited_at)
              on conflict do nothing
              returning id, account_id, created_at
            ), counter as (
              insert into status_counter (status_id) select id from post
            ), author as (
              insert into account_counter (account_id, statuses_count, last_status_at)
              select account_id, count(*), max(created_at) from post group by account_id order by account_id
              on conflict (account_id) do update set
                statuses_count = account_counter.statuses_count + excluded.statuses_count,
                last_status_at = greatest(account_counter.last_status_at, excluded.last_status_at)
            )
            select count(*) as inserted from post""", row -> row.getLong("inserted"),
            column(rows, Long[]::new, StatusWriter.Row::id), column(rows, Long[]::new, StatusWriter.Row::accountId),
            column(rows, String[]::new, StatusWriter.Row::uri), column(rows, String[]::new, StatusWriter.Row::url),
            column(rows, String[]::new, StatusWriter.Row::objectType), column(rows, String[]::new, row -> row.visibility().apiName()),
            column(rows, String[]::new, StatusWriter.Row::title), column(rows, String[]::new, StatusWriter.Row::spoilerText),
            column(rows, String[]::new, StatusWriter.Row::content), column(rows, String[]::new, StatusWriter.Row::textSource),
            column(rows, String[]::new, StatusWriter.Row::contentType), column(rows, String[]::new, StatusWriter.Row::language),
            column(rows, Boolean[]::new, StatusWriter.Row::sensitive), column(rows, Long[]::new, StatusWriter.Row::conversationId),
            column(rows, Long[]::new, row -> row.parent() == null ? null : row.parent().id()),
            column(rows, Long[]::new, row -> row.parent() == null ? null : row.parent().accountId()),
            column(rows, String[]::new, row -> row.parent() == null ? row.inReplyToUri() : row.parent().uri()),
            column(rows, String[]::new, StatusWriter.Row::quotePolicy), column(rows, Long[]::new, StatusWriter.Row::groupAccountId),
            column(rows, String[]::new, row -> String.join(",", row.emojis())),
            column(rows, OffsetDateTime[]::new, row -> time(row.createdAt())), column(rows, OffsetDateTime[]::new, row -> time(row.editedAt())))
            .orElseThrow();
        if (inserted != rows.size()) {
            throw new IllegalStateException("%d of %d posts found their id or address taken".formatted(rows.size() - inserted, rows.size()));
        }
        countReplies(rows);
    }

    private void countReplies(List<StatusWriter.Row> rows) {
        Map<Long, Integer> replies = new TreeMap<>();
        rows.stream().filter(row -> row.parent() != null && StatusWriter.countsAsReply(row.visibility()))
            .forEach(row -> replies.merge(row.parent().id(), 1, Integer::sum));
        if (!replies.isEmpty()) {
            database.send("""
                insert into status_counter (status_id, replies_count) select * from unnest($1::bigint[], $2::int[])
                on conflict (status_id) do update set replies_count = greatest(status_counter.replies_count + excluded.replies_count, 0)""",
                replies.keySet().toArray(Long[]::new), replies.values().toArray(Integer[]::new));
        }
    }

    /** Somebody who asked to be told of every post of an author. */
    record Watcher(long authorId, long accountId) {
    }

    /** Index: follow_of_target. */
    List<Watcher> watchers(Collection<Long> authorIds) {
        return database.list("select target_account_id, account_id from follow where target_account_id = any((select $1::bigint[])::bigint[]) and notify",
            row -> new Watcher(row.getLong("target_account_id"), row.getLong("account_id")), (Object) authorIds.toArray(Long[]::new));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
