package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.PeriodicTask;

/**
 * Deletes old posts of other servers that nobody here has anything to do with, when the operator wishes so. They leave no
 * tombstone: whoever opens their thread gets them again. A bounded number each time, so that nobody waits for it.
 */
@ApplicationScoped
public class OldRemotePosts implements PeriodicTask {
    private static final int AT_ONCE = 500;
    private static final int BATCHES = 20;
    private static final Logger LOG = Logger.getLogger(OldRemotePosts.class);

    private final Database database;
    private final int days;

    @Inject
    OldRemotePosts(Database database, DunlinConfiguration configuration) {
        this(database, configuration.federation().keepRemotePostsDays());
    }

    /** @param days how old they get; 0 = for ever */
    OldRemotePosts(Database database, int days) {
        this.database = database;
        this.days = days;
    }

    @Override
    public String name() {
        return "old-remote-posts";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        if (days == 0) {
            return;
        }
        long before = Snowflakes.floor(Instant.now().minus(Duration.ofDays(days)));
        long after = 0;
        int deleted = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Long> ids = old(after, before);
            delete(ids);
            deleted += ids.size();
            if (ids.size() < AT_ONCE) {
                break;
            }
            after = ids.getLast();
        }
        LOG.debugf("%d old posts of other servers deleted", deleted);
    }

    /**
     * Old by their time and by that of their arrival, and without a tie to anybody here. Indexes: status's key, and those
     * of each relation by post.
     */
    private List<Long> old(long after, long before) {
        return database.list("""
            select status.id from status
            where status.id > $1 and status.id < $2 and not status.local and status.received_at < now() - make_interval(days => $3)
              and not exists (select from bookmark where bookmark.status_id = status.id)
              and not exists (select from status_pin where status_pin.status_id = status.id)
              and not exists (select from quote where quote.quoted_status_id = status.id)
              and not exists (select from favourite join account on account.id = favourite.account_id and account.domain_id is not null
                              where favourite.status_id = status.id)
              and not exists (select from mention join account on account.id = mention.account_id and account.domain_id is not null
                              where mention.status_id = status.id)
              and not exists (select from poll join poll_vote on poll_vote.poll_id = poll.id
                              join account on account.id = poll_vote.account_id and account.domain_id is not null where poll.status_id = status.id)
              and not exists (select from status answer where answer.in_reply_to_id = status.id and answer.local)
              and not exists (select from status boost where boost.reblog_of_id = status.id and boost.local)
              and not exists (select from status about where about.id in (status.in_reply_to_id, status.reblog_of_id) and about.local)
            order by status.id limit $4""", row -> row.getLong("id"), after, before, days, AT_ONCE);
    }

    /** What it counted for elsewhere is put right by the repair of counters. */
    private void delete(List<Long> ids) {
        if (!ids.isEmpty()) {
            Object batch = ids.toArray(Long[]::new);
            database.transaction(() -> {
                database.execute("delete from media_attachment where status_id = any($1)", batch);
                database.execute("""
                    with gone as (delete from status where id = any($1) and not local returning id, conversation_id)
                    delete from conversation where id in (select conversation_id from gone)
                      and not exists (select from status where status.conversation_id = conversation.id and status.id not in (select id from gone))""", batch);
            });
        }
    }
}
