package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;

/** Deletes what has outlived its use, a limited number of rows per statement so that nobody waits long. */
@ApplicationScoped
class ExpiredRows implements PeriodicTask {
    private static final int AT_ONCE = 5_000;
    private static final Logger LOG = Logger.getLogger(ExpiredRows.class);
    private static final List<Rule> RULES = List.of(
        new Rule("dead_job", "died_at < now() - interval '30 days'"),
        new Rule("dead_delivery", "died_at < now() - interval '30 days'"),
        // Of other servers' posts, most of which were never here; our own are remembered for good (410).
        new Rule("tombstone", "not local and deleted_at < now() - interval '180 days'"),
        // Servers try again for about a week at most.
        new Rule("seen_activity", "received_at < now() - interval '30 days'"),
        new Rule("fetch_failure", "retry_after < now() - interval '7 days'"),
        new Rule("thread_request", "asked_at < now() - interval '7 days'"),
        // Uploads that no post has taken, and what a redraft left. Those with files are the media worker's to remove.
        new Rule("media_attachment", "status_id is null and created_at < now() - interval '1 day' and blob is null and preview_blob is null"),
        new Rule("oauth_token", "revoked_at < now() - interval '30 days'"),
        new Rule("idempotency_key", "created_at < now() - interval '1 day'"),
        // A used code is kept for a while, so that its second use is noticed (RFC 6749 §4.1.2).
        new Rule("oauth_code", "expires_at < now() - interval '1 day'"),
        new Rule("user_code", "expires_at < now()"),
        new Rule("second_step", "expires_at < now()"),
        new Rule("web_session", "expires_at < now()"),
        new Rule("data_import", "finished_at < now() - interval '30 days'"));

    private final Database database;

    ExpiredRows(Database database) {
        this.database = database;
    }

    /** A table and which of its rows have expired; each condition reads an index on its column. */
    private record Rule(String table, String expired) {
    }

    @Override
    public String name() {
        return "expired-rows";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        RULES.forEach(this::delete);
    }

    private void delete(Rule rule) {
        int total = 0;
        int deleted;
        do {
            deleted = database.execute("""
                delete from %1$s where ctid = any(array(select ctid from %1$s where %2$s limit $1))
                """.formatted(rule.table, rule.expired), AT_ONCE);
            total += deleted;
        } while (deleted == AT_ONCE);
        if (total > 0) {
            LOG.debugf("%d expired rows deleted from %s", total, rule.table);
        }
    }
}
