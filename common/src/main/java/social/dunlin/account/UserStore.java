package social.dunlin.account;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of logins. */
@ApplicationScoped
class UserStore {
    private static final String SELECT = """
        select dunlin_user.id, dunlin_user.email, dunlin_user.password_hash, dunlin_user.role, dunlin_user.confirmed_at,
               dunlin_user.approved_at, dunlin_user.disabled_at, dunlin_user.locale
        from dunlin_user""";

    private final Database database;

    UserStore(Database database) {
        this.database = database;
    }

    Optional<User> byId(long id) {
        return database.first(SELECT + " where dunlin_user.id = $1", UserStore::map, id);
    }

    /** Index: dunlin_user_email. */
    Optional<User> byEmail(String email) {
        return database.first(SELECT + " where lower(dunlin_user.email) = lower($1)", UserStore::map, email);
    }

    /** The login behind a local account. Index: account_handle. */
    Optional<User> byHandle(String username, String host) {
        return database.first(SELECT + """
             join account on account.user_id = dunlin_user.id
            where lower(account.username) = lower($1) and account.host = $2 and account.domain_id is not null""",
            UserStore::map, username, host);
    }

    void insert(long id, String email, String passwordHash, User.Role role, boolean confirmed) {
        database.execute("""
            insert into dunlin_user (id, email, password_hash, role, confirmed_at, approved_at)
            values ($1, $2, $3, $4, case when $5 then now() end, now())""",
            id, email, passwordHash, role.name().toLowerCase(Locale.ROOT), confirmed);
    }

    /** A login of somebody who signed up: not confirmed, and approved only where nobody decides. */
    void insertApplicant(long id, String email, String passwordHash, boolean approved, String reason, String locale, String ip, Long inviteId) {
        database.execute("""
            insert into dunlin_user (id, email, password_hash, approved_at, sign_up_reason, locale, sign_up_ip, invite_id)
            values ($1, $2, $3, case when $4 then now() end, nullif($5, ''), $6, $7, $8)""",
            id, email, passwordHash, approved, reason, locale, ip, inviteId);
    }

    void setEmail(long id, String email) {
        database.execute("update dunlin_user set email = $2 where id = $1", id, email);
    }

    void confirm(long id) {
        database.execute("update dunlin_user set confirmed_at = now() where id = $1 and confirmed_at is null", id);
    }

    /** False when it was approved before. */
    boolean approve(long id) {
        return database.execute("update dunlin_user set approved_at = now() where id = $1 and approved_at is null", id) > 0;
    }

    void setPasswordHash(long id, String passwordHash) {
        database.execute("update dunlin_user set password_hash = $2 where id = $1", id, passwordHash);
    }

    /** Index: account_by_user. */
    void deleteWithoutAccounts(long id) {
        database.execute("delete from dunlin_user where id = $1 and not exists (select from account where account.user_id = $1)", id);
    }

    private static User map(Row row) {
        return new User(row.getLong("id"), row.getString("email"), row.getString("password_hash"),
            User.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)), instant(row, "confirmed_at"), instant(row, "approved_at"),
            instant(row, "disabled_at"), row.getString("locale"));
    }
}
