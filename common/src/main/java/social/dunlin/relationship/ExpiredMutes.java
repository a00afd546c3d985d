package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.queue.PeriodicTask;

/** Ends mutes whose time is over. Reading ignores them at once; this brings their authors back into the home feed. */
@ApplicationScoped
class ExpiredMutes implements PeriodicTask {
    private final RelationshipService relationships;

    ExpiredMutes(RelationshipService relationships) {
        this.relationships = relationships;
    }

    @Override
    public String name() {
        return "expired-mutes";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        int ended;
        do {
            ended = relationships.endExpiredMutes();
        } while (ended > 0);
    }
}
