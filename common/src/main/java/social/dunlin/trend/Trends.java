package social.dunlin.trend;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import social.dunlin.card.PreviewCard;
import social.dunlin.card.PreviewCardStore;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.search.FoundTag;
import social.dunlin.search.TagHistory;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** What is talked about, the most first. What a person has forbidden is left out, and with {@code trends.review} also what nobody has allowed. */
@ApplicationScoped
public class Trends {
    private static final int DAYS = 7;

    private final Database database;
    private final String allowed;

    public Trends(Database database, DunlinConfiguration configuration) {
        this.database = database;
        this.allowed = """
            coalesce((select review.allowed from trend_review review where review.kind = trend.kind and review.subject_id = trend.subject_id), %s)"""
            .formatted(!configuration.trends().review());
    }

    /** Index: trend_by_score. */
    public List<FoundTag> tags(int limit, int offset) {
        return database.list("""
            select tag.id, tag.name, tag.display_name from trend join tag on tag.id = trend.subject_id
            where trend.kind = 'tag' and %s
            order by trend.score desc, trend.subject_id limit $1 offset $2""".formatted(allowed),
            row -> new FoundTag(row.getLong("id"), row.getString("name"), row.getString("display_name")), limit, offset);
    }

    /** Only what the reader may see and wants to. Index: trend_by_score. */
    public List<Status> statuses(Viewer viewer, int limit, int offset) {
        return database.list("""
            select %s from trend join (%s) on status.id = trend.subject_id
            where trend.kind = 'status' and %s and status.visibility = 'public' and %s and %s
            order by trend.score desc, trend.subject_id limit $2 offset $3""".formatted(StatusStore.COLUMNS, StatusStore.TABLES, allowed,
                StatusVisibility.visibleTo("$1::bigint"), StatusVisibility.wantedBy("$1::bigint")), StatusStore::map, viewer.idOrNull(), limit, offset);
    }

    /** Index: trend_by_score. */
    public List<PreviewCard> links(int limit, int offset) {
        return database.list("""
            select %s from trend join preview_card card on card.id = trend.subject_id
            where trend.kind = 'link' and card.state = 'ready' and %s
            order by trend.score desc, trend.subject_id limit $1 offset $2""".formatted(PreviewCardStore.COLUMNS, allowed), PreviewCardStore::map, limit, offset);
    }

    /** The last seven days (UTC) of links, today first, by card. Index: status_preview_card_of_card, whose post ids grow with time. */
    public Map<Long, List<TagHistory>> linkHistory(Collection<Long> cardIds) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Map<Long, Map<LocalDate, TagHistory>> used = new HashMap<>();
        if (!cardIds.isEmpty()) {
            database.list("""
                select link.preview_card_id, (status.created_at at time zone 'UTC')::date as day,
                  count(*)::int as uses, count(distinct status.account_id)::int as accounts
                from status_preview_card link join status on status.id = link.status_id and status.visibility = 'public'
                where link.preview_card_id = any($1) and link.status_id >= $2
                group by 1, 2""",
                row -> used.computeIfAbsent(row.getLong("preview_card_id"), id -> new HashMap<>())
                    .put(row.getLocalDate("day"), new TagHistory(row.getLocalDate("day"), row.getInteger("uses"), row.getInteger("accounts"))),
                cardIds.toArray(Long[]::new), Snowflakes.floor(today.minusDays(DAYS - 1).atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
        return cardIds.stream().distinct().collect(Collectors.toMap(Function.identity(), id -> IntStream.range(0, DAYS).mapToObj(today::minusDays)
            .map(day -> used.getOrDefault(id, Map.of()).getOrDefault(day, new TagHistory(day, 0, 0))).toList()));
    }
}
