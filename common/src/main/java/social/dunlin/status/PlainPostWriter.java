package social.dunlin.status;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;
import social.dunlin.status.PublishedPost.Fresh;
import social.dunlin.status.StatusDetails.Application;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusGlance.AuthorCounts;
import social.dunlin.text.Hashtag;
import social.dunlin.timeline.HomeFeedStore;
import social.dunlin.visibility.QuoteVisibility;

/** SQL that writes a post of ours which has nothing but text and hashtags, with all that belongs to it, and puts it into the feeds. */
@ApplicationScoped
class PlainPostWriter {
    /** Parameters 1 to 23 are the function's, migration 0085; 24 is for the feeds. */
    private static final String WRITTEN = """
        with post as materialized (
          select * from write_plain_post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) as written
          where written.id is not null
        ), feeds as (%s)
        select * from post""";
    private static final String POST = WRITTEN.formatted(HomeFeedStore.addPlain("post", "$2::bigint", "$10::text", "$24::bigint", false));
    private static final String TAGGED_POST = WRITTEN.formatted(HomeFeedStore.addPlain("post", "$2::bigint", "$10::text", "$24::bigint", true));

    private final Database database;

    PlainPostWriter(Database database) {
        this.database = database;
    }

    /**
     * One statement, which is a transaction of its own where there is none.
     *
     * @param words for the search, see {@link social.dunlin.search.StatusSearchIndex}
     * @param key   that makes a repeated request known; null = none
     * @return nothing when the author is not as was said or the key is taken: then nothing is written
     */
    Optional<Fresh> insert(StatusWriter.Row post, Authors.Author author, Collection<Hashtag> hashtags, String words, String key) {
        Map<String, String> displayByName = new TreeMap<>();
        hashtags.forEach(hashtag -> displayByName.putIfAbsent(hashtag.normalised(), hashtag.display()));
        boolean staysHere = !post.visibility().federates();
        boolean forFollowersOfTags = !displayByName.isEmpty() && (post.visibility() == Visibility.PUBLIC || post.visibility() == Visibility.LOCAL);
        return database.first(forFollowersOfTags ? TAGGED_POST : POST, row -> fresh(post.id(), author, row),
            post.id(), post.accountId(), post.uri(), post.url(), post.visibility().apiName(), post.spoilerText(), post.content(),
            post.textSource(), post.contentType(), post.language(), post.sensitive(), post.quotePolicy(), post.applicationId(), post.createdAt(), words, key,
            displayByName.keySet().toArray(String[]::new), displayByName.values().toArray(String[]::new),
            author.version(), author.settingVersion(), author.isWatched(), author.isHeardElsewhere(), author.isRelayed(),
            staysHere ? (Long) author.account().domainId().orElseThrow() : null);
    }

    private static Fresh fresh(long id, Authors.Author author, Row row) {
        return new Fresh(author.account(), new StatusGlance(id, author.account().id(), OptionalLong.empty(), Long.parseLong(row.getString("version")),
            Long.parseLong(author.version()), 0, 0, 0, 0,
            new AuthorCounts(row.getInteger("statuses_count"), row.getInteger("followers_count"), row.getInteger("following_count"),
                Rows.instant(row, "last_status_at")),
            new Flags(false, false, false, false, false), new QuoteVisibility.Standing(false, false)),
            List.of(row.getArrayOfStrings("tags")),
            row.getString("application_name") == null ? null : new Application(row.getString("application_name"), row.getString("application_website")));
    }
}
