package social.dunlin.annualreport;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of reports that are there or asked for. Index throughout: annual_report_pkey. */
@ApplicationScoped
public class AnnualReportStore {
    private static final String SELECT = "select account_id, year, schema_version, data::text as data, status_ids from annual_report ";

    private final Database database;

    public AnnualReportStore(Database database) {
        this.database = database;
    }

    /** Nothing when it was never asked for. */
    Optional<Boolean> isReady(long accountId, int year) {
        return database.first("select data is not null as ready from annual_report where account_id = $1 and year = $2",
            row -> row.getBoolean("ready"), accountId, year);
    }

    void ask(long accountId, int year) {
        database.execute("insert into annual_report (account_id, year, schema_version) values ($1, $2, $3) on conflict do nothing",
            accountId, year, YearInNumbers.SCHEMA_VERSION);
    }

    /** The first result stays, whatever a second run finds. */
    void fill(AnnualReport report) {
        database.execute("""
            update annual_report set data = ($3::text)::jsonb, status_ids = $4, schema_version = $5
            where account_id = $1 and year = $2 and data is null""",
            report.accountId(), report.year(), report.data(), report.statusIds().toArray(Long[]::new), report.schemaVersion());
    }

    Optional<AnnualReport> find(long accountId, int year) {
        return database.first(SELECT + "where account_id = $1 and year = $2 and data is not null", AnnualReportStore::map, accountId, year);
    }

    List<AnnualReport> unseen(long accountId) {
        return database.list(SELECT + "where account_id = $1 and data is not null and viewed_at is null order by year desc", AnnualReportStore::map, accountId);
    }

    boolean see(long accountId, int year) {
        return database.execute("""
            update annual_report set viewed_at = coalesce(viewed_at, now())
            where account_id = $1 and year = $2 and data is not null""", accountId, year) > 0;
    }

    private static AnnualReport map(Row row) {
        return new AnnualReport(row.getLong("account_id"), row.getInteger("year"), row.getInteger("schema_version"), row.getString("data"),
            List.of(row.getArrayOfLongs("status_ids")));
    }
}
