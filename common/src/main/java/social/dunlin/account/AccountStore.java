package social.dunlin.account;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.database.Database;

/**
 * Reads accounts. What is looked for by name or address is found only once its person has been let in. Writing stands
 * with those who own it: local accounts, remote actors.
 */
@Singleton
public class AccountStore {
    /** For other stores: {@code select COLUMNS from TABLES} gives what {@link #map} reads. */
    public static final String COLUMNS = """
        account.id, account.domain_id, account.user_id, account.username, account.host, account.uri, account.url,
        account.actor_type, account.display_name, account.note, account.note_source, account.fields::text as fields,
        account.avatar_remote_url, account.avatar_blob, account.avatar_description,
        account.header_remote_url, account.header_blob, account.header_description,
        account.emojis, account.locked, account.discoverable, account.indexable, account.hide_collections, account.memorial,
        account.show_media, account.show_media_replies, account.show_featured,
        account.also_known_as, account.moved_to_id, account.inbox_url, account.shared_inbox_url, account.outbox_url,
        account.followers_url, account.following_url, account.featured_url,
        account.silenced_at, account.suspended_at, account.deleted_at, account.created_at, account.updated_at, account.fetched_at,
        coalesce(account_counter.statuses_count, 0) as statuses_count,
        coalesce(account_counter.followers_count, 0) as followers_count,
        coalesce(account_counter.following_count, 0) as following_count,
        account_counter.last_status_at
        """;
    public static final String TABLES = " account left join account_counter on account_counter.account_id = account.id ";

    private static final String SELECT = "select " + COLUMNS + " from " + TABLES;

    private final Database database;

    public AccountStore(Database database) {
        this.database = database;
    }

    public Optional<Account> byId(long id) {
        return database.first(SELECT + " where account.id = $1", AccountStore::map, id);
    }

    /** Those that exist, by id. One statement whatever the number. */
    public Map<Long, Account> byIds(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database.list(SELECT + " where account.id = any((select $1::bigint[])::bigint[])", AccountStore::map, (Object) ids.toArray(Long[]::new)).stream()
            .collect(Collectors.toMap(Account::id, Function.identity()));
    }

    /** Index: account_uri. */
    public Optional<Account> byUri(String uri) {
        return database.first(SELECT + " where account.uri = $1 and not account.pending", AccountStore::map, uri);
    }

    /** How somebody stands here, for who needs no more of them. */
    public record Standing(long id, boolean local, boolean suspended, boolean deleted) {
    }

    /** Index: account_uri. */
    public Optional<Standing> standing(String uri) {
        return database.first("""
            select id, domain_id is not null as local, suspended_at is not null as suspended, deleted_at is not null as deleted
            from account where uri = $1""",
            row -> new Standing(row.getLong("id"), row.getBoolean("local"), row.getBoolean("suspended"), row.getBoolean("deleted")), uri);
    }

    /** Index: account_uri. */
    public List<Account> byUris(Collection<String> uris) {
        return uris.isEmpty() ? List.of()
            : database.list(SELECT + " where account.uri = any((select $1::text[])::text[]) and not account.pending", AccountStore::map, (Object) uris.toArray(String[]::new));
    }

    /** By name without case and canonical handle domain. Index: account_handle. */
    public Optional<Account> byHandle(String username, String host) {
        return database.first(SELECT + " where lower(account.username) = lower($1) and account.host = $2 and not account.pending", AccountStore::map, username, host);
    }

    /** Those that exist, by handle. One statement whatever the number. Index: account_handle. */
    public Map<Handle, Account> byHandles(Collection<Handle> handles) {
        if (handles.isEmpty()) {
            return Map.of();
        }
        List<Handle> wanted = handles.stream().distinct().toList();
        return database.list("select " + COLUMNS + """
                from unnest($1::text[], $2::text[]) as wanted (username, host)
                join account on lower(account.username) = wanted.username and account.host = wanted.host and not account.pending
                left join account_counter on account_counter.account_id = account.id""", AccountStore::map,
                wanted.stream().map(Handle::username).toArray(String[]::new), wanted.stream().map(Handle::host).toArray(String[]::new)).stream()
            .collect(Collectors.toMap(account -> new Handle(account.username(), account.host()), Function.identity()));
    }

    /** Local accounts of a login, oldest first. Index: account_by_user. */
    public List<Account> byUser(long userId) {
        return database.list(SELECT + " where account.user_id = $1 order by account.id", AccountStore::map, userId);
    }

    /** The first account that belongs to a login. Index: account_by_user, which holds only such rows. */
    public Optional<Account> oldestPerson() {
        return database.first(SELECT + " where account.user_id is not null order by account.id limit 1", AccountStore::map);
    }

    /** The language somebody here reads in. */
    public String localeOf(long accountId) {
        return database.first("""
            select dunlin_user.locale from account join dunlin_user on dunlin_user.id = account.user_id where account.id = $1""",
            row -> row.getString("locale"), accountId).orElse("en");
    }

    public static Account map(Row row) {
        return new Account(
            row.getLong("id"), optional(row, "domain_id"), optional(row, "user_id"),
            row.getString("username"), row.getString("host"), row.getString("uri"), row.getString("url"),
            row.getString("actor_type"), row.getString("display_name"), row.getString("note"), row.getString("note_source"),
            row.getString("fields"),
            row.getString("avatar_remote_url"), row.getString("avatar_blob"), row.getString("avatar_description"),
            row.getString("header_remote_url"), row.getString("header_blob"), row.getString("header_description"),
            strings(row, "emojis"), row.getBoolean("locked"), row.getBoolean("discoverable"), row.getBoolean("indexable"),
            row.getBoolean("hide_collections"), row.getBoolean("show_media"), row.getBoolean("show_media_replies"), row.getBoolean("show_featured"),
            row.getBoolean("memorial"), strings(row, "also_known_as"), optional(row, "moved_to_id"),
            row.getString("inbox_url"), row.getString("shared_inbox_url"), row.getString("outbox_url"),
            row.getString("followers_url"), row.getString("following_url"), row.getString("featured_url"),
            instant(row, "silenced_at"), instant(row, "suspended_at"), instant(row, "deleted_at"),
            instant(row, "created_at"), instant(row, "updated_at"), instant(row, "fetched_at"),
            row.getInteger("statuses_count"), row.getInteger("followers_count"), row.getInteger("following_count"),
            instant(row, "last_status_at"));
    }

    private static OptionalLong optional(Row row, String column) {
        Long value = row.getLong(column);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
