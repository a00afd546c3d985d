package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import social.dunlin.database.Database;

/** SQL of emoji reactions and downvotes. Unique keys decide whether something is new; each method says whether it was. */
@ApplicationScoped
public class ReactionStore {
    /** Of one account on one post; some servers allow many, nobody needs more. */
    private static final int MAXIMUM_PER_ACCOUNT = 20;

    private final Database database;

    public ReactionStore(Database database) {
        this.database = database;
    }

    /** How many reacted with what, by post, the most used first. One statement. Index: emoji_reaction_of_status. */
    public Map<Long, List<ReactionCount>> countsOf(Collection<Long> statusIds) {
        Map<Long, List<ReactionCount>> counts = new HashMap<>();
        if (!statusIds.isEmpty()) {
            database.list("""
                select status_id, name, max(url) as url, count(*)::int as number from emoji_reaction
                where status_id = any($1)
                group by status_id, name
                order by count(*) desc, min(id)""",
                row -> counts.computeIfAbsent(row.getLong("status_id"), id -> new ArrayList<>())
                    .add(new ReactionCount(row.getString("name"), row.getString("url"), row.getInteger("number"))),
                (Object) statusIds.toArray(Long[]::new));
        }
        return counts;
    }

    boolean react(long accountId, long statusId, Reaction reaction, String uri) {
        return database.execute("""
            insert into emoji_reaction (account_id, status_id, name, url, uri)
            select $1, $2, $3, $4, $5
            where (select count(*) from emoji_reaction where account_id = $1 and status_id = $2) < %d
            on conflict do nothing""".formatted(MAXIMUM_PER_ACCOUNT), accountId, statusId, reaction.name(), reaction.url(), uri) > 0;
    }

    boolean unreact(long accountId, long statusId, String name) {
        return database.execute("delete from emoji_reaction where account_id = $1 and status_id = $2 and name = $3", accountId, statusId, name) > 0;
    }

    /** The one that came in this activity. */
    boolean unreactByUri(long accountId, long statusId, String uri) {
        return database.execute("delete from emoji_reaction where account_id = $1 and status_id = $2 and uri = $3", accountId, statusId, uri) > 0;
    }

    boolean dislike(long accountId, long statusId, String uri) {
        return database.execute("insert into dislike (account_id, status_id, uri) values ($1, $2, $3) on conflict do nothing",
            accountId, statusId, uri) > 0;
    }

    boolean undislike(long accountId, long statusId) {
        return database.execute("delete from dislike where account_id = $1 and status_id = $2", accountId, statusId) > 0;
    }
}
