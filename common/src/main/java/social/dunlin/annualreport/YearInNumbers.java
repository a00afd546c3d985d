package social.dunlin.annualreport;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;

/** Counts a year of an account (UTC): a fixed number of statements over its own rows. */
@ApplicationScoped
public class YearInNumbers {
    /** Of Mastodon's second form. */
    static final int SCHEMA_VERSION = 2;
    /** Below it somebody rather reads: what active people of Mastodon posted in a year on average. */
    private static final int AVERAGE_POSTS = 113;
    private static final int HASHTAGS = 40;

    private final Database database;

    public YearInNumbers(Database database) {
        this.database = database;
    }

    /** The ids of a year's posts, and its moments. */
    private record Span(long firstId, long endId, Instant begins, Instant ends) {
        static Span of(int year) {
            Instant begins = LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant ends = LocalDate.of(year + 1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
            return new Span(Snowflakes.floor(begins), Snowflakes.floor(ends), begins, ends);
        }
    }

    private record Month(int month, int statuses, int standalone, int replies, int reblogs, int polls) {
    }

    /** Index: status_by_account. */
    boolean hasPosts(long accountId, int year) {
        Span span = Span.of(year);
        return database.exists("""
            select from status where account_id = $1 and id >= $2 and id < $3
              and reblog_of_id is null and visibility in ('public', 'unlisted') limit 1""", accountId, span.firstId, span.endId);
    }

    AnnualReport of(long accountId, int year) {
        Span span = Span.of(year);
        List<Month> months = months(accountId, span);
        JsonObject top = topStatuses(accountId, span);
        JsonObject data = new JsonObject().put("archetype", archetype(months)).put("top_statuses", top)
            .put("time_series", timeSeries(accountId, span, months)).put("top_hashtags", topHashtags(accountId, span));
        return new AnnualReport(accountId, year, SCHEMA_VERSION, data.encode(),
            Stream.of("by_reblogs", "by_favourites", "by_replies").map(top::getString).filter(id -> id != null).map(Long::valueOf).toList());
    }

    /** Answers to oneself count as posts of their own. Indexes: status_by_account, poll_status_id_key. */
    private List<Month> months(long accountId, Span span) {
        return database.list("""
            select extract(month from created_at at time zone 'UTC')::int as month, count(*)::int as statuses,
              (count(*) filter (where reblog_of_id is not null))::int as reblogs,
              (count(*) filter (where reblog_of_id is null and in_reply_to_account_id <> account_id))::int as replies,
              (count(*) filter (where reblog_of_id is null and (in_reply_to_account_id is null or in_reply_to_account_id = account_id)))::int as standalone,
              (count(*) filter (where exists (select from poll where poll.status_id = status.id)))::int as polls
            from status where account_id = $1 and id >= $2 and id < $3
            group by 1""",
            row -> new Month(row.getInteger("month"), row.getInteger("statuses"), row.getInteger("standalone"), row.getInteger("replies"),
                row.getInteger("reblogs"), row.getInteger("polls")), accountId, span.firstId, span.endId);
    }

    /** What kind of person that is, as Mastodon puts it. */
    private static String archetype(List<Month> months) {
        int standalone = months.stream().mapToInt(Month::standalone).sum();
        int replies = months.stream().mapToInt(Month::replies).sum();
        int reblogs = months.stream().mapToInt(Month::reblogs).sum();
        int polls = months.stream().mapToInt(Month::polls).sum();
        if (standalone + replies + reblogs < AVERAGE_POSTS) {
            return "lurker";
        }
        if (reblogs > standalone * 2) {
            return "booster";
        }
        if (polls > standalone * 0.1) {
            return "pollster";
        }
        return replies > standalone * 2 ? "replier" : "oracle";
    }

    /** Three different posts; null where none was ever boosted, liked, answered. Indexes: status_by_account, status_counter_pkey. */
    private JsonObject topStatuses(long accountId, Span span) {
        return database.first("""
            with counted as materialized (
              select status.id, reblogs_count, favourites_count, replies_count
              from status join status_counter on status_counter.status_id = status.id
              where account_id = $1 and id >= $2 and id < $3 and reblog_of_id is null and visibility in ('public', 'unlisted')),
            boosted as (select id from counted where reblogs_count > 0 order by reblogs_count desc, id limit 1),
            liked as (select id from counted where favourites_count > 0 and id not in (select id from boosted) order by favourites_count desc, id limit 1),
            answered as (select id from counted where replies_count > 0 and id not in (select id from boosted union all select id from liked)
                         order by replies_count desc, id limit 1)
            select (select id from boosted)::text as boosted, (select id from liked)::text as liked, (select id from answered)::text as answered""",
            row -> new JsonObject().put("by_reblogs", row.getString("boosted")).put("by_favourites", row.getString("liked"))
                .put("by_replies", row.getString("answered")), accountId, span.firstId, span.endId).orElseThrow();
    }

    /** Indexes: follow_by_account, follow_of_target. */
    private JsonArray timeSeries(long accountId, Span span, List<Month> months) {
        record Follows(int month, int following, int followers) {
        }
        Map<Integer, Follows> follows = database.list("""
            select extract(month from created_at at time zone 'UTC')::int as month,
              (count(*) filter (where account_id = $1))::int as following, (count(*) filter (where target_account_id = $1))::int as followers
            from follow where (account_id = $1 or target_account_id = $1) and created_at >= $2 and created_at < $3
            group by 1""", row -> new Follows(row.getInteger("month"), row.getInteger("following"), row.getInteger("followers")),
            accountId, span.begins, span.ends).stream().collect(Collectors.toMap(Follows::month, Function.identity()));
        Map<Integer, Month> written = months.stream().collect(Collectors.toMap(Month::month, Function.identity()));
        List<JsonObject> series = new ArrayList<>();
        IntStream.rangeClosed(1, 12).forEach(month -> {
            Follows met = follows.getOrDefault(month, new Follows(month, 0, 0));
            series.add(new JsonObject().put("month", month).put("statuses", written.containsKey(month) ? written.get(month).statuses() : 0)
                .put("following", met.following()).put("followers", met.followers()));
        });
        return new JsonArray(series);
    }

    /** Those used more than once. Indexes: status_by_account, status_tag_by_status. */
    private JsonArray topHashtags(long accountId, Span span) {
        return new JsonArray(database.list("""
            select tag.display_name as name, count(*)::int as uses
            from status join status_tag on status_tag.status_id = status.id join tag on tag.id = status_tag.tag_id
            where status.account_id = $1 and status.id >= $2 and status.id < $3 and reblog_of_id is null
            group by tag.id having count(*) > 1
            order by uses desc, name limit %d""".formatted(HASHTAGS),
            row -> new JsonObject().put("name", row.getString("name")).put("count", row.getInteger("uses")), accountId, span.firstId, span.endId));
    }
}
