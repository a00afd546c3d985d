package social.dunlin.oauth;

import static social.dunlin.database.Rows.instant;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of browser sessions. */
@ApplicationScoped
class SessionStore {
    private final Database database;

    SessionStore(Database database) {
        this.database = database;
    }

    void insert(byte[] hash, long userId, long accountId, String csrfToken, String userAgent, String ip) {
        database.execute("""
            insert into web_session (id_hash, user_id, account_id, csrf_token, user_agent, ip, expires_at)
            values ($1, $2, $3, $4, $5, $6, now() + interval '60 days')""",
            Buffer.buffer(hash), userId, accountId, csrfToken, userAgent, ip);
    }

    /** Only sessions of users and accounts that may act. Index: web_session_pkey. */
    Optional<Found> byHash(byte[] hash) {
        return database.first("""
            select web_session.id_hash, web_session.user_id, web_session.account_id, account.domain_id, web_session.csrf_token,
                   web_session.last_seen_at < now() - interval '1 day' as stale
            from web_session
            join dunlin_user on dunlin_user.id = web_session.user_id
            join account on account.id = web_session.account_id
            where web_session.id_hash = $1 and web_session.expires_at > now()
              and dunlin_user.disabled_at is null and dunlin_user.confirmed_at is not null and dunlin_user.approved_at is not null
              and account.suspended_at is null and account.deleted_at is null""",
            row -> new Found(new WebSession(row.getLong("user_id"), row.getLong("account_id"), row.getLong("domain_id"), row.getString("csrf_token"), key(row)),
                row.getBoolean("stale")), Buffer.buffer(hash));
    }

    record Found(WebSession session, boolean stale) {
    }

    void touch(byte[] hash) {
        database.execute("update web_session set last_seen_at = now(), expires_at = now() + interval '60 days' where id_hash = $1", Buffer.buffer(hash));
    }

    void delete(byte[] hash) {
        database.execute("delete from web_session where id_hash = $1", Buffer.buffer(hash));
    }

    /** What is open of a login, newest use first. Index: web_session_by_user. */
    List<OpenSession> of(long userId) {
        return database.list("""
            select id_hash, user_agent, ip, created_at, last_seen_at from web_session
            where user_id = $1 and expires_at > now() order by last_seen_at desc, created_at desc""",
            row -> new OpenSession(key(row), row.getString("user_agent"), row.getString("ip"), instant(row, "created_at"), instant(row, "last_seen_at")),
            userId);
    }

    /** What names a session to its owner. */
    private static String key(Row row) {
        return HexFormat.of().formatHex(row.getBuffer("id_hash").getBytes());
    }

    void delete(long userId, String key) {
        database.execute("delete from web_session where user_id = $1 and encode(id_hash, 'hex') = $2", userId, key);
    }

    /** Index: web_session_by_user. */
    void deleteOthers(long userId, String key) {
        database.execute("delete from web_session where user_id = $1 and encode(id_hash, 'hex') <> $2", userId, key);
    }

    /** With those that are about to be. Indexes: web_session_by_user, second_step_by_user. */
    void deleteAllOf(long userId) {
        database.execute("delete from web_session where user_id = $1", userId);
        database.execute("delete from second_step where user_id = $1", userId);
    }

    /** Index: web_session_by_user. */
    void deleteAllOf(long userId, long accountId) {
        database.execute("delete from web_session where user_id = $1 and account_id = $2", userId, accountId);
    }

    /** Index: web_session_expiry. */
    void deleteExpired() {
        database.execute("delete from web_session where expires_at < now()");
    }
}
