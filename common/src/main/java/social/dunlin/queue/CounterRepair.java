package social.dunlin.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;

/**
 * Counts anew what is counted along the way: posts and follows of all accounts, answers to the posts of the last two
 * months. Every batch locks its counters first and counts in a second statement, so whoever counts at the same moment
 * is either seen whole or comes after; rows that somebody holds are left for the next time, so nobody waits in a ring.
 */
@ApplicationScoped
class CounterRepair implements PeriodicTask {
    private static final int AT_ONCE = 500;
    private static final Duration RECENT = Duration.ofDays(60);
    private static final Logger LOG = Logger.getLogger(CounterRepair.class);

    private final Database database;

    CounterRepair(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "counter-repair";
    }

    @Override
    public Duration interval() {
        return Duration.ofDays(7);
    }

    @Override
    public void run() {
        int accounts = repair("select account_id as id from account_counter where account_id > $1 order by account_id limit $2 for update skip locked",
            ACCOUNTS, 0);
        int statuses = repair("select status_id as id from status_counter where status_id > $1 order by status_id limit $2 for update skip locked",
            STATUSES, Snowflakes.at(Instant.now().minus(RECENT)));
        if (accounts + statuses > 0) {
            LOG.infof("The counters of %d accounts and %d posts were wrong and are right now", accounts, statuses);
        }
    }

    /** Indexes: status_by_account, follow_of_target, follow_by_account. */
    private static final String ACCOUNTS = """
        update account_counter set statuses_count = actual.statuses, followers_count = actual.followers, following_count = actual.following
        from (
          select batch.id,
            (select count(*)::int from status where status.account_id = batch.id) as statuses,
            (select count(*)::int from follow where follow.target_account_id = batch.id) as followers,
            (select count(*)::int from follow where follow.account_id = batch.id) as following
          from unnest($1::bigint[]) as batch (id)) as actual
        where account_counter.account_id = actual.id
          and (statuses_count, followers_count, following_count) is distinct from (actual.statuses, actual.followers, actual.following)""";

    /** Private and direct answers are nobody's to count. Indexes: status_replies, status_reblogs, favourite_of_status, quote_of_status. */
    private static final String STATUSES = """
        update status_counter set replies_count = actual.replies, reblogs_count = actual.reblogs, favourites_count = actual.favourites,
          quotes_count = actual.quotes
        from (
          select batch.id,
            (select count(*)::int from status where status.in_reply_to_id = batch.id and visibility in ('public', 'unlisted')) as replies,
            (select count(*)::int from status where status.reblog_of_id = batch.id) as reblogs,
            (select count(*)::int from favourite where favourite.status_id = batch.id) as favourites,
            (select count(*)::int from quote where quote.quoted_status_id = batch.id and quote.state = 'accepted') as quotes
          from unnest($1::bigint[]) as batch (id)) as actual
        where status_counter.status_id = actual.id
          and (replies_count, reblogs_count, favourites_count, quotes_count)
            is distinct from (actual.replies, actual.reblogs, actual.favourites, actual.quotes)""";

    private int repair(String lock, String correct, long start) {
        int corrected = 0;
        long after = start;
        while (true) {
            long from = after;
            Batch batch = database.transaction(() -> {
                List<Long> ids = database.list(lock, row -> row.getLong("id"), from, AT_ONCE);
                return ids.isEmpty() ? Batch.NONE : new Batch(ids.getLast(), database.execute(correct, (Object) ids.toArray(Long[]::new)));
            });
            if (batch == Batch.NONE) {
                return corrected;
            }
            after = batch.last;
            corrected += batch.corrected;
        }
    }

    private record Batch(long last, int corrected) {
        static final Batch NONE = new Batch(0, 0);
    }
}
