package social.dunlin.trend;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.PeriodicTask;

/**
 * Computes trends out of public posts, of whatever server, by Mastodon's formula: how far today exceeds yesterday,
 * squared, in relation to yesterday; a peak halves every few hours. Each kind is one statement or two.
 */
@ApplicationScoped
public class TrendCounter implements PeriodicTask {
    /** As many people, or likes and boosts, as make something more than chance. */
    private static final int THRESHOLD = 5;
    private static final double LEAST = 1;
    private static final double LEAST_OF_STATUSES = 0.3;
    private static final Duration HALF_LIFE_OF_TAGS = Duration.ofHours(4);
    private static final Duration HALF_LIFE_OF_LINKS = Duration.ofHours(8);
    private static final Duration HALF_LIFE_OF_STATUSES = Duration.ofHours(1);
    private static final Duration AGE_OF_STATUSES = Duration.ofDays(1);
    private static final int KEPT = 400;

    private static final String COUNTED = """
        status.visibility = 'public' and status.reblog_of_id is null
        and not exists (select from account author where author.id = status.account_id
                        and (author.silenced_at is not null or author.suspended_at is not null or author.deleted_at is not null))
        """;

    private final Database database;

    public TrendCounter(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "trends";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        count(Instant.now());
    }

    void count(Instant now) {
        database.transaction(() -> {
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            long yesterdayId = Snowflakes.floor(today.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            long todayId = Snowflakes.floor(today.atStartOfDay(ZoneOffset.UTC).toInstant());
            peaks("tag", "status_tag.tag_id", "join status_tag on status_tag.status_id = status.id", yesterdayId, todayId, now);
            peaks("link", "link.preview_card_id", """
                join status_preview_card link on link.status_id = status.id
                join preview_card card on card.id = link.preview_card_id and card.state = 'ready' and card.type = 'link'
                  and card.title <> '' and card.description <> ''""", yesterdayId, todayId, now);
            decay("tag", HALF_LIFE_OF_TAGS, now);
            decay("link", HALF_LIFE_OF_LINKS, now);
            statuses(now);
        });
    }

    /** How many people used it today, against yesterday. A peak counts for two days at most. Index: status_pkey. */
    private void peaks(String kind, String subject, String join, long yesterdayId, long todayId, Instant now) {
        database.execute("""
            with usage as (
              select %1$s as id,
                (count(distinct status.account_id) filter (where status.id >= $3))::float8 as observed,
                greatest(count(distinct status.account_id) filter (where status.id < $3), 1)::float8 as expected
              from status %2$s
              where status.id >= $2 and %3$s
              group by 1)
            insert into trend (kind, subject_id, peak, peak_at)
            select $1::text, id, (observed - expected) ^ 2 / expected, $4::timestamptz from usage
            where observed >= %4$d and observed > expected
            on conflict (kind, subject_id) do update set peak = excluded.peak, peak_at = excluded.peak_at
            where excluded.peak > trend.peak or trend.peak_at < excluded.peak_at - interval '2 days'"""
            .formatted(subject, join, COUNTED, THRESHOLD), kind, yesterdayId, todayId, now);
    }

    private void decay(String kind, Duration halfLife, Instant now) {
        database.execute("""
            update trend set score = peak * power(0.5, extract(epoch from $2::timestamptz - peak_at)::float8 / $3::float8) where kind = $1""",
            kind, now, (double) halfLife.toSeconds());
        database.execute("delete from trend where kind = $1 and score < $2::float8", kind, LEAST);
    }

    /** Young posts by authors who let themselves be discovered, neither answers nor behind a warning. Index: status_public_top. */
    private void statuses(Instant now) {
        database.execute("delete from trend where kind = 'status'");
        database.execute("""
            with liked as (
              select status.id, status.created_at,
                (greatest(status_counter.reblogs_count, status_counter.origin_reblogs_count, 0)
                 + greatest(status_counter.favourites_count, status_counter.origin_favourites_count, 0))::float8 as observed
              from status join status_counter on status_counter.status_id = status.id
              join account on account.id = status.account_id and account.discoverable
              where status.id >= $1 and status.spoiler_text = '' and not status.sensitive
                and status.in_reply_to_id is null and status.in_reply_to_uri is null and %s)
            insert into trend (kind, subject_id, score)
            select 'status', id, score from (
              select id, (observed - 1) ^ 2 * power(0.5, extract(epoch from $2::timestamptz - created_at)::float8 / $3::float8) as score
              from liked where observed >= %d) scored
            where score >= $4::float8
            order by score desc limit %d""".formatted(COUNTED, THRESHOLD, KEPT),
            Snowflakes.floor(now.minus(AGE_OF_STATUSES)), now, (double) HALF_LIFE_OF_STATUSES.toSeconds(), LEAST_OF_STATUSES);
    }
}
