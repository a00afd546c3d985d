package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;

/** Who is told what concerns a served domain as a whole. */
@ApplicationScoped
public class Moderators {
    private final Database database;

    public Moderators(Database database) {
        this.database = database;
    }

    /** Moderators and administrators on the domain of a local account. Index: account_by_user. */
    public List<Long> beside(long accountId) {
        return database.list("""
            select account.id from dunlin_user join account on account.user_id = dunlin_user.id
            where dunlin_user.role in ('moderator', 'admin') and account.domain_id = (select domain_id from account where id = $1)""",
            row -> row.getLong("id"), accountId);
    }
}
