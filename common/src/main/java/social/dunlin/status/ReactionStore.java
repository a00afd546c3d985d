package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import social.dunlin.database.Database;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** SQL of emoji reactions and downvotes. Unique keys decide whether something is new; each method says whether it was. */
@ApplicationScoped
public class ReactionStore {
    /** Of one account on one post; some servers allow many, nobody needs more. */
    private static final int MAXIMUM_PER_ACCOUNT = 20;

    /** More faces than any client shows. */
    private static final int MAXIMUM_SHOWN = 400;

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
                where status_id = any((select $1::bigint[])::bigint[])
                group by status_id, name
                order by count(*) desc, min(id)""",
                row -> counts.computeIfAbsent(row.getLong("status_id"), id -> new ArrayList<>())
                    .add(new ReactionCount(row.getString("name"), row.getString("url"), row.getInteger("number"))),
                (Object) statusIds.toArray(Long[]::new));
        }
        return counts;
    }

    /** What one account put on posts: the names, by post. Index: emoji_reaction_account_id_status_id_name_key. */
    public Map<Long, Set<String>> namesBy(long accountId, Collection<Long> statusIds) {
        return namesBy(List.of(accountId), statusIds).getOrDefault(accountId, Map.of());
    }

    /** The same for several accounts at once, by account and post. */
    public Map<Long, Map<Long, Set<String>>> namesBy(Collection<Long> accountIds, Collection<Long> statusIds) {
        Map<Long, Map<Long, Set<String>>> names = new HashMap<>();
        if (!accountIds.isEmpty() && !statusIds.isEmpty()) {
            database.list("select account_id, status_id, name from emoji_reaction where account_id = any((select $1::bigint[])::bigint[]) and status_id = any((select $2::bigint[])::bigint[])",
                row -> names.computeIfAbsent(row.getLong("account_id"), id -> new HashMap<>())
                    .computeIfAbsent(row.getLong("status_id"), id -> new HashSet<>()).add(row.getString("name")),
                accountIds.toArray(Long[]::new), statusIds.toArray(Long[]::new));
        }
        return names;
    }

    /** Who reacted to a post, by emoji, the first first; those the viewer hides and those suspended are left out. Index: emoji_reaction_of_status. */
    public Map<String, List<Long>> accountsOf(Viewer viewer, long statusId) {
        Map<String, List<Long>> accounts = new HashMap<>();
        database.list("""
            select emoji_reaction.name, emoji_reaction.account_id
            from emoji_reaction join account on account.id = emoji_reaction.account_id
            where emoji_reaction.status_id = $1 and account.suspended_at is null and account.deleted_at is null
              and ($2::bigint is null or not %s)
            order by emoji_reaction.id limit %d""".formatted(StatusVisibility.hiddenFrom("account", "$2::bigint"), MAXIMUM_SHOWN),
            row -> accounts.computeIfAbsent(row.getString("name"), name -> new ArrayList<>()).add(row.getLong("account_id")),
            statusId, viewer.idOrNull());
        return accounts;
    }

    /** The picture of a custom emoji that somebody put on this post. Index: emoji_reaction_of_status. */
    Optional<Reaction> onPost(long statusId, String name) {
        return database.first("select name, url from emoji_reaction where status_id = $1 and name = $2 order by id limit 1",
            row -> new Reaction(row.getString("name"), row.getString("url")), statusId, name);
    }

    /** @param uri id of the activity it was sent with; null = never sent */
    record Own(Reaction reaction, String uri) {
    }

    Optional<Own> ofAccount(long accountId, long statusId, String name) {
        return database.first("select name, url, uri from emoji_reaction where account_id = $1 and status_id = $2 and name = $3",
            row -> new Own(new Reaction(row.getString("name"), row.getString("url")), row.getString("uri")), accountId, statusId, name);
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
