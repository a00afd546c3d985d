package social.dunlin.visibility;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;

/** Who may quote a post, and what of a quoted post a reader is shown. One statement each, whatever the number. */
@ApplicationScoped
public class QuoteVisibility {
    private final Database database;
    private final StatusVisibility visibility;

    public QuoteVisibility(Database database, StatusVisibility visibility) {
        this.database = database;
        this.visibility = visibility;
    }

    /** What is not theirs to see is not theirs to quote. */
    public QuotePermission mayQuote(Viewer viewer, Status status) {
        return visibility.maySee(viewer, status) ? permissions(viewer, List.of(status)).get(status.id()) : QuotePermission.DENIED;
    }

    /** By id, for posts the viewer may see. */
    public Map<Long, QuotePermission> permissions(Viewer viewer, Collection<Status> statuses) {
        if (viewer.isAnonymous()) {
            return statuses.stream().collect(Collectors.toMap(Status::id, status -> QuotePermission.DENIED));
        }
        return permissions(List.of(viewer.idOrNull()), statuses).get(viewer.idOrNull());
    }

    /** By account and post, for posts all of them may see. Indexes: the unique keys of follow and block. */
    public Map<Long, Map<Long, QuotePermission>> permissions(Collection<Long> accountIds, Collection<Status> statuses) {
        record Pair(long viewer, long author) {
        }
        Map<Pair, Standing> standings = new HashMap<>();
        if (!accountIds.isEmpty() && !statuses.isEmpty()) {
            database.list("""
                select viewer.id as viewer_id, author.id,
                  exists (select from follow where follow.account_id = viewer.id and follow.target_account_id = author.id) as follows,
                  exists (select from block where block.account_id = viewer.id and block.target_account_id = author.id) as blocks
                from unnest($1::bigint[]) as viewer (id) cross join account author where author.id = any((select $2::bigint[])::bigint[])""",
                row -> standings.put(new Pair(row.getLong("viewer_id"), row.getLong("id")), new Standing(row.getBoolean("follows"), row.getBoolean("blocks"))),
                accountIds.toArray(Long[]::new), statuses.stream().map(Status::accountId).distinct().toArray(Long[]::new));
        }
        return accountIds.stream().distinct().collect(Collectors.toMap(id -> id, id -> statuses.stream().collect(Collectors.toMap(Status::id,
            status -> decide(Viewer.of(id), status, standings.get(new Pair(id, status.accountId())))))));
    }

    /** How the viewer stands to the author. @param follows read only where the policy of the post asks for it */
    public record Standing(boolean follows, boolean blocks) {
    }

    /** Only open posts are others' to quote; one's own are also when they are not, except direct ones. */
    static QuotePermission decide(Viewer viewer, Status status, Standing standing) {
        return status.isReblog() ? QuotePermission.DENIED
            : decide(viewer, status.accountId(), status.visibility(), status.quotePolicy(), standing);
    }

    /** The same for a post, no boost, that the viewer may see. @param policy who may quote it */
    public static QuotePermission decide(Viewer viewer, long authorId, Visibility visibility, String policy, Standing standing) {
        if (visibility == Visibility.DIRECT || viewer.isAnonymous()) {
            return QuotePermission.DENIED;
        }
        if (viewer.is(authorId)) {
            return QuotePermission.AUTOMATIC;
        }
        boolean open = visibility == Visibility.PUBLIC || visibility == Visibility.UNLISTED;
        if (!open || standing == null || standing.blocks) {
            return QuotePermission.DENIED;
        }
        return switch (policy) {
            case "public" -> QuotePermission.AUTOMATIC;
            case "followers" -> standing.follows ? QuotePermission.AUTOMATIC : QuotePermission.DENIED;
            case "manual" -> QuotePermission.MANUAL;
            case "unknown" -> QuotePermission.UNKNOWN;
            default -> QuotePermission.DENIED;
        };
    }

    /** What this viewer is shown of posts quoted with consent; who is missing in the result is {@link QuotedView#UNAUTHORIZED}. */
    public Map<Long, QuotedView> viewsOf(Viewer viewer, Collection<Long> statusIds) {
        // Nobody known is a reader too, whose id is null.
        return views(new Long[] {viewer.idOrNull()}, statusIds).getOrDefault(viewer.idOrNull(), Map.of());
    }

    /** The same for several accounts at once, by account and post. */
    public Map<Long, Map<Long, QuotedView>> viewsOf(Collection<Long> accountIds, Collection<Long> statusIds) {
        return views(accountIds.toArray(Long[]::new), statusIds);
    }

    private Map<Long, Map<Long, QuotedView>> views(Long[] viewers, Collection<Long> statusIds) {
        Map<Long, Map<Long, QuotedView>> views = new HashMap<>();
        if (viewers.length == 0 || statusIds.isEmpty()) {
            return views;
        }
        database.list("""
            select viewer.id as viewer_id, status.id, status.account_id,
              exists (select from block where block.account_id = viewer.id and block.target_account_id = author.id) as blocked,
              exists (select from account_domain_block domain
                      where domain.account_id = viewer.id and domain.host = author.host and author.domain_id is null) as domain_blocked,
              exists (select from mute where mute.account_id = viewer.id and mute.target_account_id = author.id
                      and (mute.expires_at is null or mute.expires_at > now())) as muted
            from unnest($1::bigint[]) as viewer (id) cross join status join account author on author.id = status.account_id
            where status.id = any((select $2::bigint[])::bigint[]) and\s""" + StatusVisibility.visibleTo("viewer.id"),
            row -> {
                Map<QuotedView, Boolean> hidden = new EnumMap<>(QuotedView.class);
                hidden.put(QuotedView.BLOCKED_ACCOUNT, row.getBoolean("blocked"));
                hidden.put(QuotedView.BLOCKED_DOMAIN, row.getBoolean("domain_blocked"));
                hidden.put(QuotedView.MUTED_ACCOUNT, row.getBoolean("muted"));
                Long viewer = row.getLong("viewer_id");
                boolean own = row.getLong("account_id").equals(viewer);
                return views.computeIfAbsent(viewer, ignored -> new HashMap<>()).put(row.getLong("id"), own ? QuotedView.SHOWN
                    : hidden.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).findFirst().orElse(QuotedView.SHOWN));
            }, viewers, statusIds.toArray(Long[]::new));
        return views;
    }
}
