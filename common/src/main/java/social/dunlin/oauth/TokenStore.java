package social.dunlin.oauth;

import static social.dunlin.database.Rows.strings;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.database.Database;

/** SQL of access tokens. */
@ApplicationScoped
class TokenStore {
    private final Database database;

    TokenStore(Database database) {
        this.database = database;
    }

    /** What the token opens and whether its user may act. */
    record Found(AccessToken token, boolean confirmed, boolean approved, boolean disabled, boolean suspended) {
    }

    /** Index: oauth_token_token_hash_key. */
    Optional<Found> byHash(byte[] hash) {
        return database.first("""
            select oauth_token.id, oauth_token.application_id, oauth_token.user_id, oauth_token.account_id, oauth_token.scopes,
                   dunlin_user.confirmed_at is not null as confirmed, dunlin_user.approved_at is not null as approved,
                   dunlin_user.disabled_at is not null as disabled,
                   account.suspended_at is not null or account.deleted_at is not null as suspended
            from oauth_token
            left join dunlin_user on dunlin_user.id = oauth_token.user_id
            left join account on account.id = oauth_token.account_id
            where oauth_token.token_hash = $1 and oauth_token.revoked_at is null""", TokenStore::found, Buffer.buffer(hash));
    }

    private static Found found(Row row) {
        return new Found(map(row), row.getBoolean("confirmed"), row.getBoolean("approved"), row.getBoolean("disabled"),
            Boolean.TRUE.equals(row.getBoolean("suspended")));
    }

    static AccessToken map(Row row) {
        Long userId = row.getLong("user_id");
        Long accountId = row.getLong("account_id");
        return new AccessToken(row.getLong("id"), row.getLong("application_id"),
            userId == null ? OptionalLong.empty() : OptionalLong.of(userId),
            accountId == null ? OptionalLong.empty() : OptionalLong.of(accountId),
            Scopes.of(strings(row, "scopes")));
    }
}
