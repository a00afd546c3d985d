package social.dunlin.account;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.oauth.OpaqueSecret;

/** Codes sent to an e-mail address: whoever brings one back reads that mailbox. */
@ApplicationScoped
public class UserCodes {
    private final Database database;

    public UserCodes(Database database) {
        this.database = database;
    }

    /** What a code is good for. */
    public enum Purpose {
        CONFIRM("confirm", "7 days"), RESET("reset", "6 hours");

        private final String word;
        private final String life;

        Purpose(String word, String life) {
            this.word = word;
            this.life = life;
        }

        public String word() {
            return word;
        }

        public static Purpose of(String word) {
            return CONFIRM.word.equals(word) ? CONFIRM : RESET;
        }
    }

    /** A new code for the address the login has now; earlier ones stay good until they expire, for letters arrive late. */
    public String make(User user, Purpose purpose) {
        String code = OpaqueSecret.make();
        database.execute("""
            insert into user_code (code_hash, user_id, purpose, email, expires_at) values ($1, $2, $3, $4, now() + ($5::text)::interval)""",
            hash(code), user.id(), purpose.word, user.email(), purpose.life);
        return code;
    }

    /** Whose code it is; it stays good. */
    public Optional<Long> find(String code, Purpose purpose) {
        return database.first("""
            select user_code.user_id from user_code join dunlin_user on dunlin_user.id = user_code.user_id
            where code_hash = $1 and purpose = $2 and expires_at > now() and user_code.email = dunlin_user.email""",
            row -> row.getLong("user_id"), hash(code), purpose.word);
    }

    private static Buffer hash(String code) {
        return Buffer.buffer(OpaqueSecret.hash(code));
    }

    /** Ends all codes of this purpose: one of them has been used. Index: user_code_by_user. */
    void end(long userId, Purpose purpose) {
        database.execute("delete from user_code where user_id = $1 and purpose = $2", userId, purpose.word);
    }
}
