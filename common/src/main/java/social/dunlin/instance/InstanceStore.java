package social.dunlin.instance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;

/** SQL of what the install says about itself. */
@ApplicationScoped
public class InstanceStore {
    /** Jumps from host to host along account_by_host instead of reading every account. */
    private static final String KNOWN_HOSTS = """
        with recursive known (host) as (
          (select host from account where domain_id is null order by host limit 1)
          union all
          select (select account.host from account where domain_id is null and account.host > known.host order by account.host limit 1)
          from known where known.host is not null)
        """;

    private static final String NOT_BLOCKED = """
        not exists (select from domain_block where domain_block.severity = 'suspend' and host_is_within(known.host, domain_block.host))
        """;

    private final Database database;

    public InstanceStore(Database database) {
        this.database = database;
    }

    /** Index: instance_rule_by_domain. */
    public List<InstanceRule> rules(long domainId) {
        return database.list("""
            select id, text, hint from instance_rule
            where domain_id = $1 and deleted_at is null
            order by position, id""",
            row -> new InstanceRule(row.getLong("id"), row.getString("text"), row.getString("hint")), domainId);
    }

    /** Languages spoken there, as the operator has set them. */
    public List<String> languages(long domainId) {
        return database.first("select languages from domain where id = $1", row -> Rows.strings(row, "languages"), domainId).orElse(List.of());
    }

    /** Index: account_local, account_by_host. */
    InstanceStatistics statistics(long domainId) {
        return database.first(KNOWN_HOSTS + """
            select count(*)::int as users,
              (count(*) filter (where dunlin_user.last_seen_on > current_date - 30))::int as active_month,
              (count(*) filter (where dunlin_user.last_seen_on > current_date - 180))::int as active_half_year,
              coalesce(sum(account_counter.statuses_count), 0)::bigint as statuses,
              (select count(host)::int from known) as hosts
            from account
            join dunlin_user on dunlin_user.id = account.user_id
            left join account_counter on account_counter.account_id = account.id
            where account.domain_id = $1 and account.suspended_at is null and account.deleted_at is null""",
            row -> new InstanceStatistics(row.getInteger("users"), row.getInteger("active_month"), row.getInteger("active_half_year"),
                row.getLong("statuses"), row.getInteger("hosts")),
            domainId).orElseThrow();
    }

    /** The last twelve weeks, this one first. Indexes: account_local, status_by_account, whose ids grow with time. */
    List<WeekOfActivity> weeks(long domainId, Instant first, long firstId) {
        return database.list("""
            with week as (select $2::timestamptz + number * interval '7 days' as begin from generate_series(0, 11) as number),
            written as (
              select date_trunc('week', status.created_at, 'UTC') as begin, count(*)::int as number
              from account join status on status.account_id = account.id and status.id >= $3 and status.local
              where account.domain_id = $1 group by 1),
            person as (
              select date_trunc('week', dunlin_user.created_at, 'UTC') as came, date_trunc('week', dunlin_user.last_seen_on::timestamptz, 'UTC') as seen
              from dunlin_user where exists (select from account where account.user_id = dunlin_user.id and account.domain_id = $1))
            select week.begin, coalesce(written.number, 0) as statuses,
              (select count(*)::int from person where seen = week.begin) as logins,
              (select count(*)::int from person where came = week.begin) as registrations
            from week left join written on written.begin = week.begin
            order by week.begin desc""",
            row -> new WeekOfActivity(Rows.instant(row, "begin"), row.getInteger("statuses"), row.getInteger("logins"), row.getInteger("registrations")),
            domainId, first, firstId);
    }

    /** Index: account_by_host. */
    public List<String> peersBeginningWith(String text, int limit) {
        return database.list("""
            select distinct host from account where domain_id is null and starts_with(host, lower($1)) order by host limit $2""",
            row -> row.getString("host"), text, limit);
    }

    /** Other servers known and not blocked, by name. Index: account_by_host. */
    public List<String> peers() {
        return database.list(KNOWN_HOSTS + "select host from known where host is not null and " + NOT_BLOCKED + " order by host", row -> row.getString("host"));
    }
}
