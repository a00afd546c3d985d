package social.dunlin.oauth;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of authorization codes. */
@ApplicationScoped
class CodeStore {
    private final Database database;

    CodeStore(Database database) {
        this.database = database;
    }

    record Code(long applicationId, long userId, long accountId, String redirectUri, Scopes scopes, String challenge, Instant expiresAt,
                Instant usedAt, Long tokenId) {
    }

    void insert(byte[] hash, long applicationId, long userId, long accountId, String redirectUri, Scopes scopes, String challenge, Instant expiresAt) {
        database.execute("""
            insert into oauth_code (code_hash, application_id, user_id, account_id, redirect_uri, scopes, code_challenge, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)""",
            Buffer.buffer(hash), applicationId, userId, accountId, redirectUri, scopes.names().toArray(String[]::new), challenge, expiresAt);
    }

    /** Locks the row, so that of two exchanges of one code only one finds it unused. Index: oauth_code_pkey. */
    Optional<Code> lock(byte[] hash) {
        return database.first("""
            select application_id, user_id, account_id, redirect_uri, scopes, code_challenge, expires_at, used_at, token_id
            from oauth_code where code_hash = $1 for update""", CodeStore::map, Buffer.buffer(hash));
    }

    void use(byte[] hash, long tokenId) {
        database.execute("update oauth_code set used_at = now(), token_id = $2 where code_hash = $1", Buffer.buffer(hash), tokenId);
    }

    /** Codes no longer tell anything a day after their end. Index: oauth_code_expiry. */
    int deleteExpired() {
        return database.execute("delete from oauth_code where expires_at < now() - interval '1 day'");
    }

    void deleteAllOf(long userId) {
        database.execute("delete from oauth_code where user_id = $1", userId);
    }

    void deleteAllOf(long userId, long accountId) {
        database.execute("delete from oauth_code where user_id = $1 and account_id = $2", userId, accountId);
    }

    void deleteAllOf(long userId, AuthorizedApplication.Name named) {
        database.execute("delete from oauth_code where user_id = $1 and application_id = $2 and account_id = $3",
            userId, named.applicationId(), named.accountId());
    }

    private static Code map(Row row) {
        return new Code(row.getLong("application_id"), row.getLong("user_id"), row.getLong("account_id"), row.getString("redirect_uri"),
            Scopes.of(strings(row, "scopes")), row.getString("code_challenge"), instant(row, "expires_at"), instant(row, "used_at"),
            row.getLong("token_id"));
    }
}
