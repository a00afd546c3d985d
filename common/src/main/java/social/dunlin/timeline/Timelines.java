package social.dunlin.timeline;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.recall.Recall;
import social.dunlin.visibility.ListVisibility;
import social.dunlin.visibility.Viewer;

/**
 * Lists of posts, newest first (behaviours §2). Each is one range scan of the index named with it, and leaves out what
 * the reader may not see or has hidden, so a page may be shorter than asked for without being the last only where the
 * scan itself ends.
 */
@Singleton
public class Timelines {
    static final String HAS_MEDIA = " exists (select from media_attachment media where media.status_id = status.id) ";
    /** Answers to others are left to their threads; answers to oneself go on telling. */
    static final String NO_ANSWER = """
         (status.in_reply_to_id is null and status.in_reply_to_uri is null or status.in_reply_to_account_id = status.account_id)
        """;

    private final Database database;
    private final Recall recall;

    public Timelines(Database database, Recall recall) {
        this.database = database;
        this.recall = recall;
    }

    /** The account's home feed. Index: home_entry_pkey. */
    public Listing home(long accountId, Page page) {
        return listing(Viewer.of(accountId), page, "home", new ListVisibility(true, true, false, true, false), form -> homeSql(form, page)).together();
    }

    static String homeSql(Form form, Page page) {
        return """
            select %s from %s
            where home_entry.account_id = $1 and home_entry.status_id < $2 and home_entry.status_id > $3 and %s
            order by home_entry.status_id %s limit $4""".formatted(form.columns("home_entry"), form.tables("home_entry"), form.shown(), page.direction());
    }

    /** Which public posts are wanted. {@code LOCAL}: of one served domain, with those that stay on it. */
    public enum Reach {
        ALL, LOCAL, REMOTE
    }

    /**
     * Public posts, without boosts and answers to others, of accounts that are not limited.
     *
     * @param domainId whose local posts; read only for {@code LOCAL}
     */
    public Listing publicPosts(Viewer viewer, Reach reach, long domainId, boolean onlyMedia, Page page) {
        Listing posts = listing(viewer, page, shape("public", reach, reach == Reach.LOCAL ? domainId : 0, onlyMedia),
            new ListVisibility(!viewer.isAnonymous(), true, reach != Reach.LOCAL, false, true), form -> publicSql(form, reach, domainId, onlyMedia, page));
        // Those with pictures may be far between.
        return onlyMedia ? posts : posts.together();
    }

    /** Index: status_public_top, or status_local_top. The served domain's number is written in, so that one statement is prepared per kind. */
    static String publicSql(Form form, Reach reach, long domainId, boolean onlyMedia, Page page) {
        String kind = switch (reach) {
            case ALL -> "status.visibility = 'public'";
            case REMOTE -> "status.visibility = 'public' and not status.local";
            case LOCAL -> "status.local and status.visibility in ('public', 'local') and " + authorOn(domainId);
        };
        return publicSql(form, kind, onlyMedia, page);
    }

    private static String publicSql(Form form, String kind, boolean onlyMedia, Page page) {
        return """
            select %s from %s
            where %s and status.reblog_of_id is null and status.id < $2 and status.id > $3
              and %s and %s and %s and %s
            order by status.id %s limit $4""".formatted(form.columns(), form.tables(), kind, NO_ANSWER, form.notLimited(),
                onlyMedia ? HAS_MEDIA : "true", form.shown(), page.direction());
    }

    private static String authorOn(long domainId) {
        // A value, not a join: the planner would begin with the domain's people and sort all they ever wrote.
        return "(select author.domain_id from account author where author.id = status.account_id) = %d".formatted(domainId);
    }

    /** Public posts of ours and of these hosts, as {@link #publicPosts}. Index: status_public_top. */
    public Listing bubble(Viewer viewer, Collection<String> hosts, boolean onlyMedia, Page page) {
        return listing(viewer, page, shape("bubble", onlyMedia), new ListVisibility(!viewer.isAnonymous(), true, true, false, true),
            form -> bubbleSql(form, onlyMedia, page), (Object) hosts.toArray(String[]::new));
    }

