package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import social.dunlin.database.Database;
import social.dunlin.text.Hashtag;

/** SQL that writes a new post of ours with all that nearly every post has: thread, counters, words, hashtags. In the caller's transaction. */
@ApplicationScoped
class NewPostWriter {
    private static final String BEGIN = "with begun as (insert into conversation (id) select $15::bigint where $27::boolean), " + StatusWriter.POST + """
        , words as (
          insert into status_search (status_id, words) select id, $28::text::tsvector from post where $28::text is not null
        )""";

    /** Names that are new are added in one order everywhere, so that two posts cannot lock each other out. */
    private static final String TAGS = """
        , given as (
          select * from unnest((select $29::text[]), (select $30::text[])) as given (name, display)
        ), new_tag as (
          insert into tag (name, display_name) select name, display from given where not exists (select from tag where tag.name = given.name)
          on conflict do nothing
          returning id, name
        ), named as (
          select id, name from tag where tag.name = any((select $29::text[])::text[]) union all select id, name from new_tag
        ), tagged as (
          insert into status_tag (status_id, tag_id) select post.id, named.id from post, named
        )
        select pg_current_xact_id()::xid::text as version, array(select name from named order by name) as tags from post""";
    private static final String NO_TAGS = " select pg_current_xact_id()::xid::text as version, '{}'::text[] as tags from post";

    private static final String PLAIN = BEGIN + NO_TAGS;
    private static final String TAGGED = BEGIN + TAGS;

    private final Database database;
    private final StatusWriter writer;
    private final StatusPartsWriter parts;

    NewPostWriter(Database database, StatusWriter writer, StatusPartsWriter parts) {
        this.database = database;
        this.writer = writer;
        this.parts = parts;
    }

    /**
     * @param version that of the row, as {@link StatusGlance} has it
     * @param tags    names of its hashtags, in PostgreSQL's order
     */
    record Written(long version, List<String> tags) {
    }

    /**
     * One statement; one more for an answer, and for a hashtag that somebody else adds for the first time at this moment.
     * Indexes: the unique index of tag's names.
     *
     * @param words for the search, see {@link social.dunlin.search.StatusSearchIndex}; null when they are written later
     */
    Written insert(StatusWriter.Row row, Collection<Hashtag> hashtags, String words) {
        Map<String, String> displayByName = new TreeMap<>();
        hashtags.forEach(hashtag -> displayByName.putIfAbsent(hashtag.normalised(), hashtag.display()));
        Object[] values = row.values();
        Object[] parameters = Arrays.copyOf(values, values.length + (displayByName.isEmpty() ? 2 : 4));
        parameters[values.length] = row.parent() == null;
        parameters[values.length + 1] = words;
        if (!displayByName.isEmpty()) {
            parameters[values.length + 2] = displayByName.keySet().toArray(String[]::new);
            parameters[values.length + 3] = displayByName.values().toArray(String[]::new);
        }
        Written written = database.first(displayByName.isEmpty() ? PLAIN : TAGGED,
            found -> new Written(Long.parseLong(found.getString("version")), List.of(found.getArrayOfStrings("tags"))), parameters).orElseThrow();
        if (row.parent() != null && StatusWriter.countsAsReply(row.visibility())) {
            writer.count(row.parent().id(), StatusWriter.Counter.REPLIES, 1);
        }
        if (written.tags.size() < displayByName.size()) {
            parts.addTags(row.id(), hashtags);
            return new Written(0, List.of());
        }
        return written;
    }
}
