package social.dunlin.transfer;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of imports. */
@ApplicationScoped
class ImportStore {
    private static final String COLUMNS = "id, account_id, kind, overwrite, source_uri, state, error, total, done, failed, created_at, finished_at";

    private final Database database;

    ImportStore(Database database) {
        this.database = database;
    }

    long insert(long accountId, TransferKind kind, boolean overwrite, String sourceUri, DataImport.State state) {
        return database.first("""
            insert into data_import (account_id, kind, overwrite, source_uri, state) values ($1, $2, $3, $4, $5) returning id""",
            row -> row.getLong("id"), accountId, kind.code(), overwrite, sourceUri, code(state)).orElseThrow();
    }

    /** Holds the account's row, so that two at once cannot pass the limit together. Index: data_import_by_account. */
    int lockedUnfinished(long accountId) {
        database.list("select id from account where id = $1 for update", row -> null, accountId);
        return database.first("select count(*)::int as unfinished from data_import where account_id = $1 and finished_at is null",
            row -> row.getInteger("unfinished"), accountId).orElse(0);
    }

    /** A row that is there already stays as it is. */
    void addRows(long importId, Collection<ImportRow> rows) {
        database.execute("""
            insert into data_import_row (import_id, list, target, options, error)
            select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])
            on conflict do nothing""", importId, rows.stream().map(ImportRow::list).toArray(String[]::new), rows.stream().map(ImportRow::target).toArray(String[]::new),
            rows.stream().map(ImportRow::options).toArray(String[]::new), rows.stream().map(ImportRow::error).toArray(String[]::new));
        count(importId);
    }

    /** Whom a local account follows, as its own would be. Index: follow_by_account. */
    void addFollowsOf(long importId, long accountId, int maximum) {
        database.execute("""
            insert into data_import_row (import_id, target)
            select $1, account.uri from follow join account on account.id = follow.target_account_id
            where follow.account_id = $2 and account.deleted_at is null order by follow.id limit $3
            on conflict do nothing""", importId, accountId, maximum);
        count(importId);
    }

    private void count(long importId) {
        database.execute("""
            update data_import set total = rows.total, failed = rows.failed
            from (select count(*)::int as total, count(error)::int as failed from data_import_row where import_id = $1) as rows
            where data_import.id = $1""", importId);
    }

    Optional<DataImport> byId(long id) {
        return database.first("select " + COLUMNS + " from data_import where id = $1", ImportStore::map, id);
    }

    /** Newest first. Index: data_import_by_account. */
    List<DataImport> of(long accountId, int limit) {
        return database.list("select " + COLUMNS + " from data_import where account_id = $1 order by id desc limit $2", ImportStore::map, accountId, limit);
    }

    record Waiting(long id, ImportRow row) {
    }

    /** Index: data_import_row_waiting. */
    List<Waiting> waiting(long importId, int limit) {
        return database.list("select id, list, target, options from data_import_row where import_id = $1 and error is null order by id limit $2",
            row -> new Waiting(row.getLong("id"), ImportRow.read(row.getString("list"), row.getString("target"), row.getString("options"))), importId, limit);
    }

    /** In the transaction of its effect: counted once, however often it is tried. */
    void done(long importId, long rowId) {
        if (database.execute("delete from data_import_row where id = $1", rowId) > 0) {
            database.execute("update data_import set done = done + 1 where id = $1", importId);
        }
    }

    void failed(long importId, long rowId, String error) {
        database.transaction(() -> {
            if (database.execute("update data_import_row set error = $2 where id = $1 and error is null", rowId, error) > 0) {
                database.execute("update data_import set failed = failed + 1 where id = $1", importId);
            }
        });
    }

    /** Index: data_import_row_failed. */
    List<Imports.Failure> failures(long importId, int limit) {
        return database.list("select target, error from data_import_row where import_id = $1 and error is not null order by id limit $2",
            row -> new Imports.Failure(row.getString("target"), row.getString("error")), importId, limit);
    }

    void enter(long importId, DataImport.State state) {
        database.execute("""
            update data_import set state = $2, finished_at = case when $2 in ('done', 'failed') then now() end
            where id = $1 and finished_at is null""", importId, code(state));
    }

    void giveUp(long importId, String error) {
        database.execute("update data_import set state = 'failed', error = $2, finished_at = now() where id = $1 and finished_at is null", importId, error);
    }

    /** Accounts the owner has in a relation and that no row names. Names in the SQL are constants of this package. */
    List<Long> unnamedAccounts(long importId, long accountId, String relation, int limit) {
        return database.list("""
            select account.id from %s relation join account on account.id = relation.target_account_id
            where relation.account_id = $2
              and not exists (select from data_import_row where import_id = $1 and list = '' and target = lower(account.username) || '@' || account.host)
              and not exists (select from data_import_row where import_id = $1 and list = '' and target = account.uri)
            order by account.id limit $3""".formatted(relation), row -> row.getLong("id"), importId, accountId, limit);
    }

    List<String> unnamedHosts(long importId, long accountId, int limit) {
        return database.list("""
            select host from account_domain_block
            where account_id = $2 and not exists (select from data_import_row where import_id = $1 and list = '' and target = account_domain_block.host)
            order by host limit $3""", row -> row.getString("host"), importId, accountId, limit);
    }

    List<Long> unnamedBookmarks(long importId, long accountId, int limit) {
        return database.list("""
            select status.id from bookmark join status on status.id = bookmark.status_id
            where bookmark.account_id = $2
              and not exists (select from data_import_row where import_id = $1 and list = '' and target in (status.uri, status.url))
            order by status.id limit $3""", row -> row.getLong("id"), importId, accountId, limit);
    }

    /** A member whom no row names for that list; null of a list that no row names at all. Index: list_by_account. */
    record UnnamedMember(long listId, Long accountId) {
    }

    List<UnnamedMember> unnamedMembers(long importId, long accountId, int limit) {
        return database.list("""
            select mine.id as list_id, null::bigint as member_id from list mine
            where mine.account_id = $2 and not exists (select from data_import_row where import_id = $1 and list = mine.title)
            union all
            select mine.id, member.account_id from list mine
            join list_account member on member.list_id = mine.id join account on account.id = member.account_id
            where mine.account_id = $2 and exists (select from data_import_row where import_id = $1 and list = mine.title)
              and not exists (select from data_import_row
                where import_id = $1 and list = mine.title and target = lower(account.username) || '@' || account.host)
            limit $3""", row -> new UnnamedMember(row.getLong("list_id"), row.getLong("member_id")), importId, accountId, limit);
    }

    private static String code(DataImport.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static DataImport map(Row row) {
        return new DataImport(row.getLong("id"), row.getLong("account_id"), TransferKind.ofCode(row.getString("kind")).orElseThrow(), row.getBoolean("overwrite"),
            row.getString("source_uri"), DataImport.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getString("error"),
            row.getInteger("total"), row.getInteger("done"), row.getInteger("failed"), instant(row, "created_at"), instant(row, "finished_at"));
    }
}
