package social.dunlin.federation.worker.inbox;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import social.dunlin.database.Database;
import social.dunlin.text.HtmlToText;

/** What a received document has changed, in words. */
final class Effects {
    private static final List<String> COUNTED = List.of("follow", "follow_request", "block", "favourite", "emoji_reaction", "dislike",
        "poll", "poll_vote", "status_pin", "featured_tag", "report", "community_action", "tombstone", "notification");

    private final Database database;
    private final Map<String, Long> before;
    private final List<String> tallies;
    private final List<String> failures;
    private final Instant begun;

    Effects(Database database) {
        this.database = database;
        this.before = counts();
        this.tallies = tallies();
        this.failures = failures();
        this.begun = database.first("select now() as now", row -> row.getOffsetDateTime("now").toInstant()).orElseThrow();
        database.execute("create temporary table if not exists earlier_status on commit drop as select id, content, edited_at, title, group_account_id from status");
        database.execute("create temporary table if not exists earlier_account on commit drop as select id, updated_at, deleted_at, moved_to_id from account");
    }

    private List<String> tallies() {
        return database.list("select array_to_string(tallies, '/') as tallies from poll order by id", row -> row.getString("tallies"));
    }

    private List<String> failures() {
        return database.list("select uri from fetch_failure order by uri", row -> row.getString("uri"));
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        COUNTED.forEach(table -> counts.put(table, database.first("select count(*) as number from " + table, row -> row.getLong("number")).orElseThrow()));
        return counts;
    }

    List<String> described() {
        List<String> effects = new ArrayList<>(database.list("""
            select id from status where not exists (select from earlier_status where earlier_status.id = status.id) order by id""",
            row -> post(row.getLong("id"), "post ")));
        effects.addAll(database.list("""
            select status.id from status join earlier_status using (id)
            where (status.content, status.edited_at, status.title, status.group_account_id)
              is distinct from (earlier_status.content, earlier_status.edited_at, earlier_status.title, earlier_status.group_account_id)
            order by id""", row -> post(row.getLong("id"), "changed post ")));
        effects.addAll(database.list("select id from earlier_status where not exists (select from status where status.id = earlier_status.id) order by id",
            row -> "post gone"));
        effects.addAll(database.list("""
            select account.deleted_at is not null as deleted, account.moved_to_id is not null as moved, account.id from account
            left join earlier_account using (id)
            where (account.updated_at, account.deleted_at, account.moved_to_id) is distinct from
              (earlier_account.updated_at, earlier_account.deleted_at, earlier_account.moved_to_id) order by id""",
            row -> row.getBoolean("deleted") ? "account deleted" : row.getBoolean("moved") ? "account moved" : account(row.getLong("id"))));
        counts().forEach((table, number) -> {
            long change = number - before.get(table);
            if (change != 0) {
                effects.add((change > 0 ? "+" : "-") + Math.abs(change) + " " + table.replace('_', ' '));
            }
        });
        effects.addAll(database.list("select (body::jsonb)->>'type' as type from outgoing_activity where created_at >= $1 order by id",
            row -> "answers " + row.getString("type"), begun));
        if (tallies.size() == tallies().size() && !tallies.equals(tallies())) {
            effects.add("poll counted anew");
        }
        if (effects.isEmpty()) {
            effects.add(failures.equals(failures()) ? "without effect" : "asks the origin, which is out of reach in this test");
        }
        return effects;
    }

    private String post(long id, String word) {
        return database.first("""
            select status.*, account.uri as author, account_group.uri as community,
              (select string_agg(tag.name, ' ' order by tag.name) from status_tag join tag on tag.id = tag_id where status_id = status.id) as tags,
              (select count(*) from mention where status_id = status.id) as mentions,
              (select string_agg(coalesce(content_type, type) || coalesce(' "' || left(description, 20) || '"', ''), ', ' order by position)
               from media_attachment where status_id = status.id) as media,
              (select array_to_string(options, ' / ') || case when multiple then ' (several)' else '' end || ' ' || array_to_string(tallies, '/')
               from poll where status_id = status.id) as poll,
              (select quoted_uri from quote where status_id = status.id) as quoted
            from status join account on account.id = status.account_id
            left join account account_group on account_group.id = status.group_account_id
            where status.id = $1""", row -> {
                StringJoiner fields = new StringJoiner("; ", word, "");
                fields.add(row.getLong("reblog_of_id") != null ? "boost" : row.getString("object_type").isEmpty() ? "without a type" : row.getString("object_type"));
                fields.add(row.getString("visibility"));
                add(fields, "title", row.getString("title"));
                add(fields, "warning", row.getString("spoiler_text"));
                add(fields, "text", shortened(HtmlToText.convert(row.getString("content"))));
                add(fields, "language", row.getString("language"));
                add(fields, "sensitive", row.getBoolean("sensitive") ? "yes" : null);
                add(fields, "page", row.getString("url"));
                add(fields, "answers", row.getString("in_reply_to_uri"));
                add(fields, "tags", row.getString("tags"));
                add(fields, "mentions", row.getLong("mentions") == 0 ? null : row.getLong("mentions").toString());
                add(fields, "emojis", String.join(" ", row.getArrayOfStrings("emojis")));
                add(fields, "media", row.getString("media"));
                add(fields, "poll", row.getString("poll"));
                add(fields, "quotes", row.getString("quoted"));
                add(fields, "source", row.getString("content_type"));
                add(fields, "community", row.getString("community"));
                Instant created = row.getOffsetDateTime("created_at").toInstant();
                add(fields, "published", created.isBefore(begun) ? created.toString() : null);
                return fields.toString();
            }, id).orElseThrow();
    }

    private String account(long id) {
        return database.first("""
            select account.*, (select count(*) from account_key where account_id = account.id) as keys from account where id = $1""", row -> {
                StringJoiner fields = new StringJoiner("; ", "account ", "");
                fields.add(row.getString("actor_type"));
                fields.add("@" + row.getString("username") + "@" + row.getString("host"));
                add(fields, "name", row.getString("display_name"));
                add(fields, "bio", shortened(HtmlToText.convert(row.getString("note"))));
                add(fields, "page", row.getString("url"));
                add(fields, "keys", row.getLong("keys").toString());
                int number = new JsonArray(row.getValue("fields").toString()).size();
                add(fields, "fields", number == 0 ? null : Integer.toString(number));
                add(fields, "emojis", String.join(" ", row.getArrayOfStrings("emojis")));
                add(fields, "picture", row.getString("avatar_remote_url") == null ? null : "yes");
                add(fields, "locked", row.getBoolean("locked") ? "yes" : null);
                add(fields, "shared inbox", row.getString("shared_inbox_url") == null ? null : "yes");
                add(fields, "aliases", row.getArrayOfStrings("also_known_as").length == 0 ? null : Integer.toString(row.getArrayOfStrings("also_known_as").length));
                return fields.toString();
            }, id).orElseThrow();
    }

    private static void add(StringJoiner fields, String name, String value) {
        if (value != null && !value.isEmpty()) {
            fields.add(name + " " + value.replaceAll("\\s+", " "));
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 80 ? line : line.substring(0, line.offsetByCodePoints(0, Math.min(70, line.codePointCount(0, line.length())))) + "… (" + line.length() + ")";
    }
}
