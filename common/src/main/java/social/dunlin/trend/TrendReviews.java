package social.dunlin.trend;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Hashtag;

/** What the people who run this server say about trends. */
@ApplicationScoped
public class TrendReviews {
    private final Database database;

    public TrendReviews(Database database) {
        this.database = database;
    }

    /** @param name a hashtag, the id of a post or the address of a page; @param allowed null = nobody has said anything */
    public record Trending(String kind, String name, double score, Boolean allowed) {
    }

    /** The highest first, whatever was said about them. Index: trend_by_score. */
    public List<Trending> list(int limit) {
        return database.list("""
            select trend.kind, trend.score, review.allowed,
              case trend.kind when 'tag' then (select name from tag where id = trend.subject_id)
                when 'link' then (select url from preview_card where id = trend.subject_id)
                else trend.subject_id::text end as name
            from trend left join trend_review review on review.kind = trend.kind and review.subject_id = trend.subject_id
            order by trend.kind, trend.score desc limit $1""",
            row -> new Trending(row.getString("kind"), row.getString("name"), row.getDouble("score"), row.getBoolean("allowed")), limit);
    }

    /** @param kind tag, status or link; @param name as {@link Trending} has it */
    public void review(String kind, String name, boolean allowed) {
        long subject = subject(kind, name).orElseThrow(() -> Refusal.invalid("There is no %s %s".formatted(kind, name)));
        database.execute("""
            insert into trend_review (kind, subject_id, allowed) values ($1, $2, $3)
            on conflict (kind, subject_id) do update set allowed = excluded.allowed""", kind, subject, allowed);
    }

    private Optional<Long> subject(String kind, String name) {
        return switch (kind) {
            case "tag" -> Hashtag.of(name).flatMap(tag -> id("select id from tag where name = $1", tag.normalised()));
            case "link" -> id("select id from preview_card where url = $1", name);
            case "status" -> name.matches("[0-9]{1,18}") ? id("select id from status where id = $1", Long.valueOf(name)) : Optional.empty();
            default -> throw Refusal.invalid("%s is none of tag, status, link".formatted(kind));
        };
    }

    private Optional<Long> id(String select, Object key) {
        return database.first(select, row -> row.getLong("id"), key);
    }
}
