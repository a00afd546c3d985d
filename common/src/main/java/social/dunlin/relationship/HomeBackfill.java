package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.relationship.RelationshipStore.Ended;
import social.dunlin.timeline.HomeFeedStore;
import social.dunlin.visibility.StatusVisibility;

/**
 * Brings the home feed of local people into line when a relationship begins or ends, so that a new follow
 * is seen at once and an ended one leaves nothing behind.
 */
@ApplicationScoped
public class HomeBackfill {
    /** Newest posts brought in by a new follow. */
    private static final int POSTS = 40;

    private final Database database;

    public HomeBackfill(Database database) {
        this.database = database;
    }

    /** As {@link #fill} for several targets; those kept away by an exclusive list stay away. */
    public void fillFrom(long followerId, List<Long> targetIds) {
        fillAll(targetIds.stream().map(target -> new Ended(followerId, target, null)).toList());
    }

    /** Adds the target's newest posts that the follower may and wants to see; nothing without a follow. */
    void fill(long followerId, long targetId) {
        fillAll(List.of(new Ended(followerId, targetId, null)));
    }

    /** The same for many pairs in one statement. Index: status_by_account. */
    void fillAll(List<Ended> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        database.execute("""
            insert into home_entry (account_id, status_id, reblog_of_id)
            select pair.account_id, post.id, post.reblog_of_id
            from unnest($1::bigint[], $2::bigint[]) as pair (account_id, target_id)
            join account reader on reader.id = pair.account_id and reader.domain_id is not null
            join follow on follow.account_id = pair.account_id and follow.target_account_id = pair.target_id
            cross join lateral (
              select status.id, status.reblog_of_id
              from status
              where status.account_id = pair.target_id
                and status.visibility <> 'direct'
                and (status.reblog_of_id is null
                     or follow.reblogs and not exists (
                       select from home_entry seen
                       where seen.account_id = pair.account_id and seen.status_id = status.reblog_of_id))
                and (follow.languages is null or status.language is null or status.language = any(follow.languages))
                and (status.in_reply_to_id is null and status.in_reply_to_uri is null
                     or status.in_reply_to_account_id in (pair.target_id, pair.account_id)
                     or exists (
                       select from follow other
                       where other.account_id = pair.account_id and other.target_account_id = status.in_reply_to_account_id))
                and %s and %s
              order by status.id desc
              limit %d) as post
            where not %s
            on conflict do nothing""".formatted(
                StatusVisibility.visibleTo("pair.account_id"), StatusVisibility.wantedBy("pair.account_id"), POSTS,
                HomeFeedStore.keptAway("pair.account_id", "pair.target_id")),
            pairs.stream().map(Ended::accountId).toArray(Long[]::new), pairs.stream().map(Ended::targetId).toArray(Long[]::new));
    }

    /** Removes what the target posted or boosted. Index: home_entry_pkey, status_by_account. */
    void remove(long followerId, long targetId) {
        removeAll(followerId, List.of(targetId));
    }

    /** Removes what the targets posted or boosted. Index: home_entry_pkey. */
    public void removeAll(long followerId, List<Long> targetIds) {
        if (!targetIds.isEmpty()) {
            database.execute("""
                delete from home_entry using status
                where home_entry.account_id = $1 and status.id = home_entry.status_id and status.account_id = any($2)""",
                followerId, targetIds.toArray(Long[]::new));
        }
    }

    /** Removes what the target posted or boosted, and others' boosts of the target. Index: home_entry_pkey. */
    void removeAllTraces(long accountId, long targetId) {
        database.execute("""
            delete from home_entry using status
            left join status original on original.id = status.reblog_of_id
            where home_entry.account_id = $1 and status.id = home_entry.status_id
              and (status.account_id = $2 or original.account_id = $2)""",
            accountId, targetId);
    }

    /** Removes what somebody posted or boosted from every feed. Indexes: status_by_account, home_entry_of_status. */
    void removeEverywhere(long targetId) {
        database.execute("""
            delete from home_entry using status
            where status.id = home_entry.status_id and status.account_id = $1""", targetId);
    }

    /** Removes what people of a server posted, and boosts of it. Index: home_entry_pkey. */
    void removeHost(long accountId, String host) {
        database.execute("""
            delete from home_entry using status
            left join status original on original.id = status.reblog_of_id
            join account author on author.id in (status.account_id, original.account_id)
            where home_entry.account_id = $1 and status.id = home_entry.status_id
              and author.host = $2 and author.domain_id is null""",
            accountId, host);
    }
}
