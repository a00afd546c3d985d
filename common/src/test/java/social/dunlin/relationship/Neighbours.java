package social.dunlin.relationship;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;

/** A handful of people: local ones on home.example, remote ones elsewhere. Each call of {@link #person} makes a new one. */
public final class Neighbours {
    public static final String HOME = "home.example";

    private final Database database;
    private final Map<Long, String> names = new HashMap<>();
    private final long domainId;

    public Neighbours(Database database) {
        this.database = database;
        database.execute("insert into domain (name, service_host, is_default) values ($1, $1, true) on conflict do nothing", HOME);
        this.domainId = database.first("select id from domain where name = $1", row -> row.getLong("id"), HOME).orElseThrow();
    }

    /** {@code alice} is local, {@code rosa@far.example} is not. The name must be new within the test class. */
    public long person(String handle) {
        int at = handle.indexOf('@');
        String name = at < 0 ? handle : handle.substring(0, at);
        String host = at < 0 ? HOME : handle.substring(at + 1);
        long id = Snowflakes.next();
        database.execute("""
            insert into account (id, domain_id, username, host, uri, url, inbox_url)
            values ($1, $2, $3, $4, $5, $6, $5 || '/inbox')""",
            id, at < 0 ? (Long) domainId : null, name, host, "https://%s/users/%s".formatted(host, name), "https://%s/@%s".formatted(host, name));
        names.put(id, handle);
        return id;
    }

    public long lockedPerson(String handle) {
        long id = person(handle);
        change(id, "locked = true");
        return id;
    }

    /** {@code what} is SQL of a test, such as {@code locked = true}. */
    public void change(long id, String what) {
        database.execute("update account set " + what + " where id = $1", id);
    }

    public Account account(long id) {
        return new AccountStore(database).byId(id).orElseThrow();
    }

    public String nameOf(long id) {
        return names.getOrDefault(id, Long.toString(id));
    }

    /** A local post. */
    public long post(long authorId, String visibility) {
        long id = Snowflakes.next();
        database.execute("insert into conversation (id) values ($1)", id);
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, content, conversation_id, created_at)
            values ($1, $2, 'https://posts.example/' || $1, true, $3, 'text', $1, now())""", id, authorId, visibility);
        return id;
    }

    public long boost(long authorId, long statusId) {
        long id = post(authorId, "public");
        database.execute("update status set reblog_of_id = $2 where id = $1", id, statusId);
        return id;
    }

    public long reply(long authorId, long statusId) {
        long id = post(authorId, "public");
        database.execute("""
            update status set in_reply_to_id = $2, in_reply_to_account_id = (select account_id from status where id = $2)
            where id = $1""", id, statusId);
        return id;
    }

    public Set<Long> home(long accountId) {
        return new HashSet<>(database.list("select status_id from home_entry where account_id = $1",
            row -> row.getLong("status_id"), accountId));
    }

    /** {@code followers/following} as counted. */
    public String counters(long accountId) {
        return database.first("select followers_count, following_count from account_counter where account_id = $1",
            row -> row.getInteger("followers_count") + "/" + row.getInteger("following_count"), accountId).orElse("0/0");
    }

    public List<String> notifications(long accountId) {
        return database.list("select type, from_account_id from notification where account_id = $1 order by id",
            row -> row.getString("type") + " " + nameOf(row.getLong("from_account_id")), accountId);
    }
}
