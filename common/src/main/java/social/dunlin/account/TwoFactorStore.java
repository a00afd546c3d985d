package social.dunlin.account;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of the second step. */
@ApplicationScoped
class TwoFactorStore {
    private final Database database;

    TwoFactorStore(Database database) {
        this.database = database;
    }

    /** The secret, hexadecimal, of a login that asks for a second step. */
    Optional<String> secret(long userId) {
        return database.first("select totp_secret from dunlin_user where id = $1 and totp_enabled_at is not null",
            row -> row.getString("totp_secret"), userId);
    }

    /** False when it is on already. */
    boolean switchOn(long userId, String secret, long step) {
        return database.execute("""
            update dunlin_user set totp_secret = $2, totp_last_step = $3, totp_enabled_at = now()
            where id = $1 and totp_enabled_at is null""", userId, secret, step) > 0;
    }

    /** False when it was off already. */
    boolean switchOff(long userId) {
        database.execute("delete from recovery_code where user_id = $1", userId);
        return database.execute("""
            update dunlin_user set totp_secret = null, totp_last_step = null, totp_enabled_at = null
            where id = $1 and totp_enabled_at is not null""", userId) > 0;
    }

    /** False when this step's code, or a later one, was used before: of two who send it at once one succeeds. */
    boolean use(long userId, long step) {
        return database.execute("""
            update dunlin_user set totp_last_step = $2
            where id = $1 and totp_enabled_at is not null and totp_last_step < $2""", userId, step) > 0;
    }

    void replaceRecoveryCodes(long userId, List<byte[]> hashes) {
        database.execute("delete from recovery_code where user_id = $1", userId);
        database.execute("insert into recovery_code (user_id, code_hash) select $1, hash from unnest($2::bytea[]) as hash",
            userId, hashes.stream().map(Buffer::buffer).toArray(Buffer[]::new));
    }

    /** False when there is no such code, or no more. */
    boolean useRecoveryCode(long userId, byte[] hash) {
        return database.execute("delete from recovery_code where user_id = $1 and code_hash = $2", userId, Buffer.buffer(hash)) > 0;
    }

    int recoveryCodesLeft(long userId) {
        return database.first("select count(*)::int as codes from recovery_code where user_id = $1", row -> row.getInteger("codes"), userId).orElseThrow();
    }
}
