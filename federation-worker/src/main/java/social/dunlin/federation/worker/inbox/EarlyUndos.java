package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;

/**
 * Undos that overtook what they undo (federation reference §5.2): remembered for six hours, and taken by the activity
 * when it comes. Boosts are not among them; those leave a tombstone.
 */
@ApplicationScoped
class EarlyUndos {
    private static final String PREFIX = "undone ";

    private final Database database;

    EarlyUndos(Database database) {
        this.database = database;
    }

    /** An activity and its Undo wait for each other. Held until the transaction ends. */
    void lock(String uri) {
        database.list("select pg_advisory_xact_lock(hashtextextended($1, 0))", row -> null, PREFIX + uri);
    }

    /** An Undo that had its effect; should it come again, it is not an early one. */
    void noteEffective(String undoUri) {
        isFirst(undoUri);
    }

    /**
     * An Undo that found nothing. One that was here before tells nothing new: Misskey's Follow of the same person always
     * has the same id, and so has its Undo, so that the next Follow would be lost.
     */
    void noteFruitless(String undoUri, String undoneUri) {
        if (isFirst(undoUri)) {
            database.execute("""
                insert into seen_activity (uri) values ($1)
                on conflict (uri) do update set received_at = now()""", PREFIX + undoneUri);
        }
    }

    private boolean isFirst(String undoUri) {
        return undoUri != null && database.execute("insert into seen_activity (uri) values ($1) on conflict do nothing", undoUri) > 0;
    }

    /** True when the activity was undone before it came; asked once. */
    boolean take(String uri) {
        return database.execute("delete from seen_activity where uri = $1 and received_at > now() - interval '6 hours'", PREFIX + uri) > 0;
    }
}
