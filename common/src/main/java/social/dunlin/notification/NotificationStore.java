package social.dunlin.notification;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.visibility.StatusVisibility;

/** SQL of notifications. */
@ApplicationScoped
public class NotificationStore {
    private static final int MOST_OF_GROUPS = 1_000;
    /** So many for each group of a page are looked at first: most groups are small, and each row is asked whether it may be told. */
    private static final int FEW_OF_A_GROUP = 4;
    private static final String SUBJECT = """
        coalesce(notification.report_id, notification.collection_id, notification.severance_id, notification.warning_id) as subject_id""";
    private static final String COLUMNS = """
        notification.id, notification.account_id, notification.type, notification.from_account_id, notification.status_id, SUBJECT,
        coalesce(notification.group_key, 'ungrouped-' || notification.id) as group_key, notification.filtered, notification.created_at
        """.replace("SUBJECT", SUBJECT);

    /** What is still true: not from somebody suspended, not about a post the reader may no longer see. */
    static final String TOLD = """
        (exists (select from account sender where sender.id = notification.from_account_id
                     and sender.suspended_at is null and sender.deleted_at is null)
         and (notification.status_id is null
              or exists (select from status where status.id = notification.status_id and %s)))
        """.formatted(StatusVisibility.visibleTo("notification.account_id"));

    /** What a listing shows: not set aside. */
    private static final String SHOWN = " (not notification.filtered and " + TOLD + ") ";

    /** How the receiver's policy treats it: 1 accept, 2 filter, 3 drop. What one has asked for oneself is always told. */
    private static final String VERDICT = """
        case
          when $2 in ('poll', 'update', 'quoted_update', 'admin.sign_up', 'admin.report') or sender.id = receiver.id
            or exists (select from notification_permission permission
                       where permission.account_id = receiver.id and permission.from_account_id = sender.id) then 1
          else greatest(
            case when not knows.follows then RANK(for_not_following, accept) end,
            case when not exists (select from follow where follow.account_id = sender.id and follow.target_account_id = receiver.id
                                  and follow.created_at < now() - interval '3 days') then RANK(for_not_followers, accept) end,
            case when not knows.follows and sender.created_at > now() - interval '30 days' then RANK(for_new_accounts, accept) end,
            case when not knows.follows and $2 = 'mention' and status.visibility = 'direct'
                   and not exists (select from status mine join mention on mention.status_id = mine.id and mention.account_id = sender.id
                                   where mine.conversation_id = status.conversation_id and mine.account_id = receiver.id)
                 then RANK(for_private_mentions, filter) end,
            case when not knows.follows and sender.silenced_at is not null then RANK(for_limited_accounts, filter) end,
            case when not knows.follows and sender.actor_type in ('Service', 'Application') then RANK(for_bots, accept) end,
            1)
        end""".replaceAll("RANK\\((\\w+), (\\w+)\\)", "array_position(array['accept', 'filter', 'drop'], coalesce(policy.$1, '$2'))");

    private static final String OF_GROUP = """
        (notification.group_key = $2
         or notification.group_key is null and $2 like 'ungrouped-%' and notification.id = substring($2 from '[0-9]{1,18}$')::bigint)
        """;

    private final Database database;

    public NotificationStore(Database database) {
        this.database = database;
    }

    record Created(long id, long accountId, boolean filtered) {
    }

