package social.dunlin.timeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import social.dunlin.database.Database;
import social.dunlin.status.Visibility;
import social.dunlin.visibility.StatusVisibility;

/** SQL of the materialised home feeds. */
@ApplicationScoped
public class HomeFeedStore {
    /** A day as a distance of snowflake ids. */
    private static final long DAY = 24L * 60 * 60 * 1000 << 16;

    /** Nobody mentioned, not silently, whom the reader has hidden. */
    private static final String MENTIONS_NOBODY_HIDDEN = """
        not exists (
          select from mention join account person on person.id = mention.account_id
          where mention.status_id = coalesce(status.reblog_of_id, status.id) and not mention.silent
            and person.id <> reader.id and %s)
        """.formatted(StatusVisibility.hiddenFrom("person", "reader.id"));

    private final Database database;

    public HomeFeedStore(Database database) {
        this.database = database;
    }

    /**
     * Puts a new post or boost into the feeds of its author (when local) and of the author's local followers: those who
     * may see it, want boosts of this author, read its language, neither block nor mute anybody in it, and follow whom it
     * answers (an answer to oneself or to the reader counts as such). A post boosted by several people, or seen lately
     * itself, comes once within a day. An open post that answers nobody else goes also to those who follow one of its
     * hashtags. Members of a reader's exclusive lists stay away. One statement. Indexes: follow_of_target,
     * tag_follow_of_tag, list_account_of_account, block and mute by their unique keys.
     */
    public void add(long statusId) {
        database.send(ADD, new Long[] {statusId}, DAY);
    }

    /**
     * As {@link #add} for posts, no boosts, of which this is known already: PostgreSQL then leaves out what cannot apply.
     * It sets up each part of a statement anew for every run, needed or not.
     */
    public void addPosts(Collection<Long> statusIds, Visibility visibility, boolean answers, boolean mentions) {
        String sql = ADD_POSTS.replace("status.reblog_of_id is null", "true").replace("status.reblog_of_id", "null::bigint")
            .replace("status.visibility", "'" + visibility.apiName() + "'");
        String known = answers ? sql : sql.replace("status.in_reply_to_id is null and status.in_reply_to_uri is null", "true");
        database.send(mentions ? known : known.replace("mention.status_id = coalesce(", "false and mention.status_id = coalesce("),
            statusIds.toArray(Long[]::new), DAY);
    }

    private static String wanted(String visible) {
        return " (%s and %s and %s and not %s) ".formatted(MENTIONS_NOBODY_HIDDEN, visible, StatusVisibility.wantedBy("reader.id"), keptAway("reader.id", "status.account_id"));
    }

    /** @param followed where posts and followers come from; @param visible whether the reader may see the post, told of these */
    private static String add(String followed, String visible) {
        return """
            insert into home_entry (account_id, status_id, reblog_of_id)
            select status.account_id, status.id, status.reblog_of_id
            from status join account author on author.id = status.account_id and author.domain_id is not null
            where status.id = any((select $1::bigint[])::bigint[])
            union all
            select reader.id, status.id, status.reblog_of_id
            %2$s follow.account_id <> status.account_id
              and (status.reblog_of_id is null
                   or follow.reblogs
                      and not exists (
                        select from home_entry seen
                        where seen.account_id = reader.id and seen.status_id = status.reblog_of_id
                          and seen.status_id > status.id - $2)
                      and not exists (
                        select from status other
                        join home_entry seen on seen.account_id = reader.id and seen.status_id = other.id
                        where other.reblog_of_id = status.reblog_of_id and other.id > status.id - $2 and other.id <> status.id))
              and (coalesce(cardinality(follow.languages), 0) = 0 or status.language is null or status.language = any(follow.languages))
              and (status.in_reply_to_id is null and status.in_reply_to_uri is null
                   or status.in_reply_to_account_id in (status.account_id, reader.id)
                   or exists (select from follow other
                              where other.account_id = reader.id and other.target_account_id = status.in_reply_to_account_id))
              and %1$s
            union all
            select reader.id, status.id, status.reblog_of_id
            from status join account author on author.id = status.account_id
            join status_tag on status_tag.status_id = status.id
            join tag_follow on tag_follow.tag_id = status_tag.tag_id
            join account reader on reader.id = tag_follow.account_id and reader.suspended_at is null
            where status.id = any((select $1::bigint[])::bigint[]) and reader.id <> status.account_id and status.visibility in ('public', 'local')
              and (status.in_reply_to_id is null and status.in_reply_to_uri is null or status.in_reply_to_account_id = status.account_id)
              and (author.silenced_at is null
                   or exists (select from follow where follow.account_id = reader.id and follow.target_account_id = author.id))
              and %3$s
            on conflict do nothing""".formatted(wanted(visible), followed, wanted(StatusVisibility.visibleTo("reader.id")));
    }

    private static final String FOLLOWERS = """
            join follow on follow.target_account_id = status.account_id
            join account reader on reader.id = follow.account_id and reader.domain_id is not null and reader.suspended_at is null""";

    private static final String ADD = add("""
            from status %s
            where status.id = any((select $1::bigint[])::bigint[]) and""".formatted(FOLLOWERS), StatusVisibility.visibleTo("reader.id"));

    /**
     * Posts, which are no boosts, are read once with what the rule asks of their authors, and not again for each reader.
     * "offset 0" keeps the planner from beginning with readers or with all accounts there are.
     */
    private static final String ADD_POSTS = add("""
            from (select status.*, author.suspended_at as author_suspended_at, author.deleted_at as author_deleted_at, author.domain_id as author_domain_id
                  from status join account author on author.id = status.account_id
                  where status.id = any((select $1::bigint[])::bigint[]) offset 0) status %s
            where""".formatted(FOLLOWERS), StatusVisibility.visiblePost("reader.id", "status.author_"));

    /**
     * A condition: the reader has the author in an exclusive list.
     *
     * @param reader SQL expression of an account id, as is {@code author}. Never text from outside.
     */
    public static String keptAway(String reader, String author) {
        return """
            exists (select from list_account k_member join list k_list on k_list.id = k_member.list_id
                    where k_member.account_id = %s and k_list.account_id = %s and k_list.exclusive)
            """.formatted(author, reader);
    }

    /** Keeps the newest entries of every feed. Gives how many were dropped. Index: home_entry_pkey. */
    public int trim(int keep) {
        return database.execute("""
            delete from home_entry using (
              select feed.account_id,
                (select status_id from home_entry kept where kept.account_id = feed.account_id order by status_id desc offset $1::bigint limit 1) as oldest
              from (select distinct account_id from home_entry) feed) feed
            where home_entry.account_id = feed.account_id and home_entry.status_id <= feed.oldest""", keep);
    }
}
