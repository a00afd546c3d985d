package social.dunlin.moderation;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.moderation.DomainBlock.Severity;

/** SQL of blocks of servers. Who is at home on a server is found by a walk over all accounts: a block is a rare thing. */
@ApplicationScoped
class DomainBlockStore {
    /** Known people of the server {@code $1} and of those below it, by their handle or their id. */
    private static final String AT_HOME = """
        account.domain_id is null and account.deleted_at is null
        and (host_is_within(account.host, $1) or host_is_within(lower(split_part(account.uri, '/', 3)), $1))
        """;

    private final Database database;

    DomainBlockStore(Database database) {
        this.database = database;
    }

    DomainBlock put(String host, Severity severity, String publicComment, String privateComment, boolean obfuscated) {
        return database.first("""
            insert into domain_block (host, severity, public_comment, private_comment, obfuscate) values ($1, $2, $3, $4, $5)
            on conflict (host) do update set severity = excluded.severity, public_comment = excluded.public_comment,
              private_comment = excluded.private_comment, obfuscate = excluded.obfuscate
            returning *""", DomainBlockStore::map, host, severity.apiName(), publicComment, privateComment, obfuscated).orElseThrow();
    }

    /** False when there is nothing to lift. */
    boolean lift(String host) {
        return database.execute("""
            update domain_block set severity = 'noop', public_comment = '', private_comment = '', obfuscate = false
            where host = $1 and severity <> 'noop'""", host) > 0;
    }

    List<DomainBlock> all() {
        return database.list("select * from domain_block where severity <> 'noop' order by severity = 'suspend' desc, host", DomainBlockStore::map);
    }

    Severity severity(String host) {
        return database.first("select severity from domain_block where host = $1", row -> Severity.ofApiName(row.getString("severity")), host)
            .orElse(Severity.NOOP);
    }

    /** Others that are above or below this one. */
    List<String> related(String host) {
        return database.list("""
            select host from domain_block where severity <> 'noop' and host <> $1 and (host_is_within(host, $1) or host_is_within($1, host))""",
            row -> row.getString("host"), host);
    }

    void dropDeliveries(String host) {
        database.execute("delete from delivery where host_is_within(host, $1)", host);
    }

    List<Long> suspend(String host, int atMost) {
        return change("suspended_at = now(), silenced_at = case when blocked_host = $1 then null else silenced_at end, blocked_host = $1",
            AT_HOME + "and account.suspended_at is null", host, atMost);
    }

    List<Long> limit(String host, int atMost) {
        return change("suspended_at = null, silenced_at = now(), blocked_host = $1",
            AT_HOME + "and (account.suspended_at is null and account.silenced_at is null or account.suspended_at is not null and account.blocked_host = $1)",
            host, atMost);
    }

    /** Index: account_by_blocked_host. */
    List<Long> release(String host, int atMost) {
        return change("suspended_at = null, silenced_at = null, blocked_host = null", "account.blocked_host = $1", host, atMost);
    }

    private List<Long> change(String change, String which, String host, int atMost) {
        return database.list("""
            update account set %s, updated_at = now()
            where id in (select account.id from account where %s limit $2)
            returning id""".formatted(change, which), row -> row.getLong("id"), host, atMost);
    }

    private static DomainBlock map(Row row) {
        return new DomainBlock(row.getString("host"), Severity.ofApiName(row.getString("severity")), row.getString("public_comment"),
            row.getString("private_comment"), row.getBoolean("obfuscate"), instant(row, "created_at"));
    }
}
