package social.dunlin.conversation;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.event.Event.ConversationChanged;
import social.dunlin.event.EventBus;
import social.dunlin.paging.Page;
import social.dunlin.visibility.StatusVisibility;

/**
 * Direct posts, put together by thread and by who is in it (behaviours §15). Each person has an entry of their own, so
 * that reading and putting away concern nobody else.
 */
@ApplicationScoped
public class PrivateConversations {
    /** A condition on an entry: its last post was not set aside and may be seen, by the account {@code $1}. */
    private static final String SHOWN = """
        not exists (select from notification told
                    where told.status_id = entry.last_status_id and told.account_id = $1 and told.filtered)
        and exists (select from status where status.id = entry.last_status_id and %s and %s)
        """.formatted(StatusVisibility.visibleTo("$1::bigint"), StatusVisibility.wantedBy("$1::bigint"));

    private final Database database;
    private final EventBus events;

    public PrivateConversations(Database database, EventBus events) {
        this.database = database;
        this.events = events;
    }

    /**
     * Enters a direct post for its local author and the local people who were told of it; call it after they were. Whom
     * a block, a mute or a policy spares the notification is spared this too. What one wrote oneself is read. Indexes:
     * mention's primary key, notification_of_status.
     */
    public void add(long statusId) {
        events.publishAll(database.list("""
            with post as (select * from status where id = $1),
            people as (
              select account_id as id from post
              union
              select mention.account_id from mention where mention.status_id = $1 and not mention.silent),
            entered as (
              insert into private_conversation (account_id, conversation_id, participant_ids, last_status_id, unread)
              select owner.id, post.conversation_id, array(select people.id from people where people.id <> owner.id order by people.id),
                post.id, post.account_id <> owner.id
              from post cross join people
              join account owner on owner.id = people.id and owner.domain_id is not null
              where owner.id = post.account_id
                 or exists (select from notification told
                            where told.status_id = $1 and told.account_id = owner.id and told.type = 'mention')
              on conflict (account_id, conversation_id, participant_ids) do update set
                last_status_id = greatest(private_conversation.last_status_id, excluded.last_status_id), unread = excluded.unread
              returning id, account_id),
            kept as (
              insert into private_conversation_status (private_conversation_id, status_id) select id, $1::bigint from entered
              on conflict do nothing)
            select id, account_id from entered""", PrivateConversations::change, statusId));
    }

    /** A direct post is about to go: the one before it is the last one then. Index: private_conversation_of_status. */
    public void leave(long statusId) {
        List<ConversationChanged> left = database.list("""
            update private_conversation set last_status_id = (
              select max(other.status_id) from private_conversation_status other
              where other.private_conversation_id = private_conversation.id and other.status_id <> $1)
            where last_status_id = $1
            returning id, account_id, last_status_id""", row -> row.getLong("last_status_id") == null ? null : change(row), statusId);
        events.publishAll(left.stream().filter(Objects::nonNull).toList());
    }

    private static ConversationChanged change(Row row) {
        return new ConversationChanged(row.getLong("id"), row.getLong("account_id"));
    }

    /**
     * By their last post, newest first; those whose last post was set aside or may not be seen are left out. Index:
     * private_conversation_by_account.
     */
    public List<PrivateConversation> list(long accountId, Page page) {
        List<PrivateConversation> found = database.list("""
            select entry.* from private_conversation entry
            where entry.account_id = $1 and entry.last_status_id < $2 and entry.last_status_id > $3
              and %s
            order by entry.last_status_id %s limit %d""".formatted(SHOWN, page.direction(), page.limit()), PrivateConversations::map, accountId, page.before(),
            page.after());
        return page.ascending() ? found.reversed() : found;
    }

    /** As in the list; empty when it would not stand there. */
    public Optional<PrivateConversation> shown(long accountId, long id) {
        return database.first("select entry.* from private_conversation entry where entry.account_id = $1 and entry.id = $2 and " + SHOWN,
            PrivateConversations::map, accountId, id);
    }

    /** Empty when there is none of this id, or it is somebody else's. */
    public Optional<PrivateConversation> mark(long accountId, long id, boolean unread) {
        return database.transaction(() -> {
            Optional<PrivateConversation> marked = database.first("""
                update private_conversation set unread = $3 where account_id = $1 and id = $2 and last_status_id is not null returning *""",
                PrivateConversations::map, accountId, id, unread);
            marked.ifPresent(conversation -> events.publish(new ConversationChanged(conversation.id(), accountId)));
            return marked;
        });
    }

    /** Puts it away; the next post in it brings it back. False when there is none. */
    public boolean remove(long accountId, long id) {
        return database.execute("delete from private_conversation where account_id = $1 and id = $2", accountId, id) > 0;
    }

    private static PrivateConversation map(Row row) {
        return new PrivateConversation(row.getLong("id"), row.getLong("account_id"), List.of(row.getArrayOfLongs("participant_ids")),
            row.getLong("last_status_id"), row.getBoolean("unread"));
    }
}
