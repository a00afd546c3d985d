package social.dunlin.federation.worker.inbox;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.dunlin.database.Database;
import social.dunlin.testing.Village;

/** Everything in a database, told apart by what it says and not by the numbers and times it happened to get. */
final class TableContents {
    private static final Set<String> OF_THE_MOMENT = Set.of("received_at", "updated_at", "fetched_at", "run_at", "turn", "created_at", "next_run_at",
        "finished_at", "refresh_leased_until", "last_failure_at", "retry_after", "approved_at", "confirmed_at", "suspended_at", "deleted_at");
    /** Times that are the origin's. */
    private static final Set<String> PUBLISHED = Set.of("status", "account_counter");
    private static final Set<String> NUMBERED = Set.of("notification", "job", "follow", "tag", "poll", "favourite", "custom_emoji");
    /** Made anew for each database, or noted by each statement that changes something, of which a batch has fewer. */
    private static final Set<String> OWN = Set.of("migration", "account_key", "changed_row", "changed_row_horizon");
    private static final Pattern NUMBER = Pattern.compile("\\b[0-9]{10,}\\b");
    /** Groups are of an hour, which may end between two databases. */
    private static final Pattern HOUR = Pattern.compile("-[0-9]{6}$");

    private final Database database;
    private final Map<String, String> names = new HashMap<>();
    private final Map<Long, String> tags = new HashMap<>();

    private TableContents(Database database) {
        this.database = database;
        database.list("select id, uri from status", row -> names.put(row.getLong("id").toString(), row.getString("uri")));
        database.list("""
            select conversation.id, coalesce(conversation.uri, min(status.uri)) as name
            from conversation left join status on status.conversation_id = conversation.id group by conversation.id""",
            row -> names.put(row.getLong("id").toString(), "thread " + row.getString("name")));
        database.list("select id, name from tag", row -> tags.put(row.getLong("id"), row.getString("name")));
    }

    /** Rows by table, sorted; tables without rows are left out. */
    static Map<String, List<String>> of(Database database) {
        TableContents contents = new TableContents(database);
        Map<String, List<String>> tables = new TreeMap<>();
        database.list("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
            row -> row.getString("table_name")).forEach(table -> {
                List<String> rows = OWN.contains(table) ? List.of() : contents.rows(table);
                if (!rows.isEmpty()) {
                    tables.put(table, rows);
                }
            });
        return tables;
    }

    private List<String> rows(String table) {
        List<String> rows = new ArrayList<>(database.list("select to_jsonb(t)::text as row from \"%s\" t".formatted(table),
            row -> told(table, new JsonObject(row.getString("row")))));
        rows.sort(null);
        return rows;
    }

    private String told(String table, JsonObject row) {
        if (!PUBLISHED.contains(table)) {
            OF_THE_MOMENT.forEach(row::remove);
        } else {
            row.remove("received_at");
            // What somebody here wrote was written now.
            if (row.getBoolean("local", row.getLong("account_id") < Village.FRIDA)) {
                row.remove("created_at");
                row.remove("last_status_at");
            }
        }
        if (NUMBERED.contains(table)) {
            row.remove("id");
        }
        if (row.getString("group_key") != null) {
            row.put("group_key", HOUR.matcher(row.getString("group_key")).replaceFirst("-hour"));
        }
        if (row.containsKey("tag_id")) {
            row.put("tag_id", tags.get(row.getLong("tag_id")));
        }
        Matcher numbers = NUMBER.matcher(row.encode());
        return numbers.replaceAll(number -> Matcher.quoteReplacement(names.getOrDefault(number.group(), "#")));
    }
}
