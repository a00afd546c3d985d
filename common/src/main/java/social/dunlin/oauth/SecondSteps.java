package social.dunlin.oauth;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.database.Database;

/**
 * Log-ins whose password was right and whose second step is still to come. The browser holds a random id of which only
 * the hash is stored; after a few wrong codes, or ten minutes, the password is asked for again.
 */
@ApplicationScoped
public class SecondSteps {
    private static final int TRIES = 5;

    private final Database database;

    public SecondSteps(Database database) {
        this.database = database;
    }

    /** Gives what the browser holds. */
    public String begin(long userId) {
        String id = OpaqueSecret.make();
        database.execute("insert into second_step (id_hash, user_id, expires_at) values ($1, $2, now() + interval '10 minutes')", hash(id), userId);
        return id;
    }

    /** Whose it is, while it is good. */
    public Optional<Long> userOf(String id) {
        return database.first("select user_id from second_step where id_hash = $1 and expires_at > now() and tries < $2",
            row -> row.getLong("user_id"), hash(id), TRIES);
    }

    /** The same, counted as a try: the statement decides, so that nobody gets more by sending at once. */
    public Optional<Long> attempt(String id) {
        return database.first("update second_step set tries = tries + 1 where id_hash = $1 and expires_at > now() and tries < $2 returning user_id",
            row -> row.getLong("user_id"), hash(id), TRIES);
    }

    public void end(String id) {
        database.execute("delete from second_step where id_hash = $1", hash(id));
    }

    private static Buffer hash(String id) {
        return Buffer.buffer(OpaqueSecret.hash(id));
    }
}
