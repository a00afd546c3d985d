package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;

/** SQL of bringing local people from an account that moved to its new one. Every statement is bounded and may run twice. */
@ApplicationScoped
class MoveStore {
    private final Database database;

    MoveStore(Database database) {
        this.database = database;
    }

    /** Notes the move, unless the account moved elsewhere lately: true when {@code to} is where it lives now. */
    boolean move(long from, long to, int coolDownDays) {
        boolean noted = database.execute("""
            insert into account_move (account_id, target_account_id)
            select id, $2 from account where id = $1 and id <> $2
            on conflict (account_id) do update set target_account_id = excluded.target_account_id,
              moved_at = case when account_move.target_account_id = excluded.target_account_id then account_move.moved_at else now() end
            where account_move.target_account_id = excluded.target_account_id or account_move.moved_at < now() - make_interval(days => $3)""",
            from, to, coolDownDays) > 0;
        return noted && database.execute("update account set moved_to_id = $2 where id = $1", from, to) > 0;
    }

    boolean moveBack(long accountId) {
        return database.execute("update account set moved_to_id = null, updated_at = now() where id = $1 and moved_to_id is not null", accountId) > 0;
    }

    boolean hasMoved(long from, long to) {
        return database.exists("select from account_move where account_id = $1 and target_account_id = $2", from, to);
    }

    /** Local followers of {@code from}, oldest first. Index: follow_of_target. */
    List<Long> followers(long from, int limit) {
        return database.list("""
            select follow.account_id from follow join account on account.id = follow.account_id
            where follow.target_account_id = $1 and account.domain_id is not null
            order by follow.id limit $2""", row -> row.getLong("account_id"), from, limit);
    }

    /**
     * Of these followers of {@code from}, those who shall ask to follow {@code to} with the same wishes: not itself, nobody
     * who does already, nobody who blocks it, its server, or is blocked by it. Gives those who ask now.
     */
    List<Long> request(long from, long to, List<Long> followers) {
        return database.list("""
            insert into follow_request (account_id, target_account_id, reblogs, notify, languages)
            select follow.account_id, $2, follow.reblogs, follow.notify, follow.languages
            from follow
            where follow.target_account_id = $1 and follow.account_id = any($3) and follow.account_id <> $2
              and not exists (select from follow known where known.account_id = follow.account_id and known.target_account_id = $2)
              and not exists (select from block where block.account_id = follow.account_id and block.target_account_id = $2)
              and not exists (select from block where block.account_id = $2 and block.target_account_id = follow.account_id)
              and not exists (select from account_domain_block join account target on target.host = account_domain_block.host
                              where account_domain_block.account_id = follow.account_id and target.id = $2 and target.domain_id is null)
            on conflict do nothing
            returning account_id""", row -> row.getLong("account_id"), from, to, followers.toArray(Long[]::new));
    }

    /** Who mutes the old account mutes the new one, unless they follow it; remarks go along. */
    void carryMutesAndNotes(long from, long to) {
        database.execute("""
            insert into mute (account_id, target_account_id, hide_notifications, expires_at)
            select mute.account_id, $2, mute.hide_notifications, mute.expires_at from mute
            join account on account.id = mute.account_id and account.domain_id is not null
            where mute.target_account_id = $1 and mute.account_id <> $2
              and not exists (select from follow where follow.account_id = mute.account_id and follow.target_account_id = $2)
            on conflict do nothing""", from, to);
        database.execute("""
            insert into account_note (account_id, target_account_id, comment)
            select account_note.account_id, $2, account_note.comment from account_note
            join account on account.id = account_note.account_id and account.domain_id is not null
            where account_note.target_account_id = $1 and account_note.account_id <> $2
            on conflict do nothing""", from, to);
    }

    /** Local people who block the old account and neither block nor follow the new one. Index: block_of_target. */
    List<Long> blockersLeft(long from, long to, int limit) {
        return database.list("""
            select block.account_id from block join account on account.id = block.account_id
            where block.target_account_id = $1 and account.domain_id is not null and block.account_id <> $2
              and not exists (select from block known where known.account_id = block.account_id and known.target_account_id = $2)
              and not exists (select from follow where follow.account_id = block.account_id and follow.target_account_id = $2)
            order by block.id limit $3""", row -> row.getLong("account_id"), from, to, limit);
    }
}
