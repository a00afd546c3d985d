package social.dunlin.status;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;
import social.dunlin.status.PublishedPost.Fresh;
import social.dunlin.status.StatusDetails.Application;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusGlance.AuthorCounts;
import social.dunlin.text.Hashtag;
import social.dunlin.visibility.QuoteVisibility;

/** SQL that writes a new post of ours with all that nearly every post has: thread, counters, words, hashtags. In the caller's transaction. */
@ApplicationScoped
class NewPostWriter {
    private static final String BEGIN = "with begun as (insert into conversation (id) select $15::bigint where $27::boolean), " + StatusWriter.POST + """
        , words as (
          insert into status_search (status_id, words) select id, $28::text::tsvector from post where $28::text is not null
        )""";

    /**
     * Names that are new are added in one order everywhere, so that two posts cannot lock each other out. Each is looked up by
     * itself, so that no plan reads all tags.
     */
    private static final String TAGS = """
        , given as materialized (
          select name, display, (select tag.id from tag where tag.name = given.name) as id
          from unnest((select $29::text[]), (select $30::text[])) as given (name, display)
        ), new_tag as (
          insert into tag (name, display_name) select name, display from given where id is null
          on conflict do nothing
          returning id, name
        ), named as (
          select id, name from given where id is not null union all select id, name from new_tag
        ), tagged as (
          insert into status_tag (status_id, tag_id) select post.id, named.id from post, named
        )
        select array(select name from named order by name) as tags,""";
    private static final String NO_TAGS = " select '{}'::text[] as tags,";

    private static final String KNOWN = """
         pg_current_xact_id()::xid::text as version, (select account.xmin::text from account where account.id = $2) as author_version,
         exists (select from conversation_mute muted where muted.account_id = $2 and muted.conversation_id = $15) as muted,
         author.*, application.id as application_id, application.name, application.website
        from post cross join author left join oauth_application application on application.id = $22""";

    private static final String PLAIN = BEGIN + NO_TAGS + KNOWN;
    private static final String TAGGED = BEGIN + TAGS + KNOWN;

    private final Database database;
    private final StatusWriter writer;
    private final StatusPartsWriter parts;

    NewPostWriter(Database database, StatusWriter writer, StatusPartsWriter parts) {
        this.database = database;
        this.writer = writer;
        this.parts = parts;
    }

    /**
     * One statement; one more for an answer, and for a hashtag that somebody else adds for the first time at this moment.
     * Indexes: the unique keys of
     * tag's names, account, conversation_mute and oauth_application.
     *
     * @param author who writes it
     * @param words for the search, see {@link social.dunlin.search.StatusSearchIndex}; null when they are written later
     */
    Fresh insert(StatusWriter.Row row, Account author, Collection<Hashtag> hashtags, String words) {
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
        Fresh written = database.first(displayByName.isEmpty() ? PLAIN : TAGGED, found -> fresh(row.id(), author, found), parameters).orElseThrow();
        if (row.parent() != null && StatusWriter.countsAsReply(row.visibility())) {
            writer.count(row.parent().id(), StatusWriter.Counter.REPLIES, 1);
        }
        if (written.tags().size() < displayByName.size()) {
            parts.addTags(row.id(), hashtags);
            return written.withTags(displayByName.keySet());
        }
        return written;
    }

    private static Fresh fresh(long id, Account author, Row row) {
        return new Fresh(author, new StatusGlance(id, author.id(), OptionalLong.empty(), Long.parseLong(row.getString("version")),
            Long.parseLong(row.getString("author_version")), 0, 0, 0, 0,
            new AuthorCounts(row.getInteger("statuses_count"), row.getInteger("followers_count"), row.getInteger("following_count"),
                Rows.instant(row, "last_status_at")),
            new Flags(false, false, false, row.getBoolean("muted"), false), new QuoteVisibility.Standing(false, false)),
            List.of(row.getArrayOfStrings("tags")),
            row.getLong("application_id") == null ? null : new Application(row.getString("name"), row.getString("website")));
    }
}
