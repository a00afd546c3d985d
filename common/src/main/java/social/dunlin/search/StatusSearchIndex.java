package social.dunlin.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import social.dunlin.database.Database;
import social.dunlin.text.HtmlToText;

/** Keeps the words of posts: warning, text, answers of a poll, descriptions of media. Who finds them is decided when they search. */
@ApplicationScoped
public class StatusSearchIndex {
    private final Database database;

    public StatusSearchIndex(Database database) {
        this.database = database;
    }

    /** In the transaction that writes the post, after everything else of it. Boosts have no words. */
    public void write(long statusId) {
        write(List.of(statusId));
    }

    /** As {@link #write(long)} for new posts whose text is at hand. */
    public void write(Map<Long, Text> texts) {
        insert(texts.keySet().toArray(Long[]::new), texts.values().stream().map(StatusSearchIndex::vector).toArray(String[]::new));
    }

    /**
     * The text of a post.
     *
     * @param html  its content
     * @param plain what else of it is looked through
     */
    public record Text(String html, List<String> plain) {
    }

    /** Its words as {@code status_search.words} takes them, for who writes the post and them by one statement. */
    public static String vector(Text text) {
        return SearchText.vector(HtmlToText.convert(text.html) + "\n"
            + String.join("\n", text.plain));
    }

    private void write(Collection<Long> statusIds) {
        List<Object[]> rows = database.list("""
            select status.id, concat_ws(E'\\n', status.title, status.spoiler_text, array_to_string(poll.options, E'\\n'), media.descriptions) as plain,
              status.content
            from status
            left join poll on poll.status_id = status.id
            left join lateral (select string_agg(description, E'\\n' order by position, id) as descriptions
                               from media_attachment where media_attachment.status_id = status.id) media on true
            where status.id = any((select $1::bigint[])::bigint[]) and status.reblog_of_id is null""",
            row -> new Object[] {row.getLong("id"), vector(new Text(row.getString("content"), List.of(row.getString("plain"))))},
            (Object) statusIds.toArray(Long[]::new));
        insert(rows.stream().map(row -> (Long) row[0]).toArray(Long[]::new), rows.stream().map(row -> (String) row[1]).toArray(String[]::new));
    }

    private void insert(Long[] ids, String[] words) {
        if (ids.length > 0) {
            database.send("""
                insert into status_search (status_id, words)
                select id, words::tsvector from unnest($1::bigint[], $2::text[]) as found (id, words)
                on conflict (status_id) do update set words = excluded.words""", ids, words);
        }
    }

    /** Adds posts that have no words yet, newest first, below this id; gives the lowest looked at, 0 at the end. Index: status_pkey. */
    long fill(long below, int atOnce) {
        List<Long> ids = database.list("select id from status where id < $1 order by id desc limit $2", row -> row.getLong("id"), below, atOnce);
        List<Long> missing = database.list("""
            select wanted.id from unnest($1::bigint[]) as wanted (id)
            where not exists (select from status_search where status_search.status_id = wanted.id)""", row -> row.getLong("id"), (Object) ids.toArray(Long[]::new));
        if (!missing.isEmpty()) {
            // A post deleted meanwhile must not come back as words.
            database.transaction(() -> {
                database.list("select id from status where id = any((select $1::bigint[])::bigint[]) order by id for key share", row -> null, (Object) missing.toArray(Long[]::new));
                write(missing);
            });
        }
        return ids.size() < atOnce ? 0 : ids.getLast();
    }
}
