package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;

/** SQL of posts that stand in communities elsewhere and of what their moderators did. */
@ApplicationScoped
class CommunityStore {
    private static final int DEEPEST = 100;

    private final Database database;

    CommunityStore(Database database) {
        this.database = database;
    }

    /** A post that addresses the community and stands in none yet. True when it stands there now and did not before. */
    boolean place(long statusId, long groupId) {
        return database.execute("""
            update status set group_account_id = $2
            where id = $1 and group_account_id is null and reblog_of_id is null
              and exists (select from mention where mention.status_id = $1 and mention.account_id = $2)""", statusId, groupId) > 0;
    }

    boolean displace(long statusId, long groupId) {
        return database.execute("update status set group_account_id = null where id = $1 and group_account_id = $2", statusId, groupId) > 0;
    }

    /** True when the last of an action and its opposite was the action itself. Index: community_action_of_object. */
    boolean stands(long groupId, String objectUri, String action, String opposite) {
        return database.first("""
            select action from community_action
            where object_uri = $2 and group_account_id = $1 and action in ($3, $4)
            order by id desc limit 1""", row -> row.getString("action"), groupId, objectUri, action, opposite).filter(action::equals).isPresent();
    }

    /** Whether answers to a post that stands in the community are wanted no more: to it or to what it answers. Index: community_action_of_object. */
    boolean isLocked(long groupId, long statusId) {
        return database.exists("""
            with recursive above (uri, parent_id, depth) as (
              select uri, in_reply_to_id, 1 from status where id = $2
              union all
              select status.uri, status.in_reply_to_id, above.depth + 1
              from above join status on status.id = above.parent_id where above.depth < %d)
            select from above
            where (select action from community_action
                   where object_uri = above.uri and group_account_id = $1 and action in ('lock', 'unlock')
                   order by id desc limit 1) = 'lock'""".formatted(DEEPEST), groupId, statusId);
    }

    void note(long groupId, String actorUri, String action, String objectUri, String reason) {
        database.execute("""
            insert into community_action (group_account_id, actor_uri, action, object_uri, reason) values ($1, $2, $3, $4, $5)""",
            groupId, actorUri, action, objectUri, reason);
    }

    /** Index: status_pin's unique key. */
    boolean pin(long groupId, long statusId, int maximum) {
        return database.execute("""
            insert into status_pin (account_id, status_id)
            select $1, $2 where (select count(*) from status_pin where account_id = $1) < $3
            on conflict do nothing""", groupId, statusId, maximum) > 0;
    }

    boolean unpin(long groupId, long statusId) {
        return database.execute("delete from status_pin where account_id = $1 and status_id = $2", groupId, statusId) > 0;
    }
}