    static String bubbleSql(Form form, boolean onlyMedia, Page page) {
        return publicSql(form, """
            status.visibility = 'public' and (status.local or exists (
              select from account author where author.id = status.account_id and author.host = any($5::text[])))""", onlyMedia, page);
    }

    /** Public posts that link to a page, by authors who let themselves be discovered (as in Mastodon). Index: status_preview_card_of_card. */
    public Listing linking(Viewer viewer, long cardId, Page page) {
        return listing(viewer, page, "linking", new ListVisibility(!viewer.isAnonymous(), true, true, true, true), form -> linkingSql(form, page), cardId);
    }

    static String linkingSql(Form form, Page page) {
        return """
            select %s from status_preview_card link join %s on status.id = link.status_id
            where link.preview_card_id = $5 and link.status_id < $2 and link.status_id > $3 and status.visibility = 'public'
              and exists (select from account author where author.id = status.account_id and author.discoverable)
              and %s and %s
            order by link.status_id %s limit $4""".formatted(form.columns(), form.tables(), form.notLimited(), form.shown(), page.direction());
    }

    /** Direct posts by and to an account. Indexes: status_direct, mention_of_account. */
    public Listing direct(long accountId, Page page) {
        return listing(Viewer.of(accountId), page, "direct", null, form -> directSql(form, page));
    }

    static String directSql(Form form, Page page) {
        return """
            select %1$s from (
              (select sent.id from status sent
               where sent.account_id = $1 and sent.visibility = 'direct' and sent.id < $2 and sent.id > $3
               order by sent.id %2$s limit $4)
              union
              (select mention.status_id from mention join status received on received.id = mention.status_id and received.visibility = 'direct'
               where mention.account_id = $1 and mention.status_id < $2 and mention.status_id > $3
               order by mention.status_id %2$s limit $4)) found
            join %3$s on status.id = found.id
            where %4$s
            order by status.id %2$s limit $4""".formatted(form.columns(), page.direction(), form.tables(), form.shown());
    }

    /**
     * Which tagged posts are wanted; names normalised.
     *
     * @param any  at least one of these, the tag asked for among them
     * @param all  each of these as well
     * @param none not one of these
     */
    public record Tags(List<String> any, List<String> all, List<String> none) {
        public static Tags of(String name) {
            return new Tags(List.of(name), List.of(), List.of());
        }
    }

    /**
     * Public posts with a tag, answers included. Index: status_tag_pkey.
     *
     * @param domainId whose local posts; read only for {@code LOCAL}
     */
    public Listing tagged(Viewer viewer, Tags tags, Reach reach, long domainId, boolean onlyMedia, Page page) {
        return listing(viewer, page, shape("tagged", tags.any().size() == 1, reach, reach == Reach.LOCAL ? domainId : 0, onlyMedia),
            new ListVisibility(!viewer.isAnonymous(), true, false, false, true), form -> taggedSql(form, tags.any().size() == 1, reach, domainId, onlyMedia, page),
            tags.any().toArray(String[]::new), tags.all().toArray(String[]::new), tags.none().toArray(String[]::new));
    }

    static String taggedSql(Form form, boolean single, Reach reach, long domainId, boolean onlyMedia, Page page) {
        String tagged = single
            ? "select status_tag.status_id from status_tag where status_tag.tag_id = (select tag.id from tag where tag.name = ($5::text[])[1])"
            : "select distinct status_tag.status_id from status_tag join tag on tag.id = status_tag.tag_id where tag.name = any($5::text[])";
        String kind = switch (reach) {
            case ALL -> "true";
            case LOCAL -> "status.local and " + authorOn(domainId);
            case REMOTE -> "not status.local";
        };
        return """
            select %s from (%s) tagged join %s on status.id = tagged.status_id
            where tagged.status_id < $2 and tagged.status_id > $3 and status.visibility in ('public', 'local') and status.reblog_of_id is null
              and not exists (select from unnest($6::text[]) as wanted
                              where not exists (select from status_tag other join tag on tag.id = other.tag_id
                                                where other.status_id = status.id and tag.name = wanted))
              and not exists (select from status_tag other join tag on tag.id = other.tag_id
                              where other.status_id = status.id and tag.name = any($7::text[]))
              and %s and %s and %s and %s
            order by tagged.status_id %s limit $4""".formatted(form.columns(), tagged, form.tables(), kind, form.notLimited(),
                onlyMedia ? HAS_MEDIA : "true", form.shown(), page.direction());
    }

