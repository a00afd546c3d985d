package social.dunlin.timeline;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;
import social.dunlin.status.Visibility;
import social.dunlin.visibility.StatusVisibility;

/** In which of the lists that people watch live a post stands, by the same rules as {@link Timelines}. */
@ApplicationScoped
public class StreamedPosts {
    private final Database database;
    private final StatusVisibility visibility;

    public StreamedPosts(Database database, StatusVisibility visibility) {
        this.database = database;
        this.visibility = visibility;
    }

    /**
     * Where a post stands.
     *
     * @param news      written within the last hours: what is older comes into lists without being announced
     * @param limited   its author is shown in public lists to followers only
     * @param domainId  the served domain of a local author; 0 = remote
     * @param inPublic  stands in the public lists: no boost, no answer to others
     * @param original  no boost: stands in the lists of its hashtags
     * @param tags      normalised names
     * @param home      those of the accounts asked for in whose home feed it is
     * @param mentioned those of the accounts asked for that it mentions
     */
    public record Place(long authorId, Visibility visibility, boolean news, boolean limited, boolean local, long domainId, boolean inPublic,
                        boolean original, boolean media, List<String> tags, Set<Long> home, Set<Long> mentioned) {
    }

    /** Indexes: status_tag_by_status, home_entry_of_status, the primary keys of status and mention. */
    public Optional<Place> place(long statusId, Collection<Long> accountIds) {
        return database.first("""
            select status.account_id, status.visibility, status.created_at > now() - interval '6 hours' as news,
              author.silenced_at is not null as limited, status.local, coalesce(author.domain_id, 0) as domain_id,
              status.reblog_of_id is null and %s as in_public, status.reblog_of_id is null as original, %s as media,
              array(select tag.name from status_tag join tag on tag.id = status_tag.tag_id where status_tag.status_id = status.id) as tags,
              array(select home_entry.account_id from home_entry
                    where home_entry.status_id = status.id and home_entry.account_id = any((select $2::bigint[])::bigint[])) as home,
              array(select mention.account_id from mention
                    where mention.status_id = status.id and not mention.silent and mention.account_id = any((select $2::bigint[])::bigint[])) as mentioned
            from status join account author on author.id = status.account_id
            where status.id = $1""".formatted(Timelines.NO_ANSWER, Timelines.HAS_MEDIA), StreamedPosts::place, statusId, ids(accountIds));
    }

    private static Place place(Row row) {
        return new Place(row.getLong("account_id"), Visibility.ofApiName(row.getString("visibility")).orElseThrow(), row.getBoolean("news"),
            row.getBoolean("limited"), row.getBoolean("local"), row.getLong("domain_id"), row.getBoolean("in_public"), row.getBoolean("original"),
            row.getBoolean("media"), Rows.strings(row, "tags"), Set.of(row.getArrayOfLongs("home")), Set.of(row.getArrayOfLongs("mentioned")));
    }

    /** Those of the accounts that may see the post and have not hidden it by a block or mute. */
    public Set<Long> readersOf(long statusId, Collection<Long> accountIds) {
        return visibility.readersOf(statusId, accountIds);
    }

    /** Those of the accounts that follow this one, and itself. Index: the unique key of follow. */
    public Set<Long> followersOf(long accountId, Collection<Long> accountIds) {
        if (accountIds.isEmpty()) {
            return Set.of();
        }
        return database.list("""
            select account_id from follow where target_account_id = $1 and account_id = any((select $2::bigint[])::bigint[])
            union select $1::bigint where $1 = any($2)""",
            row -> row.getLong("account_id"), accountId, ids(accountIds)).stream().collect(Collectors.toSet());
    }

    /** The normalised names of hashtags. */
    public Set<String> tagNames(Collection<Long> tagIds) {
        if (tagIds.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(database.list("select name from tag where id = any((select $1::bigint[])::bigint[])", row -> row.getString("name"), (Object) ids(tagIds)));
    }

    private static Long[] ids(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }
}
