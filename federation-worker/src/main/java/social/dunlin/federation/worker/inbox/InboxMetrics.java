package social.dunlin.federation.worker.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;

/** Counts received activities by kind and by what came of them. What others can invent is counted under one name. */
@ApplicationScoped
class InboxMetrics {
    private static final Set<String> ALSO_COUNTED = Set.of("View", "Listen", "Read", "Arrive", "Travel", "Ping", "Pong", "Join", "Leave",
        "Invite", "Offer", "Lock", "Resolve", "Warn");

    private final MeterRegistry registry;

    InboxMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What came of an activity. */
    enum Outcome { DONE, IGNORED, REPEATED, FORGED }

    void count(String type, boolean handled, Outcome outcome) {
        registry.counter("dunlin.inbox.activities", "type", handled || ALSO_COUNTED.contains(type) ? type : "other",
            "outcome", outcome.name().toLowerCase(Locale.ROOT)).increment();
    }
}
