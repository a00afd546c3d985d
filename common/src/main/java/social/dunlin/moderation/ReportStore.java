package social.dunlin.moderation;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.visibility.StatusVisibility;

/** SQL of the reports that people here make. */
@ApplicationScoped
class ReportStore {
    private final Database database;

    ReportStore(Database database) {
        this.database = database;
    }

    Report insert(long accountId, NewReport report, List<Long> statusIds, ReportCategory category, boolean forwarded) {
        return database.first("""
            insert into report (account_id, target_account_id, status_ids, comment, category, rule_ids, forwarded, collection_ids)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            returning *""", ReportStore::map,
            accountId, report.targetId(), array(statusIds), report.comment(), category.apiName(), array(report.ruleIds()), forwarded, array(report.collectionIds())).orElseThrow();
    }

    /** Index: report_pkey. */
    List<Report> byIds(Collection<Long> ids) {
        return database.list("select * from report where id = any($1)", ReportStore::map, (Object) array(ids));
    }

    record Named(long id, String uri) {
    }

    /** Those of the posts that are the account's own words and that the reporter sees. Index: status_pkey. */
    List<Named> posts(long reporterId, long targetId, Collection<Long> ids) {
        return database.list("select status.id, status.uri from status where status.id = any($2) and status.account_id = $3 and status.reblog_of_id is null and "
            + StatusVisibility.visibleTo("$1::bigint") + " order by status.id",
            row -> new Named(row.getLong("id"), row.getString("uri")), reporterId, array(ids), targetId);
    }

    /** Index: instance_rule_pkey. */
    int knownRules(long domainId, Collection<Long> ids) {
        return database.first("select count(*)::int as known from instance_rule where id = any($1) and domain_id = $2 and deleted_at is null",
            row -> row.getInteger("known"), array(ids), domainId).orElse(0);
    }

    private static Long[] array(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }

    private static Report map(Row row) {
        return new Report(row.getLong("id"), row.getLong("account_id"), row.getLong("target_account_id"), List.of(row.getArrayOfLongs("status_ids")),
            List.of(row.getArrayOfLongs("collection_ids")),
            row.getString("comment"), ReportCategory.ofApiName(row.getString("category")).orElseThrow(), List.of(row.getArrayOfLongs("rule_ids")),
            row.getBoolean("forwarded"), instant(row, "created_at"), instant(row, "resolved_at"));
    }
}
