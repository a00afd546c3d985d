package social.dunlin.federation.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.RemoteActor.Emoji;
import social.dunlin.federation.actor.RemoteActor.Key;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.id.Snowflakes;

/** SQL of remote accounts and their keys. Every write is confined to rows without a served domain. */
@ApplicationScoped
class RemoteActorStore {
    private final Database database;

    RemoteActorStore(Database database) {
        this.database = database;
    }

    /** Writes the actor and its keys; gives the account's id, or nothing when the id is that of a local account. */
    OptionalLong save(RemoteActor actor) {
        return database.transaction(() -> {
            freeHandle(actor);
            Optional<Long> accountId = upsert(actor);
            accountId.ifPresent(id -> {
                replaceKeys(id, actor.keys());
                saveEmojis(actor);
            });
            return accountId.map(OptionalLong::of).orElse(OptionalLong.empty());
        });
    }

    /**
     * A handle that WebFinger now gives to another actor id: the former holder is gone (a server set up anew). Its row
     * stays for its posts' sake. Index: account_handle.
     */
    private void freeHandle(RemoteActor actor) {
        database.execute("""
            update account set username = username || '~' || id, deleted_at = coalesce(deleted_at, now()), updated_at = now()
            where lower(username) = lower($1) and host = $2 and uri <> $3 and domain_id is null""",
            actor.username(), actor.host(), actor.uri());
    }

    /**
     * A new home counts only while the account there names this one as an alias, and is known here: {@code movedTo} alone
     * is never followed (hostile input 56). Who is at home on a server that is limited or blocked here comes in as such.
     * Index: account_uri, domain_block's key.
     */
    private Optional<Long> upsert(RemoteActor actor) {
        return database.first("""
            with server as (
              select host, severity from domain_block where host = any($31) and severity <> 'noop'
              order by severity = 'suspend' desc, length(host) desc limit 1)
            insert into account (
              id, uri, actor_type, username, host, url, display_name, note, fields,
              avatar_remote_url, avatar_description, header_remote_url, header_description, emojis,
              locked, discoverable, indexable, hide_collections, memorial, suspended_by_origin, also_known_as, attribution_domains,
              inbox_url, shared_inbox_url, outbox_url, followers_url, following_url, featured_url, created_at, fetched_at, moved_to_id,
              suspended_at, silenced_at, blocked_host)
            values ($1, $2, $3, $4, $5, $6, $7, $8, ($9::text)::jsonb, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
              $23, $24, $25, $26, $27, $28, coalesce($29, now()), now(),
              (select home.id from account home where home.uri = $30 and home.uri <> $2 and $2 = any(home.also_known_as) and home.deleted_at is null),
              (select now() from server where severity = 'suspend'), (select now() from server where severity = 'silence'), (select host from server))
            on conflict (uri) do update set
              actor_type = excluded.actor_type, username = excluded.username, host = excluded.host, url = excluded.url,
              display_name = excluded.display_name, note = excluded.note, fields = excluded.fields,
              avatar_remote_url = excluded.avatar_remote_url, avatar_description = excluded.avatar_description,
              header_remote_url = excluded.header_remote_url, header_description = excluded.header_description,
              emojis = excluded.emojis, locked = excluded.locked, discoverable = excluded.discoverable,
              indexable = excluded.indexable, hide_collections = excluded.hide_collections, memorial = excluded.memorial,
              suspended_by_origin = excluded.suspended_by_origin, also_known_as = excluded.also_known_as,
              attribution_domains = excluded.attribution_domains, inbox_url = excluded.inbox_url,
              shared_inbox_url = excluded.shared_inbox_url, outbox_url = excluded.outbox_url,
              followers_url = excluded.followers_url, following_url = excluded.following_url,
              featured_url = excluded.featured_url, moved_to_id = excluded.moved_to_id, updated_at = now(), fetched_at = now(),
              refresh_leased_until = null, refresh_failures = 0,
              blocked_host = case when account.suspended_at is null and account.silenced_at is null then excluded.blocked_host else account.blocked_host end,
              suspended_at = coalesce(account.suspended_at, excluded.suspended_at), silenced_at = coalesce(account.silenced_at, excluded.silenced_at)
            where account.domain_id is null and account.deleted_at is null
            returning id""",
            row -> row.getLong("id"),
            Snowflakes.next(), actor.uri(), actor.actorType(), actor.username(), actor.host(), actor.url(), actor.displayName(),
            actor.note(), actor.fields(), actor.avatarUrl(), actor.avatarDescription(), actor.headerUrl(), actor.headerDescription(),
            actor.emojis().stream().map(Emoji::code).toArray(String[]::new), actor.locked(), actor.discoverable(), actor.indexable(), actor.hideCollections(),
            actor.memorial(), actor.suspendedByOrigin(), actor.alsoKnownAs().toArray(String[]::new),
            actor.attributionDomains().toArray(String[]::new), actor.inboxUrl(), actor.sharedInboxUrl(), actor.outboxUrl(),
            actor.followersUrl(), actor.followingUrl(), actor.featuredUrl(), actor.published(), actor.movedTo(), servers(actor));
    }

