package social.dunlin.federation.worker.arrival;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Arrivals;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.FollowOptions;
import social.dunlin.relationship.RelationshipService;

/** Somebody who came by an invitation follows its maker. */
@ApplicationScoped
public class InvitedFollowHandler implements JobHandler {
    private final RelationshipService relationships;

    public InvitedFollowHandler(RelationshipService relationships) {
        this.relationships = relationships;
    }

    @Override
    public String kind() {
        return Arrivals.FOLLOW;
    }

    @Override
    public void handle(JobRun run) {
        String[] accounts = run.payload().split(" ");
        try {
            relationships.follow(Long.parseLong(accounts[0]), Long.parseLong(accounts[1]), FollowOptions.UNCHANGED);
        } catch (Refusal goneOrMovedOrBlocked) {
            // Then there is nobody to follow.
        }
    }
}
