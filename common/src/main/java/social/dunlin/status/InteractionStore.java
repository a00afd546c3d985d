package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of what accounts do to posts. Unique keys decide whether something is new; each method says whether it was. */
@ApplicationScoped
class InteractionStore {
    private final Database database;

    InteractionStore(Database database) {
        this.database = database;
    }

    boolean favourite(long accountId, long statusId, String uri) {
        return database.execute("insert into favourite (account_id, status_id, uri) values ($1, $2, $3) on conflict do nothing",
            accountId, statusId, uri) > 0;
    }

    /** Empty when there was none; else the id under which it was told, an empty text when it was not. */
    Optional<String> unfavourite(long accountId, long statusId) {
        return database.first("delete from favourite where account_id = $1 and status_id = $2 returning coalesce(uri, '') as uri",
            row -> row.getString("uri"), accountId, statusId);
    }

    boolean bookmark(long accountId, long statusId) {
        return database.execute("insert into bookmark (account_id, status_id) values ($1, $2) on conflict do nothing", accountId, statusId) > 0;
    }

    boolean unbookmark(long accountId, long statusId) {
        return database.execute("delete from bookmark where account_id = $1 and status_id = $2", accountId, statusId) > 0;
    }

    /** Holds the account's row, so that two pins at once cannot pass the limit together. */
    int lockedPinCount(long accountId) {
        database.list("select id from account where id = $1 for update", row -> null, accountId);
        return database.first("select count(*)::int as pins from status_pin where account_id = $1", row -> row.getInteger("pins"), accountId).orElseThrow();
    }

    boolean pin(long accountId, long statusId) {
        return database.execute("insert into status_pin (account_id, status_id) values ($1, $2) on conflict do nothing", accountId, statusId) > 0;
    }

    boolean unpin(long accountId, long statusId) {
        return database.execute("delete from status_pin where account_id = $1 and status_id = $2", accountId, statusId) > 0;
    }

    void muteConversation(long accountId, long conversationId) {
        database.execute("insert into conversation_mute (account_id, conversation_id) values ($1, $2) on conflict do nothing", accountId, conversationId);
    }

    void unmuteConversation(long accountId, long conversationId) {
        database.execute("delete from conversation_mute where account_id = $1 and conversation_id = $2", accountId, conversationId);
    }

    /** True when somebody who is addressed, or answered, here blocks the author: nothing of it may change any more. */
    boolean isBlockedByAddressed(Status status) {
        return database.exists("""
            select from block join account reader on reader.id = block.account_id and reader.domain_id is not null
            where block.target_account_id = $2
              and (block.account_id = $3 or exists (select from mention where mention.status_id = $1 and mention.account_id = block.account_id))""",
            status.id(), status.accountId(), status.inReplyToAccountId().isPresent() ? status.inReplyToAccountId().getAsLong() : null);
    }
}