    /** Where the actor is at home, by its handle and by its id. */
    private static String[] servers(RemoteActor actor) {
        return Stream.of(Host.tryParse(actor.host()), ObjectUri.tryParse(actor.uri()).map(ObjectUri::host)).flatMap(Optional::stream)
            .flatMap(host -> host.names().stream()).distinct().toArray(String[]::new);
    }

    /** A key id held by another account is left to it. Indexes: account_key's key, account_key_by_account. */
    private void replaceKeys(long accountId, List<Key> keys) {
        String[] ids = keys.stream().map(Key::keyId).toArray(String[]::new);
        database.execute("delete from account_key where account_id = $1 and key_id <> all($2)", accountId, ids);
        database.execute("""
            insert into account_key (key_id, account_id, algorithm, public_key)
            select key_id, $1, algorithm, public_key from unnest($2::text[], $3::text[], $4::text[]) as key (key_id, algorithm, public_key)
            on conflict (key_id) do update set algorithm = excluded.algorithm, public_key = excluded.public_key
            where account_key.account_id = excluded.account_id""",
            accountId, ids, keys.stream().map(Key::algorithm).toArray(String[]::new),
            keys.stream().map(Key::publicKey).toArray(String[]::new));
    }

    /** Index: custom_emoji_host_shortcode_key. */
    private void saveEmojis(RemoteActor actor) {
        if (actor.emojis().isEmpty()) {
            return;
        }
        database.execute("""
            insert into custom_emoji (host, shortcode, uri, url, static_url)
            select $1, code, uri, icon, icon from unnest($2::text[], $3::text[], $4::text[]) as emoji (code, uri, icon)
            on conflict (host, shortcode) do update set uri = excluded.uri, url = excluded.url, static_url = excluded.static_url,
              updated_at = now()
            where custom_emoji.url <> excluded.url""",
            actor.host(), actor.emojis().stream().map(Emoji::code).toArray(String[]::new),
            actor.emojis().stream().map(Emoji::uri).toArray(String[]::new),
            actor.emojis().stream().map(Emoji::iconUrl).toArray(String[]::new));
    }

    /** A key and whose it is. */
    record StoredKey(long accountId, String publicKey, String owner, boolean local) {
    }

    /** Index: account_key's key. */
    Optional<StoredKey> key(String keyId) {
        return database.first("""
            select account.id, account_key.public_key, account.uri, account.domain_id is not null as local
            from account_key join account on account.id = account_key.account_id
            where account_key.key_id = $1""",
            row -> new StoredKey(row.getLong("id"), row.getString("public_key"), row.getString("uri"), row.getBoolean("local")), keyId);
    }

    /**
     * Takes the right to refresh an account, for a while only, so that a killed process blocks nobody. False when
     * somebody else is at it or it failed just now.
     */
    boolean leaseRefresh(long accountId, Duration lease) {
        return database.execute("""
            update account set refresh_leased_until = now() + $2 * interval '1 second'
            where id = $1 and domain_id is null and deleted_at is null
              and (refresh_leased_until is null or refresh_leased_until < now())""", accountId, (double) lease.toSeconds()) > 0;
    }

    /** Whether {@link #leaseRefresh} would be given now. */
    boolean isRefreshable(long accountId) {
        return database.exists("""
            select from account where id = $1 and domain_id is null and deleted_at is null
              and (refresh_leased_until is null or refresh_leased_until < now())""", accountId);
    }

    /**
     * The same for a signature that does not fit the key stored: apart from {@link #leaseRefresh}, whose pause grows to
     * a week while a host is away. When it is back, with new keys, its first request must not be refused for that.
     */
    boolean leaseKeyRefresh(long accountId, Duration lease) {
        return database.execute("""
            update account set key_leased_until = now() + $2 * interval '1 second'
            where id = $1 and domain_id is null and deleted_at is null
              and (key_leased_until is null or key_leased_until < now())""", accountId, (double) lease.toSeconds()) > 0;
    }

    /** The next refresh may be tried after a pause that doubles, a week at most. */
    void refreshFailed(long accountId) {
        database.execute("""
            update account set refresh_failures = refresh_failures + 1,
              refresh_leased_until = now() + least(interval '7 days', interval '10 minutes' * power(2, least(refresh_failures, 12)))
            where id = $1 and domain_id is null""", accountId);
    }
}
