package social.dunlin.oauth;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import social.dunlin.database.Database;

/** SQL of access tokens. */
@Singleton
class TokenStore {
    private final Database database;

    TokenStore(Database database) {
        this.database = database;
    }

    /** What the token opens and whether its user may act. */
    record Found(AccessToken token, boolean confirmed, boolean approved, boolean disabled, boolean suspended, Instant lastUsedAt) {
    }

    /** Index: oauth_token_token_hash_key. */
    Optional<Found> byHash(byte[] hash) {
        return database.first("""
            select oauth_token.id, oauth_token.application_id, oauth_token.user_id, oauth_token.account_id, oauth_token.scopes,
                   oauth_token.last_used_at,
                   account.domain_id,
                   dunlin_user.confirmed_at is not null as confirmed, dunlin_user.approved_at is not null as approved,
                   dunlin_user.disabled_at is not null as disabled,
                   account.suspended_at is not null or account.deleted_at is not null as suspended
            from oauth_token
            left join dunlin_user on dunlin_user.id = oauth_token.user_id
            left join account on account.id = oauth_token.account_id
            where oauth_token.token_hash = $1 and oauth_token.revoked_at is null""", TokenStore::found, Buffer.buffer(hash));
    }

    long insert(byte[] hash, long applicationId, Long userId, Long accountId, Scopes scopes) {
        return database.first("""
            insert into oauth_token (token_hash, application_id, user_id, account_id, scopes)
            values ($1, $2, $3, $4, $5)
            returning id""", row -> row.getLong("id"), Buffer.buffer(hash), applicationId, userId, accountId, scopes.sorted()).orElseThrow();
    }

    void touch(long id) {
        database.execute("update oauth_token set last_used_at = now() where id = $1", id);
    }

    /** Gives the application and id of the row, revoked or not. */
    Optional<Owned> owner(byte[] hash) {
        return database.first("select id, application_id from oauth_token where token_hash = $1",
            row -> new Owned(row.getLong("id"), row.getLong("application_id")), Buffer.buffer(hash));
    }

    record Owned(long id, long applicationId) {
    }

    /** Those of the tokens that still open something. */
    Set<Long> aliveOf(Collection<Long> ids) {
        return Set.copyOf(database.list("""
            select oauth_token.id from oauth_token
            left join dunlin_user on dunlin_user.id = oauth_token.user_id
            left join account on account.id = oauth_token.account_id
            where oauth_token.id = any($1) and oauth_token.revoked_at is null
              and (dunlin_user.id is null or dunlin_user.disabled_at is null and dunlin_user.confirmed_at is not null and dunlin_user.approved_at is not null)
              and (account.id is null or account.suspended_at is null and account.deleted_at is null)""",
            row -> row.getLong("id"), (Object) ids.toArray(Long[]::new)));
    }

    /** Ends it, and the push subscription made with it. True when it was still valid. */
    boolean revoke(long id) {
        return !revokeWhere("id = $1", id).isEmpty();
    }

    /** The ids that were still valid. Index: oauth_token_by_user. */
    List<Long> revokeAllOf(long userId) {
        return revokeWhere("user_id = $1", userId);
    }

    /** What a login lets act for it, the latest use first. Index: oauth_token_by_user. */
    List<AuthorizedApplication> authorizedBy(long userId) {
        return database.list("""
            select application.id, application.name, application.website, account.username || '@' || account.host as handle, account.id as account_id,
              min(token.created_at) as since, max(token.last_used_at) as last_used_at,
              array(select distinct scope from oauth_token each, unnest(each.scopes) as scope
                    where each.user_id = $1 and each.application_id = application.id and each.account_id = account.id and each.revoked_at is null
                    order by scope) as scopes
            from oauth_token token
            join oauth_application application on application.id = token.application_id
            join account on account.id = token.account_id
            where token.user_id = $1 and token.revoked_at is null
            group by application.id, account.id
            order by max(token.last_used_at) desc nulls last, application.id desc""",
            row -> new AuthorizedApplication(row.getLong("id"), row.getLong("account_id"), row.getString("name"), row.getString("website"),
                row.getString("handle"), instant(row, "since"), instant(row, "last_used_at"), Scopes.of(strings(row, "scopes"))), userId);
    }

    /** Index: oauth_token_by_user. */
    List<Long> revokeAllOf(AuthorizedApplication.Name named, long userId) {
        return revokeWhere("user_id = $1 and application_id = $2 and account_id = $3", userId, named.applicationId(), named.accountId());
    }

    private List<Long> revokeWhere(String condition, Object... parameters) {
        return database.list("""
            with revoked as (update oauth_token set revoked_at = now() where %s and revoked_at is null returning id),
              silenced as (delete from push_subscription using revoked where push_subscription.token_id = revoked.id)
            select id from revoked""".formatted(condition), row -> row.getLong("id"), parameters);
    }

    /** Index: oauth_token_by_user. */
    List<Long> revokeAllOf(long userId, long accountId) {
        return revokeWhere("user_id = $1 and account_id = $2", userId, accountId);
    }

    private static Found found(Row row) {
        Long userId = row.getLong("user_id");
        Long accountId = row.getLong("account_id");
        AccessToken token = new AccessToken(row.getLong("id"), row.getLong("application_id"), optional(userId), optional(accountId),
            optional(row.getLong("domain_id")), Scopes.of(strings(row, "scopes")));
        return new Found(token, row.getBoolean("confirmed"), row.getBoolean("approved"), row.getBoolean("disabled"),
            Boolean.TRUE.equals(row.getBoolean("suspended")), instant(row, "last_used_at"));
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
