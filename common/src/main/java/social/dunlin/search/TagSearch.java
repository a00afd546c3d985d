package social.dunlin.search;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.text.Hashtag;

/** Hashtags by their beginning or by name, and how much they were used lately. */
@ApplicationScoped
public class TagSearch {
    private static final int DAYS = 7;

    private final Database database;

    public TagSearch(Database database) {
        this.database = database;
    }

    /** The exact one first, then the shorter ones. Index: tag_name_prefix. */
    public List<FoundTag> find(String typed, int limit, int offset) {
        return Hashtag.of(typed).map(tag -> database.list("""
            select id, name, display_name from tag
            where %s
            order by length(name), name
            limit $2 offset $3""".formatted(Like.beginning("name", "$1::text")), TagSearch::map, tag.normalised(), limit, offset)).orElse(List.of());
    }

    /** The one of this name. Index: tag_name_key. */
    public Optional<FoundTag> byName(Hashtag tag) {
        return database.first("select id, name, display_name from tag where name = $1", TagSearch::map, tag.normalised());
    }

    /**
     * The last seven days (UTC), today first, by tag id; days without a post are zero. One statement whatever
     * the number. Index: status_tag_pkey, whose post ids grow with time.
     */
    public Map<Long, List<TagHistory>> history(Collection<Long> tagIds) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        long since = Snowflakes.floor(today.minusDays(DAYS - 1).atStartOfDay(ZoneOffset.UTC).toInstant());
        Map<Long, Map<LocalDate, TagHistory>> used = new HashMap<>();
        if (!tagIds.isEmpty()) {
            database.list("""
                select status_tag.tag_id, (status.created_at at time zone 'UTC')::date as day,
                  count(*)::int as uses, count(distinct status.account_id)::int as accounts
                from status_tag
                join status on status.id = status_tag.status_id and status.visibility = 'public'
                where status_tag.tag_id = any($1) and status_tag.status_id >= $2
                group by 1, 2""",
                row -> used.computeIfAbsent(row.getLong("tag_id"), id -> new HashMap<>())
                    .put(row.getLocalDate("day"), new TagHistory(row.getLocalDate("day"), row.getInteger("uses"), row.getInteger("accounts"))),
                tagIds.toArray(Long[]::new), since);
        }
        return tagIds.stream().distinct().collect(Collectors.toMap(Function.identity(), id -> week(today, used.getOrDefault(id, Map.of()))));
    }

    /** Seven days of nothing, for a hashtag nobody has used. */
    public static List<TagHistory> unused() {
        return week(LocalDate.now(ZoneOffset.UTC), Map.of());
    }

    private static List<TagHistory> week(LocalDate today, Map<LocalDate, TagHistory> used) {
        return IntStream.range(0, DAYS).mapToObj(today::minusDays).map(day -> used.getOrDefault(day, new TagHistory(day, 0, 0))).toList();
    }

    private static FoundTag map(Row row) {
        return new FoundTag(row.getLong("id"), row.getString("name"), row.getString("display_name"));
    }
}