    /**
     * One statement for all receivers. Left out: remote ones, the actor, whoever blocks or mutes the actor (a mute may
     * spare notifications) or blocks its host, whoever has muted the thread or may not see the post, and whose policy
     * drops it; a policy may also set it aside. What moderators are told as such no block of their own keeps from them. Things of one kind about one post, and follows, share a group key
     * whose hour bucket lasts twelve hours (behaviours §16).
     */
    List<Created> create(NotificationType type, Collection<Telling> tellings) {
        List<Telling> distinct = tellings.stream().distinct().toList();
        return database.list("""
            insert into notification (account_id, type, from_account_id, status_id, filtered, group_key, report_id, collection_id, severance_id, warning_id)
            select receiver.id, $2::text, sender.id, status.id, judged.verdict = 2,
              case when $2 in ('favourite', 'reblog', 'follow', 'admin.sign_up') then coalesce(
                (select earlier.group_key
                 from (select * from notification where notification.account_id = receiver.id order by notification.id desc limit 200) earlier
                 where earlier.type = $2 and earlier.status_id is not distinct from status.id
                   and substring(earlier.group_key from '[0-9]+$')::bigint > extract(epoch from now())::bigint / 3600 - 12
                 order by earlier.id desc limit 1),
                $2 || coalesce('-' || status.id, '') || '-' || extract(epoch from now())::bigint / 3600)
              end,
              case when $2 = 'admin.report' then wanted.subject_id end,
              case when $2 in ('added_to_collection', 'collection_update') then wanted.subject_id end,
              case when $2 = 'severed_relationships' then wanted.subject_id end,
              case when $2 = 'moderation_warning' then wanted.subject_id end
            from unnest($1::bigint[], $4::bigint[], $3::bigint[], $5::bigint[]) with ordinality as wanted (id, status_id, sender_id, subject_id, place)
            join account receiver on receiver.id = wanted.id and receiver.domain_id is not null and receiver.suspended_at is null
            join account sender on sender.id = wanted.sender_id and sender.suspended_at is null and sender.deleted_at is null
            left join status on status.id = wanted.status_id
            left join notification_policy policy on policy.account_id = receiver.id
            cross join lateral (
              select exists (select from follow where follow.account_id = receiver.id and follow.target_account_id = sender.id) as follows) knows
            cross join lateral (select %s as verdict) judged
            where judged.verdict < 3 and (wanted.status_id is null or status.id is not null and %s)
              and (receiver.id = sender.id and $2 in ('poll', 'severed_relationships', 'moderation_warning')
                   or receiver.id <> sender.id and $2 like 'admin.%%'
                   or receiver.id <> sender.id
                      and not exists (select from block where block.account_id = receiver.id and block.target_account_id = sender.id)
                      and not exists (select from mute where mute.account_id = receiver.id and mute.target_account_id = sender.id
                                      and mute.hide_notifications and (mute.expires_at is null or mute.expires_at > now()))
                      and not exists (select from account_domain_block
                                      where account_domain_block.account_id = receiver.id and sender.domain_id is null
                                        and account_domain_block.host = sender.host))
              and not exists (select from conversation_mute
                              where conversation_mute.account_id = receiver.id and conversation_mute.conversation_id = status.conversation_id)
            order by wanted.place
            on conflict do nothing
            returning id, account_id, filtered""".formatted(VERDICT, StatusVisibility.visibleTo("receiver.id")),
            row -> new Created(row.getLong("id"), row.getLong("account_id"), row.getBoolean("filtered")),
            distinct.stream().map(Telling::accountId).toArray(Long[]::new), type.apiName(),
            distinct.stream().map(Telling::fromAccountId).toArray(Long[]::new), distinct.stream().map(Telling::statusId).toArray(Long[]::new),
            distinct.stream().map(Telling::subjectId).toArray(Long[]::new));
    }

    void remove(NotificationType type, long receiver, long fromAccountId, Long statusId) {
        database.execute("""
            delete from notification
            where account_id = $1 and type = $2 and from_account_id = $3 and status_id is not distinct from $4""",
            receiver, type.apiName(), fromAccountId, statusId);
    }

    /** Those about a post, whoever they came from: the next one takes their place. Index: notification_of_status. */
    void forget(NotificationType type, Collection<Telling> receivers) {
        database.execute("""
            delete from notification using unnest($1::bigint[], $2::bigint[]) as told (account_id, status_id)
            where notification.status_id = told.status_id and notification.account_id = told.account_id and notification.type = $3""",
            receivers.stream().map(Telling::accountId).toArray(Long[]::new), receivers.stream().map(Telling::statusId).toArray(Long[]::new), type.apiName());
    }

    /** Index: notification_by_account. */
    List<Notification> list(long accountId, Page page, Collection<NotificationType> types, Long fromAccountId, boolean filteredToo) {
        List<Notification> found = database.list("""
            select %s from notification
            where notification.account_id = $1 and notification.id < $2 and notification.id > $3
              and notification.type = any($4) and ($5::bigint is null or notification.from_account_id = $5) and %s
            order by notification.id %s limit %d""".formatted(COLUMNS, shown(filteredToo), page.direction(), page.limit()), NotificationStore::map,
            accountId, page.before(), page.after(), names(types), fromAccountId);
        return page.ascending() ? found.reversed() : found;
    }

    Optional<Notification> byId(long accountId, long id) {
        return database.first("select %s from notification where notification.id = $2 and notification.account_id = $1 and %s"
            .formatted(COLUMNS, TOLD), NotificationStore::map, accountId, id);
    }

    /** What a collection told somebody, to be told anew or no more. Index: notification_of_collection. */
    void forgetCollection(NotificationType type, long collectionId, Collection<Long> receivers) {
        database.execute("delete from notification where collection_id = $1 and type = $2 and account_id = any($3)", collectionId, type.apiName(),
            receivers.toArray(Long[]::new));
    }

    void dismiss(long accountId, long id) {
        database.execute("delete from notification where account_id = $1 and id = $2", accountId, id);
    }

    void clear(long accountId) {
        database.execute("delete from notification where account_id = $1", accountId);
    }

    /** Newer than the marker, counted up to the limit. Index: notification_by_account. */
    int unread(long accountId, int limit, Collection<NotificationType> types) {
        return database.first("""
            select count(*)::int as unread from (
              select from notification
              where notification.account_id = $1
                and notification.id > coalesce((select last_read_id from marker where account_id = $1 and timeline = 'notifications'), 0)
                and notification.type = any($3) and %s
              order by notification.id desc limit $2) newer""".formatted(SHOWN), row -> row.getInteger("unread"),
            accountId, limit, names(types)).orElseThrow();
    }

