package social.dunlin.visibility;

import static social.dunlin.status.Visibility.ofApiName;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;

/**
 * Who may see a post, and who may answer, favourite or boost it.
 *
 * <p>Public and unlisted: everyone. Private: the author, accepted followers, mentioned accounts. Direct: the author and
 * mentioned accounts. Local and local-unlisted: signed-in accounts of the author's own served domain; never the
 * anonymous web, never another server, never another domain of this install. In every case nobody whom the author
 * blocks (by account or by host), nothing of a suspended or deleted author, no story after its end. A boost is as
 * visible as both itself and the post in it.
 *
 * <p>The rule stands twice: {@link #decide} for one post in Java, {@link #visibleTo} for sets in SQL. A test holds the
 * two equal over every pair of viewer and visibility.
 */
@ApplicationScoped
public class StatusVisibility {
    private final Database database;

    public StatusVisibility(Database database) {
        this.database = database;
    }

    // ---------------------------------------------------------------- for sets

    /**
     * A condition on {@code status}: may this viewer see the row?
     *
     * @param viewer SQL expression of the viewer's account id, null for nobody known: {@code "$1::bigint"}, {@code "viewer.id"}.
     *               Never text from outside.
     */
    public static String visibleTo(String viewer) {
        // Post and boosted post go through one copy of the rule: what PostgreSQL spends on a short page is setting up the plan.
        // "is not true" also hides what a null would leave open.
        return """
            (not exists (select from status v_part join account v_author on v_author.id = v_part.account_id
                         where v_part.id in (status.id, status.reblog_of_id) and %s is not true))
            """.formatted(PART_VISIBLE).replace("VIEWER", viewer);
    }

    // Every table in these fragments has an alias beginning with v_, so that none can capture the viewer's expression.

    private static final String PART_VISIBLE = """
        ((v_part.expires_at is null or v_part.expires_at > now())
         and v_author.suspended_at is null and v_author.deleted_at is null
         and (v_part.account_id = VIEWER
              or ((v_part.visibility in ('public', 'unlisted')
                   or (v_part.visibility = 'private'
                       and exists (select from follow v_follow where v_follow.account_id = VIEWER and v_follow.target_account_id = v_part.account_id))
                   or (v_part.visibility in ('private', 'direct')
                       and exists (select from mention v_mention where v_mention.status_id = v_part.id and v_mention.account_id = VIEWER))
                   or (v_part.visibility in ('local', 'local-unlisted')
                       and v_author.domain_id = (select v_reader.domain_id from account v_reader where v_reader.id = VIEWER)))
                  and (VIEWER is null
                       or (not exists (select from block v_block where v_block.account_id = v_part.account_id and v_block.target_account_id = VIEWER)
                           and (v_author.domain_id is null
                                or not exists (select from account_domain_block v_domain
                                               join account v_reader on v_reader.host = v_domain.host and v_reader.domain_id is null
                                               where v_domain.account_id = v_part.account_id and v_reader.id = VIEWER)))))))
        """;

    /**
     * The same of posts, no boosts, in a query that has joined them with their authors: the same words, without looking for both again.
     *
     * @param post   alias of the status, {@code author} of its account, {@code viewer} as for {@link #visibleTo}
     */
    public static String postVisibleTo(String post, String author, String viewer) {
        return "(" + PART_VISIBLE.replace("v_part", post).replace("v_author", author).replace("VIEWER", viewer) + " is true)";
    }

    /** As {@link #wantedBy}, of posts, no boosts, by this author: an alias of an account. The viewer is somebody. */
    public static String postWantedBy(String author, String viewer) {
        return "(%s.id = %s or not %s)".formatted(author, viewer, hiddenFrom(author, viewer));
    }

    /**
     * A condition on {@code status}: does this viewer want to meet the row in a list? Leaves out what they have blocked,
     * muted, or whose host they have blocked, for a boost also by the author inside. Says nothing about permission.
     *
     * @param viewer as for {@link #visibleTo}
     */
    public static String wantedBy(String viewer) {
        // Whether they hide anybody at all is asked once for the whole list: most do not, and then no post needs a look.
        return """
            (VIEWER is null or status.account_id = VIEWER
             or not (exists (select from block v_block where v_block.account_id = VIEWER)
                     or exists (select from mute v_mute where v_mute.account_id = VIEWER)
                     or exists (select from account_domain_block v_domain where v_domain.account_id = VIEWER))
             or not exists (
               select from status v_part join account v_person on v_person.id = v_part.account_id
               where v_part.id in (status.id, status.reblog_of_id) and v_person.id <> VIEWER and %s))
            """.formatted(hiddenFrom("v_person", "VIEWER")).replace("VIEWER", viewer);
    }

    /** A condition on an account row: the viewer blocks it, mutes it, or blocks its host. */
    public static String hiddenFrom(String account, String viewer) {
        return """
            (exists (select from block v_block where v_block.account_id = VIEWER and v_block.target_account_id = ACCOUNT.id)
             or exists (select from mute v_mute where v_mute.account_id = VIEWER and v_mute.target_account_id = ACCOUNT.id
                        and (v_mute.expires_at is null or v_mute.expires_at > now()))
             or (ACCOUNT.domain_id is null
                 and exists (select from account_domain_block v_domain
                             where v_domain.account_id = VIEWER and v_domain.host = ACCOUNT.host)))
            """.replace("ACCOUNT", account).replace("VIEWER", viewer);
    }