    /** @param tagged normalised name; null = whatever the tags */
    public record AccountFilter(boolean onlyMedia, boolean excludeReplies, boolean excludeReblogs, String tagged) {
        public static final AccountFilter ALL = new AccountFilter(false, false, false, null);
    }

    /** What an account posted and boosted. Index: status_by_account. */
    public Listing byAccount(Viewer viewer, long accountId, AccountFilter filter, Page page) {
        Listing posts = listing(viewer, page, shape("account", filter.onlyMedia, filter.excludeReplies, filter.excludeReblogs, filter.tagged != null),
            new ListVisibility(!viewer.isAnonymous(), false, false, !filter.onlyMedia && !filter.excludeReblogs, false), form -> byAccountSql(form, filter, page), accountId, filter.tagged());
        return filter.onlyMedia || filter.tagged != null ? posts : posts.together("bigint", "text");
    }

    static String byAccountSql(Form form, AccountFilter filter, Page page) {
        return """
            select %s from %s
            where status.account_id = $5 and status.id < $2 and status.id > $3 and %s and %s and %s
              and ($6::text is null or exists (select from status_tag join tag on tag.id = status_tag.tag_id
                                               where status_tag.status_id = status.id and tag.name = $6))
              and %s
            order by status.id %s limit $4""".formatted(form.columns(), form.tables(),
                filter.onlyMedia ? "status.reblog_of_id is null and" + HAS_MEDIA : "true",
                filter.excludeReplies ? NO_ANSWER : "true",
                filter.excludeReblogs ? "status.reblog_of_id is null" : "true",
                form.visible(), page.direction());
    }

    /** What an account pinned to its profile, the latest pin first. Few, so not paged. */
    public Listing pinned(Viewer viewer, long accountId) {
        return new Listing(database, null, viewer, null, "pinned", "status_pin.id", null, form -> """
            select %s from status_pin join %s on status.id = status_pin.status_id
            where status_pin.account_id = $2 and %s
            order by status_pin.id desc""".formatted(form.columns(), form.tables(), form.visible()), accountId);
    }

    /** Index: favourite_by_account. */
    public Listing favourites(long accountId, Page page) {
        return kept("favourite", accountId, page);
    }

    /** Index: bookmark_by_account. */
    public Listing bookmarks(long accountId, Page page) {
        return kept("bookmark", accountId, page);
    }

    private Listing kept(String table, long accountId, Page page) {
        return new Listing(database, null, Viewer.of(accountId), page, table, "relation.id", new ListVisibility(true, false, false, true, false), form -> keptSql(form, table, page),
            page.before(), page.after(), page.limit());
    }

    static String keptSql(Form form, String table, Page page) {
        return """
            select %s from %s relation join %s on status.id = relation.status_id
            where relation.account_id = $1 and relation.id < $2 and relation.id > $3 and %s
            order by relation.id %s limit $4""".formatted(form.columns(), table, form.tables(), form.visible(), page.direction());
    }

    private static String shape(Object... parts) {
        return List.of(parts).toString();
    }

    /** @param fast how the rule may be spelled for this list; null where that would hardly ever do */
    private Listing listing(Viewer viewer, Page page, String shape, ListVisibility fast, Function<Form, String> sql, Object... more) {
        Object[] parameters = new Object[3 + more.length];
        parameters[0] = page.before();
        parameters[1] = page.after();
        parameters[2] = page.limit();
        System.arraycopy(more, 0, parameters, 3, more.length);
        return new Listing(database, recall, viewer, page, shape, "status.id", fast, sql, parameters);
    }
}
