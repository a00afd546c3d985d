package social.dunlin.status;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.search.FoundTag;
import social.dunlin.text.Hashtag;

/** SQL of the hashtags that accounts show on their profiles, local and remote ones alike. */
@ApplicationScoped
public class FeaturedTagStore {
    private static final int RECENT_POSTS = 1000;

    private final Database database;

    public FeaturedTagStore(Database database) {
        this.database = database;
    }

    /** True when it is new; false when it was there, or the account has {@code maximum} already. Index: featured_tag_pkey. */
    boolean feature(long accountId, Hashtag hashtag, int maximum) {
        return database.transaction(() -> {
            database.execute("insert into tag (name, display_name) values ($1, $2) on conflict do nothing", hashtag.normalised(), hashtag.display());
            return database.execute("""
                insert into featured_tag (account_id, tag_id) select $1, tag.id from tag
                where tag.name = $2 and (select count(*) from featured_tag where account_id = $1) < $3
                on conflict do nothing""", accountId, hashtag.normalised(), maximum) > 0;
        });
    }

    /** True when it was featured. */
    boolean unfeature(long accountId, Hashtag hashtag) {
        return database.execute("""
            delete from featured_tag using tag
            where featured_tag.account_id = $1 and tag.id = featured_tag.tag_id and tag.name = $2""", accountId, hashtag.normalised()) > 0;
    }

    /** Most used first, with numbers of this very moment. Indexes: featured_tag_pkey, status_by_account, status_tag_by_status. */
    public List<FeaturedTag> of(long accountId) {
        return database.list("""
            select featured_tag.id, tag.display_name, coalesce(used.posts, 0) as posts, used.last_at
            from featured_tag
            join tag on tag.id = featured_tag.tag_id
            left join (
              select status_tag.tag_id, count(*)::int as posts, max(status.created_at) as last_at
              from status join status_tag on status_tag.status_id = status.id
              where status.account_id = $1 and status.visibility in ('public', 'unlisted') and status.reblog_of_id is null
                and status_tag.tag_id in (select featured_tag.tag_id from featured_tag where featured_tag.account_id = $1)
              group by status_tag.tag_id
            ) as used on used.tag_id = featured_tag.tag_id
            where featured_tag.account_id = $1
            order by posts desc, featured_tag.id""", FeaturedTagStore::map, accountId);
    }

    Optional<FeaturedTag> named(long accountId, Hashtag hashtag) {
        return of(accountId).stream().filter(tag -> Hashtag.normalise(tag.name()).equals(hashtag.normalised())).findFirst();
    }

    /** What the account used most in its last posts and does not feature. Indexes: status_by_account, status_tag_by_status. */
    List<FoundTag> suggestions(long accountId, int limit) {
        return database.list("""
            select tag.id, tag.name, tag.display_name
            from (
              select status_tag.tag_id, count(*) as uses
              from (select id from status
                    where account_id = $1 and reblog_of_id is null and visibility in ('public', 'unlisted')
                    order by id desc limit %d) as recent
              join status_tag on status_tag.status_id = recent.id
              group by status_tag.tag_id
            ) as used
            join tag on tag.id = used.tag_id
            where not exists (select from featured_tag where featured_tag.account_id = $1 and featured_tag.tag_id = tag.id)
            order by used.uses desc, tag.id
            limit $2""".formatted(RECENT_POSTS),
            row -> new FoundTag(row.getLong("id"), row.getString("name"), row.getString("display_name")), accountId, limit);
    }

    private static FeaturedTag map(Row row) {
        return new FeaturedTag(row.getLong("id"), row.getString("display_name"), row.getInteger("posts"), instant(row, "last_at"));
    }
}
