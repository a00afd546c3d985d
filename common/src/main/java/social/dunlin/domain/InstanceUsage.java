package social.dunlin.domain;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.database.Database;

/** How many people use a served domain, and how much they wrote; counted at most every ten minutes. */
@ApplicationScoped
public class InstanceUsage {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Database database;
    private final Map<Long, Counted> counted = new ConcurrentHashMap<>();

    public InstanceUsage(Database database) {
        this.database = database;
    }

    public record Usage(long users, long activeMonth, long activeHalfYear, long localPosts) {
    }

    private record Counted(Usage usage, Instant at) {
    }

    public Usage of(Domain domain) {
        Counted known = counted.get(domain.id());
        if (known == null || known.at.isBefore(Instant.now().minus(KEPT))) {
            known = new Counted(count(domain.id()), Instant.now());
            counted.put(domain.id(), known);
        }
        return known.usage;
    }

    /** Index: account_local. */
    private Usage count(long domainId) {
        return database.first("""
            select count(*) as users,
              count(*) filter (where dunlin_user.last_seen_on > current_date - 30) as month,
              count(*) filter (where dunlin_user.last_seen_on > current_date - 180) as half_year,
              coalesce(sum(account_counter.statuses_count), 0)::bigint as posts
            from account
            join dunlin_user on dunlin_user.id = account.user_id
            left join account_counter on account_counter.account_id = account.id
            where account.domain_id = $1 and account.suspended_at is null and account.deleted_at is null""",
            row -> new Usage(row.getLong("users"), row.getLong("month"), row.getLong("half_year"), row.getLong("posts")), domainId)
            .orElseThrow();
    }
}
