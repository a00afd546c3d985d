package social.dunlin.relationship;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.database.Database;

/**
 * SQL of follows, requests, blocks, mutes and the like. Each pair is found by the unique key
 * (account_id, target_account_id). Counters change in the statement that changes the follow.
 */
@ApplicationScoped
public class RelationshipStore {
    private static final int MUTES_AT_ONCE = 500;

    /** After a CTE {@code made} with the new follows: both counters go up. */
    private static final String COUNT_MADE = """
        counted as (
          insert into account_counter (account_id, following_count, followers_count)
          select id, sum(following), sum(followers)
          from (select account_id as id, 1 as following, 0 as followers from made
                union all
                select target_account_id, 0, 1 from made) as change
          group by id
          order by id
          on conflict (account_id) do update set
            following_count = account_counter.following_count + excluded.following_count,
            followers_count = account_counter.followers_count + excluded.followers_count)""";

    /** After a CTE {@code gone} with the removed follows: both counters go down. */
    private static final String COUNT_GONE = """
        counted as (
          update account_counter set
            following_count = greatest(0, following_count - change.following),
            followers_count = greatest(0, followers_count - change.followers)
          from (select id, sum(following)::int as following, sum(followers)::int as followers
                from (select account_id as id, 1 as following, 0 as followers from gone
                      union all
                      select target_account_id, 0, 1 from gone) as each
                group by id) as change
          where account_counter.account_id = change.id)""";

    private final Database database;

    public RelationshipStore(Database database) {
        this.database = database;
    }

    /** A follow, request, block or mute that ended or was decided; {@code uri} is the activity's id, or null. */
    record Ended(long accountId, long targetId, String uri) {
        private static Ended map(Row row) {
            return new Ended(row.getLong("account_id"), row.getLong("target_account_id"), row.getString("uri"));
        }
    }

    // ------------------------------------------------------------ all at once

    List<Relationship> relationships(long viewerId, Collection<Long> ids, boolean withSuspended) {
        return database.list("""
            select target.id,
              follow.id is not null as following,
              coalesce(follow.reblogs, request.reblogs, false) as showing_reblogs,
              coalesce(follow.notify, request.notify, false) as notifying,
              case when follow.id is not null then follow.languages else request.languages end as languages,
              follower.id is not null as followed_by,
              block.id is not null as blocking,
              blocker.id is not null as blocked_by,
              mute.id is not null as muting,
              coalesce(mute.hide_notifications, false) as muting_notifications,
              mute.expires_at as muting_expires_at,
              request.id is not null as requested,
              requester.id is not null as requested_by,
              domain_block.id is not null as domain_blocking,
              endorsement.id is not null as endorsed,
              coalesce(account_note.comment, '') as note
            from account target
            left join follow on follow.account_id = $1 and follow.target_account_id = target.id
            left join follow follower on follower.account_id = target.id and follower.target_account_id = $1
            left join follow_request request on request.account_id = $1 and request.target_account_id = target.id
            left join follow_request requester on requester.account_id = target.id and requester.target_account_id = $1
            left join block on block.account_id = $1 and block.target_account_id = target.id
            left join block blocker on blocker.account_id = target.id and blocker.target_account_id = $1
            left join mute on mute.account_id = $1 and mute.target_account_id = target.id
              and (mute.expires_at is null or mute.expires_at > now())
            left join account_domain_block domain_block
              on domain_block.account_id = $1 and domain_block.host = target.host and target.domain_id is null
            left join endorsement on endorsement.account_id = $1 and endorsement.target_account_id = target.id
            left join account_note on account_note.account_id = $1 and account_note.target_account_id = target.id
            where target.id = any((select $2::bigint[])::bigint[]) and target.deleted_at is null and ($3 or target.suspended_at is null)
            order by array_position($2, target.id)""", RelationshipStore::relationship,
            viewerId, ids.stream().distinct().toArray(Long[]::new), withSuspended);
    }

    private static Relationship relationship(Row row) {
        String[] languages = row.getArrayOfStrings("languages");
        return new Relationship(row.getLong("id"), row.getBoolean("following"), row.getBoolean("showing_reblogs"),
            row.getBoolean("notifying"), languages == null ? null : List.of(languages), row.getBoolean("followed_by"),
            row.getBoolean("blocking"), row.getBoolean("blocked_by"), row.getBoolean("muting"), row.getBoolean("muting_notifications"),
            instant(row, "muting_expires_at"), row.getBoolean("requested"), row.getBoolean("requested_by"),
            row.getBoolean("domain_blocking"), row.getBoolean("endorsed"), row.getString("note"));
    }

    // ------------------------------------------------------------ follows and requests

    boolean follows(long accountId, long targetId) {
        return database.exists("select from follow where account_id = $1 and target_account_id = $2", accountId, targetId);
    }

