package social.dunlin.status;

import static social.dunlin.database.Rows.instant;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus.NewPoll;

/** SQL of posts that wait for their time. */
@ApplicationScoped
class ScheduledStatusStore {
    private static final String SELECT = "select id, account_id, scheduled_at, post, media_ids, application_id from scheduled_status ";

    private final Database database;

    ScheduledStatusStore(Database database) {
        this.database = database;
    }

    void insert(ScheduledStatus scheduled) {
        NewStatus post = scheduled.post();
        Long[] media = post.mediaIds().toArray(Long[]::new);
        database.execute("insert into scheduled_status (id, account_id, scheduled_at, post, media_ids, application_id) values ($1, $2, $3, $4, $5, $6)",
            scheduled.id(), scheduled.accountId(), scheduled.scheduledAt(), write(post), media, post.applicationId());
        database.execute("update media_attachment set scheduled_status_id = $1 where id = any($2)", scheduled.id(), media);
    }

    /** How many wait in all, and how many for the same day (UTC). @param except one that does not count */
    record Waiting(int all, int sameDay) {
    }

    /** Until the transaction ends, nobody else adds one of this account's. Index: scheduled_status_by_account. */
    Waiting waitingWithLock(long accountId, Instant day, long except) {
        database.list("select id from account where id = $1 for no key update", row -> null, accountId);
        return database.first("""
            select count(*)::int as waiting,
              (count(*) filter (where (scheduled_at at time zone 'UTC')::date = ($2::timestamptz at time zone 'UTC')::date))::int as same_day
            from scheduled_status where account_id = $1 and id <> $3""",
            row -> new Waiting(row.getInteger("waiting"), row.getInteger("same_day")), accountId, day, except).orElseThrow();
    }

    Optional<ScheduledStatus> byId(long id) {
        return database.first(SELECT + "where id = $1", ScheduledStatusStore::map, id);
    }

    /** Index: scheduled_status_by_account. */
    List<ScheduledStatus> ofAccount(long accountId, Page page) {
        List<ScheduledStatus> found = database.list(SELECT + """
            where account_id = $1 and id < $2 and id > $3
            order by id %s limit $4""".formatted(page.direction()), ScheduledStatusStore::map, accountId, page.before(), page.after(), page.limit());
        return page.ascending() ? found.reversed() : found;
    }

    boolean move(long accountId, long id, Instant scheduledAt) {
        return database.execute("update scheduled_status set scheduled_at = $3 where id = $2 and account_id = $1", accountId, id, scheduledAt) > 0;
    }

    /** True for the one who took it out. Its attachments are free again. */
    boolean remove(long accountId, long id) {
        return database.execute("delete from scheduled_status where id = $2 and account_id = $1", accountId, id) > 0;
    }

    private static JsonObject write(NewStatus post) {
        JsonObject json = new JsonObject().put("text", post.text()).put("spoiler_text", post.spoilerText()).put("content_type", post.contentType())
            .put("visibility", post.visibility() == null ? null : post.visibility().apiName()).put("sensitive", post.sensitive())
            .put("language", post.language()).put("in_reply_to_id", post.inReplyToId()).put("quoted_status_id", post.quotedStatusId())
            .put("quote_policy", post.quotePolicy());
        if (post.poll() != null) {
            json.put("poll", new JsonObject().put("options", new JsonArray(post.poll().options())).put("expires_in", post.poll().expiresIn().toSeconds())
                .put("multiple", post.poll().multiple()).put("hide_totals", post.poll().hideTotals()));
        }
        return json;
    }

    private static ScheduledStatus map(Row row) {
        JsonObject json = row.getJsonObject("post");
        JsonObject poll = json.getJsonObject("poll");
        return new ScheduledStatus(row.getLong("id"), row.getLong("account_id"), instant(row, "scheduled_at"), new NewStatus(
            json.getString("text"), json.getString("spoiler_text"), json.getString("content_type"),
            Optional.ofNullable(json.getString("visibility")).flatMap(Visibility::ofApiName).orElse(null),
            json.getBoolean("sensitive"), json.getString("language"), json.getLong("in_reply_to_id"), json.getLong("quoted_status_id"),
            json.getString("quote_policy"), List.of(row.getArrayOfLongs("media_ids")), poll == null ? null : poll(poll), null,
            row.getLong("application_id"), null));
    }

    private static NewPoll poll(JsonObject json) {
        return new NewPoll(json.getJsonArray("options").stream().map(Object::toString).toList(),
            Duration.ofSeconds(json.getLong("expires_in")), json.getBoolean("multiple"), json.getBoolean("hide_totals"));
    }
}