    /**
     * Groups by the newest member, within a thousand notifications. A page covers the ids from the newest member of its
     * last group upward; older members of its groups come again with later pages (behaviours §16). What is counted is
     * the whole group up to the top of the page. Indexes: notification_by_account, notification_by_group.
     */
    List<NotificationGroup> groups(long accountId, Page page, Collection<NotificationType> types, Long fromAccountId,
                                   Collection<NotificationType> grouped, boolean filteredToo) {
        // Forwards a group stands where its newest member within the window is, so that the window must not be smaller.
        if (!page.ascending()) {
            int few = FEW_OF_A_GROUP * page.limit();
            List<Scanned> found = groups(accountId, page, types, fromAccountId, grouped, filteredToo, few);
            if (found.size() >= page.limit() || found.isEmpty() || found.getFirst().scanned < few) {
                return found.stream().map(Scanned::group).toList();
            }
        }
        return groups(accountId, page, types, fromAccountId, grouped, filteredToo, MOST_OF_GROUPS).stream().map(Scanned::group).toList();
    }

    /** @param scanned how many notifications were there to be put into groups, up to the window */
    private record Scanned(NotificationGroup group, int scanned) {
    }

    private List<Scanned> groups(long accountId, Page page, Collection<NotificationType> types, Long fromAccountId,
                                 Collection<NotificationType> grouped, boolean filteredToo, int window) {
        return database.list("""
            with scanned as (
              select notification.id, notification.type, notification.from_account_id, notification.status_id, notification.created_at, %5$s,
                case when notification.type = any($6) then coalesce(notification.group_key, 'ungrouped-' || notification.id)
                     else 'ungrouped-' || notification.id end as group_key
              from notification
              where notification.account_id = $1 and notification.id < $2 and notification.id > $3
                and notification.type = any($4) and ($5::bigint is null or notification.from_account_id = $5) and %1$s
              order by notification.id %2$s limit %6$d),
            page as (
              select group_key, max(id) as newest from scanned
              group by group_key order by max(id) %2$s limit %4$d)
            select page.group_key, page.newest, latest.type, latest.status_id, latest.subject_id, latest.created_at,
              (select min(covered.id) from scanned covered
               where covered.group_key = page.group_key and covered.id >= (select min(newest) from page)) as oldest,
              (select count(*)::int from scanned) as scanned,
              coalesce(nullif(whole.members, 0), 1) as members, coalesce(whole.senders, array[latest.from_account_id]) as senders
            from page
            join scanned latest on latest.id = page.newest
            cross join lateral (
              select count(*)::int as members, (array_agg(member.from_account_id order by member.id desc))[1:8] as senders
              from notification member
              where member.account_id = $1 and member.group_key = page.group_key and %3$s
                and member.id <= (select max(newest) from page)) whole
            order by page.newest desc""".formatted(shown(filteredToo), page.direction(), filteredToo ? "true" : "not member.filtered", page.limit(), SUBJECT, window),
            row -> new Scanned(mapGroup(row), row.getInteger("scanned")), accountId, page.before(), page.after(), names(types), fromAccountId, names(grouped));
    }

    /** One group as a whole; empty when the account has none of this key. */
    Optional<NotificationGroup> group(long accountId, String groupKey) {
        return database.first("""
            select $2::text as group_key, max(notification.id) as newest, min(notification.id) as oldest, max(notification.type) as type,
              max(notification.status_id) as status_id,
              max(coalesce(notification.report_id, notification.collection_id, notification.severance_id, notification.warning_id)) as subject_id,
              max(notification.created_at) as created_at, count(*)::int as members,
              (array_agg(notification.from_account_id order by notification.id desc))[1:8] as senders
            from notification
            where notification.account_id = $1 and %s and %s
            having count(*) > 0""".formatted(OF_GROUP, SHOWN), NotificationStore::mapGroup, accountId, groupKey);
    }

    /** Who is in a group, newest first. */
    List<Long> senders(long accountId, String groupKey) {
        return database.list("""
            select notification.from_account_id from notification
            where notification.account_id = $1 and %s and %s order by notification.id desc""".formatted(OF_GROUP, SHOWN),
            row -> row.getLong("from_account_id"), accountId, groupKey);
    }

    void dismissGroup(long accountId, String groupKey) {
        database.execute("delete from notification where notification.account_id = $1 and " + OF_GROUP, accountId, groupKey);
    }

    private static String shown(boolean filteredToo) {
        return filteredToo ? TOLD : SHOWN;
    }

    private static String[] names(Collection<NotificationType> types) {
        return types.stream().map(NotificationType::apiName).toArray(String[]::new);
    }

    private static NotificationGroup mapGroup(Row row) {
        return new NotificationGroup(row.getString("group_key"), NotificationType.ofApiName(row.getString("type")).orElseThrow(),
            row.getInteger("members"), row.getLong("newest"), row.getLong("oldest"), instant(row, "created_at"),
            List.of(row.getArrayOfLongs("senders")), row.getLong("status_id"), row.getLong("subject_id"));
    }

    private static Notification map(Row row) {
        return new Notification(row.getLong("id"), row.getLong("account_id"), NotificationType.ofApiName(row.getString("type")).orElseThrow(),
            row.getLong("from_account_id"), row.getLong("status_id"), row.getLong("subject_id"), row.getString("group_key"), row.getBoolean("filtered"), instant(row, "created_at"));
    }
}
