package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.relationship.RemoteRelationships;

/** The followed account says no, or ends a follow it had accepted; only it can. */
@ApplicationScoped
class RejectHandler implements ActivityHandler {
    private final LocalPeople people;
    private final RemoteRelationships relationships;

    RejectHandler(LocalPeople people, RemoteRelationships relationships) {
        this.people = people;
        this.relationships = relationships;
    }

    @Override
    public String type() {
        return "Reject";
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(people.followerOf(incoming.sender(), incoming.activity().object()).isPresent(), "it answers no follow of ours");
    }

    @Override
    public void apply(Incoming incoming) {
        people.followerOf(incoming.sender(), incoming.activity().object())
            .ifPresent(follower -> relationships.receiveReject(incoming.sender().id(), follower));
    }
}
