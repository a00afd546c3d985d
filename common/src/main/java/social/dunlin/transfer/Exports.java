package social.dunlin.transfer;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import social.dunlin.database.Database;
import social.dunlin.database.RowMapper;
import social.dunlin.database.Rows;

/** Files to take along, newest first, as Mastodon writes them. */
@ApplicationScoped
public class Exports {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    private static final String HANDLE = "account.username || '@' || account.host as handle";

    private final Database database;

    public Exports(Database database) {
        this.database = database;
    }

    /** The whole file. Indexes: follow_by_account, block_by_account, mute_by_account, bookmark_by_account, account_domain_block's key, list_by_account. */
    public String csv(TransferKind kind, long accountId) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            if (kind.writesHeader()) {
                printer.printRecord(kind.columns());
            }
            for (List<String> row : rows(kind, accountId)) {
                printer.printRecord(row);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return text.toString();
    }

    private List<List<String>> rows(TransferKind kind, long accountId) {
        return switch (kind) {
            case FOLLOWING -> relations("follow", ", relation.reblogs, relation.notify, relation.languages", accountId, row -> List.of(
                row.getString("handle"), row.getBoolean("reblogs").toString(), row.getBoolean("notify").toString(), String.join(", ", Rows.strings(row, "languages"))));
            case BLOCKS -> relations("block", "", accountId, Exports::handle);
            case MUTES -> relations("mute", ", relation.hide_notifications", accountId,
                row -> List.of(row.getString("handle"), row.getBoolean("hide_notifications").toString()));
            case DOMAIN_BLOCKS -> database.list("select host from account_domain_block where account_id = $1 order by id desc",
                row -> List.of(row.getString("host")), accountId);
            case BOOKMARKS -> database.list("""
                select status.uri from bookmark join status on status.id = bookmark.status_id
                where bookmark.account_id = $1 order by bookmark.id desc""", row -> List.of(row.getString("uri")), accountId);
            case LISTS -> database.list("""
                select list.title, %s from list
                join list_account on list_account.list_id = list.id join account on account.id = list_account.account_id
                where list.account_id = $1 and account.deleted_at is null order by list.id, list_account.id""".formatted(HANDLE),
                row -> List.of(row.getString("title"), row.getString("handle")), accountId);
        };
    }

    /** Names in the SQL are constants of this class. */
    private List<List<String>> relations(String table, String more, long accountId, RowMapper<List<String>> mapper) {
        return database.list("""
            select %s%s from %s relation join account on account.id = relation.target_account_id
            where relation.account_id = $1 and account.deleted_at is null order by relation.id desc""".formatted(HANDLE, more, table), mapper, accountId);
    }

    private static List<String> handle(Row row) {
        return List.of(row.getString("handle"));
    }
}
