package social.dunlin.status;

import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;
import social.dunlin.status.PublishedPost.Fresh;
import social.dunlin.status.StatusDetails.Application;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusGlance.AuthorCounts;
import social.dunlin.text.Hashtag;
import social.dunlin.timeline.HomeFeedStore;
import social.dunlin.visibility.QuoteVisibility;

/** SQL that writes posts of ours which have nothing but text and hashtags, with all that belongs to them, and puts them into the feeds. */
@Singleton
class PlainPostWriter {
    /** The parameters are those of the function, migration 0087. */
    private static final String WRITTEN = """
        with written as materialized (
          select * from write_plain_posts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
        ), feeds as (%s)
        select * from written""";
    private static final String TAGS = "$18::bigint[], $19::text[]";
    private static final String POSTS = WRITTEN.formatted(HomeFeedStore.addPlain("written", false, null));
    private static final String HIDDEN_POSTS = WRITTEN.formatted(HomeFeedStore.addPlain("written", true, null));
    private static final String TAGGED_POSTS = WRITTEN.formatted(HomeFeedStore.addPlain("written", false, TAGS));
    private static final String HIDDEN_TAGGED_POSTS = WRITTEN.formatted(HomeFeedStore.addPlain("written", true, TAGS));

    private final Database database;

    PlainPostWriter(Database database) {
        this.database = database;
    }

    /**
     * A post to be written.
     *
     * @param words for the search, see {@link social.dunlin.search.StatusSearchIndex}
     * @param key   that makes a repeated request known; null = none
     */
    record Wanted(StatusWriter.Row row, Authors.Author author, Map<String, String> displayByTag, String words, String key) {
        static Wanted of(StatusWriter.Row row, Authors.Author author, Collection<Hashtag> hashtags, String words, String key) {
            Map<String, String> displayByTag = new TreeMap<>();
            hashtags.forEach(hashtag -> displayByTag.putIfAbsent(hashtag.normalised(), hashtag.display()));
            return new Wanted(row, author, displayByTag, words, key);
        }

        private boolean isForFollowersOfTags() {
            return !displayByTag.isEmpty() && (row.visibility() == Visibility.PUBLIC || row.visibility() == Visibility.LOCAL);
        }
    }

    /**
     * One statement, which is a transaction of its own where there is none.
     *
     * @return what was written, in their order; nothing when one of the authors is not as was said or a key is taken: then
     *         nothing is written
     */
    List<Fresh> insert(List<Wanted> posts) {
        List<Long> tagged = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> displays = new ArrayList<>();
        for (Wanted post : posts) {
            post.displayByTag.forEach((name, display) -> {
                tagged.add(post.row.id());
                names.add(name);
                displays.add(display);
            });
        }
        Map<Long, Row> rows = new HashMap<>();
        database.list(statement(posts), row -> rows.put(row.getLong("id"), row),
            column(posts, Long[]::new, post -> post.row.id()), column(posts, Long[]::new, post -> post.row.accountId()),
            column(posts, String[]::new, post -> post.row.uri()), column(posts, String[]::new, post -> post.row.url()),
            column(posts, String[]::new, post -> post.row.visibility().apiName()), column(posts, String[]::new, post -> post.row.spoilerText()),
            column(posts, String[]::new, post -> post.row.content()), column(posts, String[]::new, post -> post.row.textSource()),
            column(posts, String[]::new, post -> post.row.contentType()), column(posts, String[]::new, post -> post.row.language()),
            column(posts, Boolean[]::new, post -> post.row.sensitive()), column(posts, String[]::new, post -> post.row.quotePolicy()),
            column(posts, Long[]::new, post -> post.row.applicationId()),
            column(posts, OffsetDateTime[]::new, post -> post.row.createdAt().atOffset(ZoneOffset.UTC)),
            column(posts, String[]::new, Wanted::words), orNull(column(posts, String[]::new, Wanted::key)),
            column(posts, Long[]::new, post -> post.row.visibility().federates() ? null : (Long) post.author.account().domainId().orElseThrow()),
            tagged.isEmpty() ? null : tagged.toArray(Long[]::new), names.toArray(String[]::new), displays.toArray(String[]::new),
            column(posts, String[]::new, post -> post.author.version()), column(posts, String[]::new, post -> post.author.settingVersion()),
            column(posts, Boolean[]::new, post -> post.author.isWatched()), column(posts, Boolean[]::new, post -> post.author.isHeardElsewhere()),
            column(posts, Boolean[]::new, post -> post.author.isHidden()), column(posts, Boolean[]::new, post -> post.author.isRelayed()));
        return rows.isEmpty() ? List.of() : posts.stream().map(post -> fresh(post, rows.get(post.row.id()))).toList();
    }

    private static String statement(List<Wanted> posts) {
        boolean hidden = posts.stream().anyMatch(post -> post.author.isHidden());
        return posts.stream().anyMatch(Wanted::isForFollowersOfTags) ? hidden ? HIDDEN_TAGGED_POSTS : TAGGED_POSTS : hidden ? HIDDEN_POSTS : POSTS;
    }

    private static <T> T[] column(List<Wanted> posts, IntFunction<T[]> array, Function<Wanted, T> value) {
        return posts.stream().map(value).toArray(array);
    }

    private static String[] orNull(String[] keys) {
        for (String key : keys) {
            if (key != null) {
                return keys;
            }
        }
        return null;
    }

    private static Fresh fresh(Wanted post, Row row) {
        String[] tags = row.getArrayOfStrings("tags");
        Account author = post.author.account();
        return new Fresh(author, new StatusGlance(post.row.id(), author.id(), OptionalLong.empty(), Long.parseLong(row.getString("version")),
            Long.parseLong(post.author.version()), 0, 0, 0, 0,
            new AuthorCounts(row.getInteger("statuses_count"), row.getInteger("followers_count"), row.getInteger("following_count"),
                Rows.instant(row, "last_status_at")),
            new Flags(false, false, false, false, false), new QuoteVisibility.Standing(false, false)),
            tags == null ? List.of() : List.of(tags),
            row.getString("application_name") == null ? null : new Application(row.getString("application_name"), row.getString("application_website")));
    }
}