    /** A block either way, or a domain block of either side against the other's server. */
    boolean isFollowForbidden(long accountId, long targetId) {
        return database.exists("""
            select from block
            where (account_id = $1 and target_account_id = $2) or (account_id = $2 and target_account_id = $1)
            union all
            select from account_domain_block
            join account other on other.host = account_domain_block.host and other.domain_id is null
            where (account_domain_block.account_id = $1 and other.id = $2) or (account_domain_block.account_id = $2 and other.id = $1)""",
            accountId, targetId);
    }

    /** Changes the wishes of a follow or request; false when there is neither. */
    boolean changeFollow(long accountId, long targetId, FollowOptions options) {
        return database.exists("""
            with wish (reblogs, notify, languages) as (values ($3::boolean, $4::boolean, $5::text[])),
            followed as (
              update follow set
                reblogs = coalesce(wish.reblogs, follow.reblogs),
                notify = coalesce(wish.notify, follow.notify),
                languages = case when wish.languages is null then follow.languages else nullif(wish.languages, '{}') end
              from wish
              where account_id = $1 and target_account_id = $2
              returning 1),
            requested as (
              update follow_request set
                reblogs = coalesce(wish.reblogs, follow_request.reblogs),
                notify = coalesce(wish.notify, follow_request.notify),
                languages = case when wish.languages is null then follow_request.languages else nullif(wish.languages, '{}') end
              from wish
              where account_id = $1 and target_account_id = $2
              returning 1)
            select from followed union all select from requested""",
            accountId, targetId, options.reblogs(), options.bell(), languages(options));
    }

    /** True when it was not there before. */
    boolean addFollow(long accountId, long targetId, String uri, FollowOptions options) {
        return database.exists("""
            with made as (
              insert into follow (account_id, target_account_id, uri, reblogs, notify, languages)
              values ($1, $2, $3, coalesce($4::boolean, true), coalesce($5::boolean, false), nullif($6::text[], '{}'))
              on conflict do nothing
              returning account_id, target_account_id),
            %s
            select from made""".formatted(COUNT_MADE),
            accountId, targetId, uri, options.reblogs(), options.bell(), languages(options));
    }

    /** Asking again keeps the row and takes the new id. */
    void addRequest(long accountId, long targetId, String uri, FollowOptions options) {
        database.execute("""
            insert into follow_request (account_id, target_account_id, uri, reblogs, notify, languages)
            values ($1, $2, $3, coalesce($4::boolean, true), coalesce($5::boolean, false), nullif($6::text[], '{}'))
            on conflict (account_id, target_account_id) do update set uri = coalesce(excluded.uri, follow_request.uri)""",
            accountId, targetId, uri, options.reblogs(), options.bell(), languages(options));
    }

    private static String[] languages(FollowOptions options) {
        return options.languages() == null ? null : options.languages().toArray(String[]::new);
    }

    /** Gives a follow that stands a new activity id; false when there is none. */
    boolean renameFollow(long accountId, long targetId, String uri) {
        return database.execute("""
            update follow set uri = coalesce($3::text, uri) where account_id = $1 and target_account_id = $2""",
            accountId, targetId, uri) > 0;
    }

