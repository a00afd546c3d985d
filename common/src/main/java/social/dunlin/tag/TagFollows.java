package social.dunlin.tag;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.search.FoundTag;
import social.dunlin.text.Hashtag;

/** Hashtags that readers follow; {@link social.dunlin.timeline.HomeFeedStore} brings their posts home. */
@ApplicationScoped
public class TagFollows {
    private static final int FOLLOWED = 1_000;

    private final Database database;

    public TagFollows(Database database) {
        this.database = database;
    }

    /** A hashtag that is followed. @param relationId the cursor of the list */
    public record FollowedTag(long relationId, FoundTag tag) {
    }

    /** Newest first. Index: tag_follow_account_id_tag_id_key. */
    public List<FollowedTag> list(long accountId, Page page) {
        List<FollowedTag> found = database.list("""
            select tag_follow.id as relation_id, tag.id, tag.name, tag.display_name
            from tag_follow join tag on tag.id = tag_follow.tag_id
            where tag_follow.account_id = $1 and tag_follow.id < $2 and tag_follow.id > $3
            order by tag_follow.id %s limit $4""".formatted(page.direction()),
            row -> new FollowedTag(row.getLong("relation_id"), new FoundTag(row.getLong("id"), row.getString("name"), row.getString("display_name"))),
            accountId, page.before(), page.after(), page.limit());
        return page.ascending() ? found.reversed() : found;
    }

    /** What hashtags are to somebody. */
    public record Ties(Set<Long> followed, Set<Long> featured) {
        public static final Ties NONE = new Ties(Set.of(), Set.of());
    }

    /** Those of the hashtags that the account follows, and those it shows on its profile. Indexes: tag_follow's and featured_tag's keys. */
    public Ties tiesOf(long accountId, Collection<Long> tagIds) {
        if (tagIds.isEmpty()) {
            return Ties.NONE;
        }
        Map<Boolean, Set<Long>> ties = database.list("""
                select tag_id, true as followed from tag_follow where account_id = $1 and tag_id = any((select $2::bigint[])::bigint[])
                union all select tag_id, false from featured_tag where account_id = $1 and tag_id = any((select $2::bigint[])::bigint[])""",
                row -> Map.entry(row.getBoolean("followed"), row.getLong("tag_id")), accountId, tagIds.toArray(Long[]::new))
            .stream().collect(Collectors.partitioningBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        return new Ties(ties.get(true), ties.get(false));
    }

    /** Again changes nothing. */
    public void follow(long accountId, Hashtag hashtag) {
        database.transaction(() -> {
            database.list("select id from account where id = $1 for update", row -> null, accountId);
            database.execute("insert into tag (name, display_name) values ($1, $2) on conflict do nothing", hashtag.normalised(), hashtag.display());
            database.execute("""
                insert into tag_follow (account_id, tag_id) select $1, id from tag where name = $2
                on conflict do nothing""", accountId, hashtag.normalised());
            if (database.first("select count(*)::int as followed from tag_follow where account_id = $1", row -> row.getInteger("followed"), accountId)
                    .orElse(0) > FOLLOWED) {
                throw Refusal.invalid("You have reached the maximum number of followed hashtags");
            }
        });
    }

    /** Takes out of home what came by this hashtag alone: posts of others that neither a follow nor another followed hashtag brings. */
    public void unfollow(long accountId, Hashtag hashtag) {
        database.transaction(() -> {
            int ended = database.execute("""
                delete from tag_follow using tag
                where tag_follow.tag_id = tag.id and tag_follow.account_id = $1 and tag.name = $2""", accountId, hashtag.normalised());
            if (ended > 0) {
                database.execute("""
                    delete from home_entry using status, status_tag, tag
                    where home_entry.account_id = $1 and status.id = home_entry.status_id and status_tag.status_id = status.id
                      and tag.id = status_tag.tag_id and tag.name = $2 and status.account_id <> $1
                      and not exists (select from follow where follow.account_id = $1 and follow.target_account_id = status.account_id)
                      and not exists (select from status_tag other join tag_follow on tag_follow.tag_id = other.tag_id
                                      where other.status_id = status.id and tag_follow.account_id = $1)""", accountId, hashtag.normalised());
            }
        });
    }
}
