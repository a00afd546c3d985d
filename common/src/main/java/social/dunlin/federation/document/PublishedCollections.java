package social.dunlin.federation.document;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** The members of what local accounts publish as collections, in pages by id. */
@ApplicationScoped
public class PublishedCollections {
    public static final int PAGE = 20;
    public static final int PEOPLE_PAGE = 40;
    public static final int POSTS_PAGE = 100;
    /** Of one thread; a longer one is told of in part. */
    private static final int THREAD_POSTS = 2000;

    private final Database database;

    public PublishedCollections(Database database) {
        this.database = database;
    }

    /** Posts and boosts everybody may read, newest first, as far as this reader is not shut out. Index: status_by_account. */
    public List<Status> outbox(long accountId, Viewer viewer, long before) {
        return database.list("select " + StatusStore.COLUMNS + " from " + StatusStore.TABLES + """
             where status.account_id = $2 and status.id < $3 and status.local and status.visibility in ('public', 'unlisted') and
            """ + StatusVisibility.visibleTo("$1::bigint") + " order by status.id desc limit " + PAGE,
            StatusStore::map, viewer.idOrNull(), accountId, before);
    }

    /** Index: status_by_account. */
    public long outboxTotal(long accountId) {
        return database.first("""
            select count(*) as total from status
            where account_id = $1 and visibility in ('public', 'unlisted') and local""", row -> row.getLong("total"), accountId).orElse(0L);
    }

    /** Pinned posts, the last pinned first. Index: status_pin's unique key. */
    public List<Status> featured(long accountId, Viewer viewer) {
        return database.list("select " + StatusStore.COLUMNS + " from " + StatusStore.TABLES + """
             join status_pin on status_pin.status_id = status.id and status_pin.account_id = $2
             where status.visibility in ('public', 'unlisted') and
            """ + StatusVisibility.visibleTo("$1::bigint") + " order by status_pin.id desc limit 20",
            StatusStore::map, viewer.idOrNull(), accountId);
    }

    /** A member that is a post: its row and its id. */
    public record Post(long statusId, String uri) {
    }

    /** Direct answers everybody may read, oldest first. Index: status_replies. */
    public List<Post> replies(long statusId, Viewer viewer, long after) {
        return database.list("""
            select status.id, status.uri from status
            where status.in_reply_to_id = $2 and status.id > $3 and status.visibility in ('public', 'unlisted') and
            """ + StatusVisibility.visibleTo("$1::bigint") + " order by status.id limit " + POSTS_PAGE,
            PublishedCollections::post, viewer.idOrNull(), statusId, after);
    }

    /**
     * The posts of a thread that everybody may read: the root, and what answers it however far down, oldest first. (An
     * answer may seem older than the root: most servers tell the second only.) What merely claims to belong to the thread
     * is not among them. Index: status_replies.
     */
    public List<Post> thread(long rootId, Viewer viewer) {
        return database.list("""
            with recursive thread (id, depth) as (
              select $2::bigint, 0
              union
              select child.id, thread.depth + 1 from thread join status child on child.in_reply_to_id = thread.id
              where thread.depth < 100
            ), found as (select distinct id from thread limit %d)
            select status.id, status.uri from found join status on status.id = found.id
            where status.reblog_of_id is null and status.visibility in ('public', 'unlisted') and %s
            order by status.id <> $2, status.id""".formatted(THREAD_POSTS, StatusVisibility.visibleTo("$1::bigint")),
            PublishedCollections::post, viewer.idOrNull(), rootId);
    }

    private static Post post(Row row) {
        return new Post(row.getLong("id"), row.getString("uri"));
    }

    /** One of a list of people: the relation's row and the actor's id. */
    public record Person(long relationId, String uri) {
    }

    /** Index: follow_of_target. */
    public List<Person> followers(long accountId, long before) {
        return people("follow.account_id", "follow.target_account_id", accountId, before);
    }

    /** Index: follow_by_account. */
    public List<Person> following(long accountId, long before) {
        return people("follow.target_account_id", "follow.account_id", accountId, before);
    }

    /** Column names are constants of this class. */
    private List<Person> people(String wanted, String owner, long accountId, long before) {
        return database.list("""
            select follow.id, account.uri from follow join account on account.id = %s
            where %s = $1 and follow.id < $2 and account.suspended_at is null and account.deleted_at is null
            order by follow.id desc limit %d""".formatted(wanted, owner, PEOPLE_PAGE),
            row -> new Person(row.getLong("id"), row.getString("uri")), accountId, before);
    }

    /** What stood under a local uri and was deleted, or nothing. */
    public Optional<Grave> grave(String uri) {
        return database.first("select former_type, deleted_at from tombstone where uri = $1",
            row -> new Grave(row.getString("former_type"), row.getOffsetDateTime("deleted_at").toInstant()), uri);
    }

    public record Grave(String formerType, Instant deletedAt) {
    }
}
