package social.dunlin.instance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.domain.Domain;
import social.dunlin.id.Snowflakes;

/** The counts of a served domain for pages, API and NodeInfo; counted anew after a minute at the earliest, for it reads every local account. */
@ApplicationScoped
public class InstanceUsage {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final InstanceStore store;
    private static final Duration WEEKS_KEPT = Duration.ofHours(1);

    private final Map<Long, Weeks> weeks = new ConcurrentHashMap<>();
    private final Map<Long, Counted> counted = new ConcurrentHashMap<>();

    public InstanceUsage(InstanceStore store) {
        this.store = store;
    }

    private record Counted(InstanceStatistics statistics, Instant at) {
    }

    private record Weeks(List<WeekOfActivity> list, Instant at) {
    }

    /** The last twelve weeks, this one first; counted anew after an hour at the earliest. */
    public List<WeekOfActivity> weeks(Domain domain) {
        Weeks known = weeks.get(domain.id());
        if (known == null || known.at.isBefore(Instant.now().minus(WEEKS_KEPT))) {
            Instant first = LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(11)
                .atStartOfDay(ZoneOffset.UTC).toInstant();
            known = new Weeks(store.weeks(domain.id(), first, Snowflakes.floor(first)), Instant.now());
            weeks.put(domain.id(), known);
        }
        return known.list;
    }

    public InstanceStatistics of(Domain domain) {
        Counted known = counted.get(domain.id());
        if (known == null || known.at.isBefore(Instant.now().minus(KEPT))) {
            known = new Counted(store.statistics(domain.id()), Instant.now());
            counted.put(domain.id(), known);
        }
        return known.statistics;
    }
}
