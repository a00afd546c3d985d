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

    private static final String WANTED = " (%s and %s and %s and not %s) ".formatted(MENTIONS_NOBODY_HIDDEN,
        StatusVisibility.visibleTo("reader.id"), StatusVisibility.wantedBy("reader.id"), keptAway("reader.id", "status.account_id"));

    /** The same of posts, no boosts, that are joined with their authors. */
    private static final String WANTED_POST = " (%s and %s and %s and not %s) ".formatted(MENTIONS_NOBODY_HIDDEN,
        StatusVisibility.postVisibleTo("status", "author", "reader.id"), StatusVisibility.postWantedBy("author", "reader.id"),
        keptAway("reader.id", "status.account_id"));

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

    private static final String ADD_ALL = """
            insert into home_entry (account_id, status_id, reblog_of_id)
            %4$s
            select status.account_id, status.id, status.reblog_of_id
            from status join %3$s on author.id = status.account_id and author.domain_id is not null
            where status.id = any((select $1::bigint[])::bigint[])
            union all
            select reader.id, status.id, status.reblog_of_id
            from status %2$s
            join follow on follow.target_account_id = status.account_id
            join account reader on reader.id = follow.account_id and reader.domain_id is not null and reader.suspended_at is null
            where status.id = any((select $1::bigint[])::bigint[]) and follow.account_id <> status.account_id
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
            from status join %3$s on author.id = status.account_id
            join status_tag on status_tag.status_id = status.id
            join tag_follow on tag_follow.tag_id = status_tag.tag_id
            join account reader on reader.id = tag_follow.account_id and reader.suspended_at is null
            where status.id = any((select $1::bigint[])::bigint[]) and reader.id <> status.account_id and status.visibility in ('public', 'local')
              and (status.in_reply_to_id is null and status.in_reply_to_uri is null or status.in_reply_to_account_id = status.account_id)
              and (author.silenced_at is null
                   or exists (select from follow where follow.account_id = reader.id and follow.target_account_id = author.id))
              and %1$s
            on conflict do nothing""";
    private static final String ADD = ADD_ALL.formatted(WANTED, "", "account author", "");

    /**
     * Posts and authors stand for themselves, in front: joined to the others in any order the planner liked, all who follow
     * anybody came first once it took local people for few.
     */
    private static final String ADD_POSTS = ADD_ALL.formatted(WANTED_POST, "join author on author.id = status.account_id", "author", """
            with status as materialized (
              select post.id, post.account_id, post.reblog_of_id, post.visibility, post.language, post.expires_at,
                post.in_reply_to_id, post.in_reply_to_uri, post.in_reply_to_account_id
              from status post where post.id = any((select $1::bigint[])::bigint[])
            ), author as materialized (
              select account.id, account.domain_id, account.host, account.suspended_at, account.deleted_at, account.silenced_at
              from account where account.id = any(array(select account_id from status))
            )
            """);

    /**
     * The same for posts of ours that another part of the same statement writes, as a further part: they name nobody, answer
     * nobody and have no end, and their authors are neither limited nor gone. {@link
     * social.dunlin.status.Visibility#DIRECT} is not among it. PlainFeedsTest holds it to the readers of {@link #add}. Each
     * follower is looked up by the key: joined, a plan was seen that read all local people for each of them. Without hashtags
     * nobody comes twice. Indexes: as for {@link #add}.
     *
     * @param posts  name of the part; it gives {@code id}, {@code author_id}, {@code is_hidden}, {@code visibility}, {@code
     *               language}, null when there is none, and {@code domain_id} where readers have to live, null when it does not
     *               matter
     * @param hidden whether {@code is_hidden} may be true: anybody has hidden the author, is hidden by them, or keeps them in a list
     * @param tagged SQL of two arrays, posts and the names of their hashtags, of whose followers they go to some, too; null without
     */
    public static String addPlain(String posts, boolean hidden, String tagged) {
        String readers = ADD_PLAIN + (tagged == null ? "" : ADD_PLAIN_TAGGED.replace("TAGGED", tagged) + " on conflict do nothing");
        return readers.replace("WANTED", hidden ? PLAIN_WANTED + NOT_HIDDEN : PLAIN_WANTED).replace("POSTS", posts);
    }

    private static final String PLAIN_WANTED = "(post.domain_id is null or reader.domain_id = post.domain_id)";
    private static final String NOT_HIDDEN = """
         and (not post.is_hidden
              or not exists (select from block where block.account_id = post.author_id and block.target_account_id = reader.id)
                 and not exists (select from block where block.account_id = reader.id and block.target_account_id = post.author_id)
                 and not exists (select from mute where mute.account_id = reader.id and mute.target_account_id = post.author_id
                                 and (mute.expires_at is null or mute.expires_at > now()))
                 and not %s)
        """.formatted(keptAway("reader.id", "post.author_id"));
    private static final String ADD_PLAIN = """
        insert into home_entry (account_id, status_id)
        select post.author_id, post.id from POSTS post
        union all
        select follow.account_id, post.id
        from POSTS post join follow on follow.target_account_id = post.author_id
        where follow.account_id <> post.author_id
          and (coalesce(cardinality(follow.languages), 0) = 0 or post.language is null or post.language = any(follow.languages))
          and (select reader.domain_id is not null and reader.suspended_at is null and WANTED from account reader where reader.id = follow.account_id)""";
    private static final String ADD_PLAIN_TAGGED = """

        union all
        select reader.id, post.id
        from POSTS post join unnest(TAGGED) as tied (id, name) on tied.id = post.id
        join tag_follow on tag_follow.tag_id = (select tag.id from tag where tag.name = tied.name)
        join account reader on reader.id = tag_follow.account_id and reader.suspended_at is null
        where post.visibility in ('public', 'local') and reader.id <> post.author_id and WANTED""";

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
