package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;

/** What an id of an earlier activity of the sender stands for. */
@ApplicationScoped
class UndoneById {
    private final Database database;

    UndoneById(Database database) {
        this.database = database;
    }

    sealed interface Undone {
    }

    record Follow(long localId) implements Undone {
    }

    record Block(long localId) implements Undone {
    }

    record Like(long statusId) implements Undone {
    }

    record Dislike(long statusId) implements Undone {
    }

    record Reaction(long statusId) implements Undone {
    }

    record Announce() implements Undone {
    }

    /** Indexes: follow_uri, follow_request_uri, the unique keys of the others. */
    Undone find(long senderId, String uri) {
        return database.<Undone>first("""
            select 'follow' as kind, target_account_id as id from follow where uri = $2 and account_id = $1
            union all
            select 'follow', target_account_id from follow_request where uri = $2 and account_id = $1
            union all
            select 'block', target_account_id from block where account_id = $1 and uri = $2
            union all
            select 'like', status_id from favourite where account_id = $1 and uri = $2
            union all
            select 'dislike', status_id from dislike where account_id = $1 and uri = $2
            union all
            select 'reaction', status_id from emoji_reaction where account_id = $1 and uri = $2
            limit 1""",
            row -> switch (row.getString("kind")) {
                case "follow" -> new Follow(row.getLong("id"));
                case "block" -> new Block(row.getLong("id"));
                case "dislike" -> new Dislike(row.getLong("id"));
                case "reaction" -> new Reaction(row.getLong("id"));
                default -> new Like(row.getLong("id"));
            }, senderId, uri).orElse(new Announce());
    }
}
