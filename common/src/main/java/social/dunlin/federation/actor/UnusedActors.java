package social.dunlin.federation.actor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.queue.PeriodicTask;

/**
 * Deletes actors of other servers that nothing here refers to and that have not been heard of for long, such as those
 * fetched for nothing but their key. Who sends something is looked at anew within a week ({@code SignsOfLife}), so the time
 * of the last look tells. Those whom the moderators or their own server have judged stay, and the memory of deleted ones.
 */
@ApplicationScoped
public class UnusedActors implements PeriodicTask {
    private static final int AT_ONCE = 1_000;
    private static final Logger LOG = Logger.getLogger(UnusedActors.class);

    /** Columns that refer to whoever is of use, the likeliest first; each has an index. A test knows all other columns too. */
    static final List<String> TIES = List.of(
        "status.account_id", "follow.account_id", "follow.target_account_id", "mention.account_id", "favourite.account_id",
        "follow_request.account_id", "follow_request.target_account_id", "notification.from_account_id", "poll_vote.account_id",
        "emoji_reaction.account_id", "dislike.account_id", "status.in_reply_to_account_id", "status.group_account_id",
        "media_attachment.account_id", "poll.account_id", "block.account_id", "block.target_account_id", "mute.account_id",
        "mute.target_account_id", "account_note.target_account_id", "endorsement.account_id", "endorsement.target_account_id",
        "list_account.account_id", "collection.account_id", "collection_item.account_id", "report.account_id", "report.target_account_id",
        "notification_permission.from_account_id", "account.moved_to_id", "account_move.account_id", "account_move.target_account_id",
        "community_action.group_account_id", "preview_card.author_account_id", "suggestion_dismissal.target_account_id",
        "invite.followed_account_id", "outgoing_activity.account_id");

    private static final String UNUSED = TIES.stream().map(tie -> tie.split("\\."))
        .map(tie -> "not exists (select from %s tie where tie.%s = account.id)".formatted(tie[0], tie[1])).collect(Collectors.joining("\n  and "));

    private final Database database;
    private final int days;

    @Inject
    UnusedActors(Database database, DunlinConfiguration configuration) {
        this(database, configuration.federation().unusedActorsDays());
    }

    /** @param days since they were looked at last; 0 = they stay */
    UnusedActors(Database database, int days) {
        this.database = database;
        this.days = days;
    }

    @Override
    public String name() {
        return "unused-actors";
    }

    @Override
    public Duration interval() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        int deleted = 0;
        long after = 0;
        List<Old> window = List.of();
        while (days > 0 && !(window = old(after)).isEmpty()) {
            after = window.getLast().id;
            deleted += delete(window.stream().filter(Old::unused).map(Old::id).toList());
        }
        LOG.debugf("%d unused actors deleted", deleted);
    }

    private record Old(long id, boolean unused) {
    }

    /** The next ones by their ids. Index: account_pkey, and those of {@link #TIES}. */
    private List<Old> old(long after) {
        return database.list("""
            with old as (
              select id from account
              where id > $1 and domain_id is null and user_id is null and fetched_at < now() - make_interval(days => $2)
                and suspended_at is null and silenced_at is null and deleted_at is null
              order by id limit $3)
            select account.id, %s as unused from old account order by account.id""".formatted(UNUSED),
            row -> new Old(row.getLong("id"), row.getBoolean("unused")), after, days, AT_ONCE);
    }

    /**
     * Whatever comes to refer to one waits for the lock and finds it gone: an error, and the job fetches the actor again. So
     * what is asked once more under the lock holds.
     */
    private int delete(List<Long> ids) {
        return ids.isEmpty() ? 0 : database.transaction(() -> {
            Object locked = database.list("""
                select id from account where id = any($1) and fetched_at < now() - make_interval(days => $2) order by id for update skip locked""",
                row -> row.getLong("id"), ids.toArray(Long[]::new), days).toArray(Long[]::new);
            return database.execute("delete from account where id = any($1) and %s".formatted(UNUSED), locked);
        });
    }
}
