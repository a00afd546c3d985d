package social.dunlin.instance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.domain.Domain;

/** The counts of a served domain for pages, API and NodeInfo; counted anew after a minute at the earliest, for it reads every local account. */
@ApplicationScoped
public class InstanceUsage {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final InstanceStore store;
    private final Map<Long, Counted> counted = new ConcurrentHashMap<>();

    public InstanceUsage(InstanceStore store) {
        this.store = store;
    }

    private record Counted(InstanceStatistics statistics, Instant at) {
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