    /** Those of the posts that the viewer may see. One statement. */
    public Set<Long> visibleOf(Viewer viewer, Collection<Long> statusIds) {
        if (statusIds.isEmpty()) {
            return Set.of();
        }
        return new LinkedHashSet<>(database.list(
            "select status.id from status where status.id = any((select $2::bigint[])::bigint[]) and " + visibleTo("$1::bigint"),
            row -> row.getLong("id"), viewer.idOrNull(), statusIds.toArray(Long[]::new)));
    }

    /** Those of the posts that the viewer may see and has not hidden by a block or mute. One statement. */
    public Set<Long> shownOf(Viewer viewer, Collection<Long> statusIds) {
        if (statusIds.isEmpty()) {
            return Set.of();
        }
        return new LinkedHashSet<>(database.list(
            "select status.id from status where status.id = any((select $2::bigint[])::bigint[]) and " + visibleTo("$1::bigint") + " and " + wantedBy("$1::bigint"),
            row -> row.getLong("id"), viewer.idOrNull(), statusIds.toArray(Long[]::new)));
    }

    /** Those of the accounts that may see one post: for streaming it to many. One statement. */
    public Set<Long> readersOf(long statusId, Collection<Long> accountIds) {
        if (accountIds.isEmpty()) {
            return Set.of();
        }
        return new LinkedHashSet<>(database.list("""
            select viewer.id from unnest($2::bigint[]) as viewer(id)
            join status on status.id = $1
            where %s and %s""".formatted(visibleTo("viewer.id"), wantedBy("viewer.id")),
            row -> row.getLong("id"), statusId, accountIds.toArray(Long[]::new)));
    }

    // ---------------------------------------------------------------- for one

    public boolean maySee(Viewer viewer, Status status) {
        Map<Long, Standing> standings = standings(viewer, status);
        Standing own = standings.get(status.id());
        if (own == null || !decide(viewer, own)) {
            return false;
        }
        if (!status.isReblog()) {
            return true;
        }
        Standing original = standings.get(status.originalId());
        return original != null && decide(viewer, original);
    }

    /** Answering needs no more than seeing; a boost is answered by answering what it boosts. */
    public boolean mayReply(Viewer viewer, Status status) {
        return !viewer.isAnonymous() && maySee(viewer, status);
    }

    public boolean mayFavourite(Viewer viewer, Status status) {
        return !viewer.isAnonymous() && maySee(viewer, status);
    }

    /** Public, unlisted and local posts by whoever sees them; private ones by their author; direct ones never. */
    public boolean mayReblog(Viewer viewer, Status status) {
        boolean kindAllows = switch (status.visibility()) {
            case PUBLIC, UNLISTED, LOCAL, LOCAL_UNLISTED -> true;
            case PRIVATE -> viewer.is(status.accountId());
            case DIRECT -> false;
        };
        return kindAllows && !viewer.isAnonymous() && maySee(viewer, status);
    }

    /** Whether somebody blocks the viewer, by name or by host: what they publish is then not for the viewer. */
    public boolean isShutOut(Viewer viewer, long accountId) {
        return !viewer.isAnonymous() && database.exists("""
            select from block where block.account_id = $1 and block.target_account_id = $2
            union all
            select from account_domain_block join account reader on reader.host = account_domain_block.host and reader.domain_id is null
            where account_domain_block.account_id = $1 and reader.id = $2
            limit 1""", accountId, viewer.idOrNull());
    }

    /** How a viewer stands to a post: what the rule needs to know. */
    record Standing(long authorId, Visibility visibility, boolean expired, boolean authorGone, boolean follows, boolean mentioned,
                    boolean neighbour, boolean blocked) {
    }

    static boolean decide(Viewer viewer, Standing standing) {
        if (standing.expired || standing.authorGone) {
            return false;
        }
        if (viewer.is(standing.authorId)) {
            return true;
        }
        if (standing.blocked) {
            return false;
        }
        return switch (standing.visibility) {
            case PUBLIC, UNLISTED -> true;
            case PRIVATE -> standing.follows || standing.mentioned;
            case DIRECT -> standing.mentioned;
            case LOCAL, LOCAL_UNLISTED -> standing.neighbour;
        };
    }

    private Map<Long, Standing> standings(Viewer viewer, Status status) {
        OptionalLong original = status.reblogOfId();
        Long[] ids = original.isPresent() ? new Long[] {status.id(), original.getAsLong()} : new Long[] {status.id()};
        Map<Long, Standing> result = new HashMap<>();
        database.list("""
            select status.id, status.account_id, status.visibility,
              coalesce(status.expires_at <= now(), false) as expired,
              (author.suspended_at is not null or author.deleted_at is not null) as author_gone,
              exists (select from follow where follow.account_id = $1 and follow.target_account_id = author.id) as follows,
              exists (select from mention where mention.status_id = status.id and mention.account_id = $1) as mentioned,
              exists (select from account reader where reader.id = $1 and reader.domain_id = author.domain_id) as neighbour,
              (exists (select from block where block.account_id = author.id and block.target_account_id = $1)
               or exists (select from account_domain_block
                          join account reader on reader.host = account_domain_block.host and reader.domain_id is null
                          where account_domain_block.account_id = author.id and reader.id = $1)) as blocked
            from status join account author on author.id = status.account_id
            where status.id = any((select $2::bigint[])::bigint[])""",
            row -> result.put(row.getLong("id"), new Standing(row.getLong("account_id"), ofApiName(row.getString("visibility")).orElseThrow(),
                row.getBoolean("expired"), row.getBoolean("author_gone"), row.getBoolean("follows"), row.getBoolean("mentioned"),
                row.getBoolean("neighbour"), row.getBoolean("blocked"))),
            viewer.idOrNull(), ids);
        return result;
    }
}
