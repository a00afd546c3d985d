package social.dunlin.status;

import static social.dunlin.database.Rows.instant;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.status.StatusDetails.Application;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusDetails.Mentioned;
import social.dunlin.status.StatusDetails.Quote;
import social.dunlin.status.StatusDetails.Tag;
import social.dunlin.status.StatusDetails.Version;

/** Loads what belongs to the posts of a whole page: one statement per kind, whatever the number of posts. */
@ApplicationScoped
public class StatusDetailStore {
    private final Database database;

    public StatusDetailStore(Database database) {
        this.database = database;
    }

    /** Mentions that are not silent. Index: the primary key of mention. */
    public Map<Long, List<Mentioned>> mentions(Collection<Long> statusIds) {
        if (statusIds.isEmpty()) {
            return Map.of();
        }
        return database.list("""
            select mention.status_id, account.id, account.username, account.host, account.domain_id is not null as local, account.uri, account.url
            from mention join account on account.id = mention.account_id
            where mention.status_id = any((select $1::bigint[])::bigint[]) and not mention.silent
            order by mention.status_id, mention.account_id""",
            row -> new Mentioned(row.getLong("status_id"), row.getLong("id"), row.getString("username"), row.getString("host"),
                row.getBoolean("local"), row.getString("uri"), row.getString("url")),
            (Object) ids(statusIds)).stream().collect(Collectors.groupingBy(Mentioned::statusId));
    }

    /** Index: status_tag_by_status. */
    public Map<Long, List<Tag>> tags(Collection<Long> statusIds) {
        if (statusIds.isEmpty()) {
            return Map.of();
        }
        return database.list("""
            select status_tag.status_id, tag.name, tag.display_name
            from status_tag join tag on tag.id = status_tag.tag_id
            where status_tag.status_id = any((select $1::bigint[])::bigint[])
            order by status_tag.status_id, tag.name""",
            row -> new Tag(row.getLong("status_id"), row.getString("name"), row.getString("display_name")),
            (Object) ids(statusIds)).stream().collect(Collectors.groupingBy(Tag::statusId));
    }

    public Map<Long, Quote> quotes(Collection<Long> statusIds) {
        Map<Long, Quote> result = new HashMap<>();
        if (statusIds.isEmpty()) {
            return result;
        }
        database.list("select status_id, quoted_status_id, state, legacy from quote where status_id = any((select $1::bigint[])::bigint[])", row -> {
            Long quoted = row.getLong("quoted_status_id");
            return result.put(row.getLong("status_id"), new Quote(row.getLong("status_id"),
                quoted == null ? OptionalLong.empty() : OptionalLong.of(quoted), QuoteState.ofApiName(row.getString("state")), row.getBoolean("legacy")));
        }, (Object) ids(statusIds));
        return result;
    }

    /** What one account did to these posts. Every look-up goes by a unique index. */
    public Map<Long, Flags> flags(long accountId, Collection<Long> statusIds) {
        return flagsOf(List.of(accountId), statusIds).getOrDefault(accountId, Map.of());
    }

    /** The same for several accounts at once, by account and post. */
    public Map<Long, Map<Long, Flags>> flagsOf(Collection<Long> accountIds, Collection<Long> statusIds) {
        Map<Long, Map<Long, Flags>> result = new HashMap<>();
        if (accountIds.isEmpty() || statusIds.isEmpty()) {
            return result;
        }
        database.list("""
            select viewer.id as viewer_id, status.id,
              exists (select from favourite where account_id = viewer.id and status_id = status.id) as favourited,
              exists (select from status boost where boost.account_id = viewer.id and boost.reblog_of_id = status.id) as reblogged,
              exists (select from bookmark where account_id = viewer.id and status_id = status.id) as bookmarked,
              exists (select from conversation_mute where account_id = viewer.id and conversation_id = status.conversation_id) as muted,
              exists (select from status_pin where account_id = viewer.id and status_id = status.id) as pinned
            from unnest($1::bigint[]) as viewer (id) cross join status where status.id = any((select $2::bigint[])::bigint[])""",
            row -> result.computeIfAbsent(row.getLong("viewer_id"), ignored -> new HashMap<>()).put(row.getLong("id"),
                new Flags(row.getBoolean("favourited"), row.getBoolean("reblogged"), row.getBoolean("bookmarked"), row.getBoolean("muted"),
                    row.getBoolean("pinned"))),
            ids(accountIds), ids(statusIds));
        return result;
    }

    public Map<Long, Application> applications(Set<Long> applicationIds) {
        Map<Long, Application> result = new HashMap<>();
        if (!applicationIds.isEmpty()) {
            database.list("select id, name, website from oauth_application where id = any((select $1::bigint[])::bigint[])",
                row -> result.put(row.getLong("id"), new Application(row.getString("name"), row.getString("website"))),
                (Object) ids(applicationIds));
        }
        return result;
    }

    /** All versions, oldest first; empty when it was never edited. Index: status_edit_by_status. */
    public List<Version> versions(long statusId) {
        return database.list("""
            select spoiler_text, content, sensitive, media::text as media, poll_options, created_at
            from status_edit where status_id = $1 order by id""",
            row -> {
                String[] options = row.getArrayOfStrings("poll_options");
                return new Version(row.getString("spoiler_text"), row.getString("content"), row.getBoolean("sensitive"),
                    row.getString("media"), options == null ? null : List.of(options), instant(row, "created_at"));
            }, statusId);
    }

    private static Long[] ids(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }
}