    /** Index: follow_uri, follow_request_uri. */
    OptionalLong followerByUri(String uri, long targetId) {
        return database.first("""
            select account_id from follow where uri = $1 and target_account_id = $2
            union all
            select account_id from follow_request where uri = $1 and target_account_id = $2""",
            row -> row.getLong("account_id"), uri, targetId).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    boolean hasFollowUnderAnotherId(long accountId, long targetId, String uri) {
        return database.exists("""
            select from follow where account_id = $1 and target_account_id = $2 and uri <> $3
            union all
            select from follow_request where account_id = $1 and target_account_id = $2 and uri <> $3""", accountId, targetId, uri);
    }

    /** The request becomes a follow; empty when none was waiting. */
    Optional<Ended> acceptRequest(long accountId, long targetId) {
        return accept("account_id = $1 and target_account_id = $2", accountId, targetId).stream().findFirst();
    }

    /** Index: follow_request_of_target. */
    List<Ended> acceptAllRequests(long targetId) {
        return accept("target_account_id = $1", targetId);
    }

    private List<Ended> accept(String which, Object... parameters) {
        return database.list("""
            with request as (delete from follow_request where %s returning *),
            made as (
              insert into follow (account_id, target_account_id, uri, reblogs, notify, languages)
              select account_id, target_account_id, uri, reblogs, notify, languages from request
              on conflict do nothing
              returning account_id, target_account_id),
            %s
            select account_id, target_account_id, uri from request""".formatted(which, COUNT_MADE), Ended::map, parameters);
    }

    Optional<Ended> removeRequest(long accountId, long targetId) {
        return database.first("""
            delete from follow_request where account_id = $1 and target_account_id = $2
            returning account_id, target_account_id, uri""", Ended::map, accountId, targetId);
    }

    /** Removes the follow and the request for one, and the target from the follower's lists; empty when there was neither. */
    List<Ended> endFollow(long accountId, long targetId) {
        return endFollows("account_id = $1 and target_account_id = $2", accountId, targetId);
    }

    /** Everything between an account and a server, both ways. Index: follow_by_account, follow_of_target. */
    List<Ended> endFollowsWithHost(long accountId, String host) {
        String there = "(select id from account where host = $2 and domain_id is null)";
        return endFollows("(account_id = $1 and target_account_id in " + there + ") or (target_account_id = $1 and account_id in " + there + ")",
            accountId, host);
    }

    /** Everything between people here and a server with those below it. */
    List<Ended> endFollowsWithServer(String name) {
        return endFollows("account_id in %1$s or target_account_id in %1$s".formatted(Severances.AT_HOME.replace("$3", "$1")), name);
    }

    /** All of an account's, both ways. Index: follow_by_account, follow_of_target. */
    List<Ended> endFollowsWith(long accountId) {
        return endFollows("account_id = $1 or target_account_id = $1", accountId);
    }

    private List<Ended> endFollows(String which, Object... parameters) {
        return database.list("""
            with gone as (delete from follow where %1$s returning account_id, target_account_id, uri),
            unanswered as (delete from follow_request where %1$s returning account_id, target_account_id, uri),
            unlisted as (
              delete from list_account using list, (select * from gone union all select * from unanswered) ended
              where list_account.list_id = list.id and list.account_id = ended.account_id and list_account.account_id = ended.target_account_id),
            %2$s
            select * from gone union all select * from unanswered""".formatted(which, COUNT_GONE), Ended::map, parameters);
    }

    // ------------------------------------------------------------ blocks and mutes

    /** True when it was not there before. A block sent again takes the new id. */
    boolean addBlock(long accountId, long targetId, String uri) {
        return database.first("""
            insert into block (account_id, target_account_id, uri) values ($1, $2, $3)
            on conflict (account_id, target_account_id) do update set uri = coalesce(excluded.uri, block.uri)
            returning xmax = 0 as added""", row -> row.getBoolean("added"), accountId, targetId, uri).orElseThrow();
    }

    Optional<Ended> endBlock(long accountId, long targetId) {
        return database.first("delete from block where account_id = $1 and target_account_id = $2 returning account_id, target_account_id, uri",
            Ended::map, accountId, targetId);
    }

    void putMute(long accountId, long targetId, boolean hideNotifications, Instant expiresAt) {
        database.execute("""
            insert into mute (account_id, target_account_id, hide_notifications, expires_at) values ($1, $2, $3, $4)
            on conflict (account_id, target_account_id) do update set
              hide_notifications = excluded.hide_notifications, expires_at = excluded.expires_at""",
            accountId, targetId, hideNotifications, expiresAt);
    }

    boolean removeMute(long accountId, long targetId) {
        return database.execute("delete from mute where account_id = $1 and target_account_id = $2", accountId, targetId) > 0;
    }

    /** Index: mute_expiry. */
    List<Ended> removeExpiredMutes() {
        return database.list("""
            delete from mute where id in (
              select id from mute where expires_at <= now() order by expires_at limit %d for update skip locked)
            returning account_id, target_account_id, null::text as uri""".formatted(MUTES_AT_ONCE), Ended::map);
    }

    // ------------------------------------------------------------ notes, endorsements, domains

    void putNote(long accountId, long targetId, String comment) {
        if (comment.isBlank()) {
            database.execute("delete from account_note where account_id = $1 and target_account_id = $2", accountId, targetId);
        } else {
            database.execute("""
                insert into account_note (account_id, target_account_id, comment) values ($1, $2, $3)
                on conflict (account_id, target_account_id) do update set comment = excluded.comment""", accountId, targetId, comment);
        }
    }

    void addEndorsement(long accountId, long targetId) {
        database.execute("insert into endorsement (account_id, target_account_id) values ($1, $2) on conflict do nothing", accountId, targetId);
    }

    void removeEndorsement(long accountId, long targetId) {
        database.execute("delete from endorsement where account_id = $1 and target_account_id = $2", accountId, targetId);
    }

    /** Both ways. */
    void removeEndorsements(long accountId, long targetId) {
        database.execute("""
            delete from endorsement
            where (account_id = $1 and target_account_id = $2) or (account_id = $2 and target_account_id = $1)""", accountId, targetId);
    }

    /** True when it was not there before. */
    boolean addDomainBlock(long accountId, String host) {
        return database.execute("insert into account_domain_block (account_id, host) values ($1, $2) on conflict do nothing", accountId, host) > 0;
    }

    /** How many of a server's people the account follows, and how many follow it. Index: account_by_host. */
    DomainBlockPreview previewDomainBlock(long accountId, String host) {
        return database.first("""
            select
              (select count(*)::int from follow join account on account.id = follow.target_account_id
               where follow.account_id = $1 and account.host = $2 and account.domain_id is null) as following,
              (select count(*)::int from follow join account on account.id = follow.account_id
               where follow.target_account_id = $1 and account.host = $2 and account.domain_id is null) as followers""",
            row -> new DomainBlockPreview(row.getInteger("following"), row.getInteger("followers")), accountId, host).orElseThrow();
    }

    void removeDomainBlock(long accountId, String host) {
        database.execute("delete from account_domain_block where account_id = $1 and host = $2", accountId, host);
    }
}
