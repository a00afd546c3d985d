package social.dunlin.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Pattern;
import social.dunlin.database.Database;
import social.dunlin.text.HtmlToText;
import social.dunlin.text.PlainText;

/**
 * Reports that other servers send (Flag). For each local account that is named, or whose post is, one report with those of
 * its posts and collections that are named; a second delivery adds nothing.
 */
@ApplicationScoped
public class RemoteReports {
    private static final int MAXIMUM_COMMENT = 5_000;
    /** One reporter's reports that nobody has looked at yet; more tell nothing new and fill the table. */
    private static final int MAXIMUM_OPEN = 100;
    private static final int MAXIMUM_ACCUSED = 10;
    /** The page of a post of ours ends with its id. */
    private static final Pattern PAGE = Pattern.compile("/@[^/]+/([0-9]{1,18})");
    /** So does a collection of ours. */
    private static final Pattern COLLECTION = Pattern.compile("/users/[^/]+/collections/([0-9]{1,18})");

    private final Database database;
    private final ReportNotifications notifications;

    public RemoteReports(Database database, ReportNotifications notifications) {
        this.database = database;
        this.notifications = notifications;
    }

    private record Written(long id, long targetId) {
    }

    /**
     * How many reports were written. Local-only posts are not other servers' to report, boosts are nobody's words.
     * Indexes: account_uri, account_url, status_uri, status_pkey, collection_pkey, report_by_account.
     */
    public int receive(RemoteReport report) {
        return database.transaction(() -> {
            List<Written> written = write(report);
            written.forEach(each -> notifications.told(each.id, report.accountId(), each.targetId, each.targetId));
            return written.size();
        });
    }

    private List<Written> write(RemoteReport report) {
        return database.list("""
            with named as (
              select account.id as account_id, null::bigint as status_id, null::bigint as collection_id from account
              where (account.uri = any($2) or account.url = any($2)) and account.domain_id is not null and account.user_id is not null
                and account.deleted_at is null
              union
              select status.account_id, status.id, null from status
              where (status.uri = any($2) or status.id = any($3) and status.url = any($2))
                and status.local and status.reblog_of_id is null and status.visibility not in ('local', 'local-unlisted')
              union
              select collection.account_id, null, collection.id from collection join account maker on maker.id = collection.account_id
              where collection.id = any($6) and collection.uri is null and maker.uri || '/collections/' || collection.id = any($2))
            insert into report (account_id, target_account_id, status_ids, collection_ids, comment, uri)
            select $1, account_id, coalesce(array_agg(status_id order by status_id) filter (where status_id is not null), '{}'),
              coalesce(array_agg(collection_id order by collection_id) filter (where collection_id is not null), '{}'), $4, $5
            from named
            where (select count(*) from (select from report where account_id = $1 and resolved_at is null limit %1$d) as open) < %1$d
            group by account_id order by account_id limit %2$d
            on conflict do nothing
            returning id, target_account_id""".formatted(MAXIMUM_OPEN, MAXIMUM_ACCUSED),
            row -> new Written(row.getLong("id"), row.getLong("target_account_id")),
            report.accountId(), report.objectUris().toArray(String[]::new),
            ids(PAGE, report.objectUris()), comment(report.comment()), report.uri(), ids(COLLECTION, report.objectUris()));
    }

    /** The numbers at the ends of those addresses that have this form. */
    private static Long[] ids(Pattern form, List<String> uris) {
        return uris.stream().map(form::matcher).filter(found -> found.find() && found.end() == found.regionEnd()).map(found -> Long.valueOf(found.group(1))).toArray(Long[]::new);
    }

    private static String comment(String comment) {
        if (comment == null) {
            return "";
        }
        String bounded = PlainText.truncate(comment, 4 * MAXIMUM_COMMENT);
        String text = bounded.contains("</") || bounded.contains("<br") ? HtmlToText.convert(bounded) : PlainText.wellFormed(bounded);
        return PlainText.truncate(text.strip(), MAXIMUM_COMMENT);
    }
}
