package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.relationship.RemoteRelationships;

/** Somebody elsewhere wants to follow somebody here. */
@ApplicationScoped
class FollowHandler implements ActivityHandler {
    private final LocalPeople people;
    private final RemoteRelationships relationships;

    FollowHandler(LocalPeople people, RemoteRelationships relationships) {
        this.people = people;
        this.relationships = relationships;
    }

    @Override
    public String type() {
        return "Follow";
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(people.byUri(incoming.activity().objectId()).isPresent(), "nobody here is followed");
    }

    @Override
    public void apply(Incoming incoming) {
        people.byUri(incoming.activity().objectId())
            .ifPresent(local -> relationships.receiveFollow(incoming.sender(), local, incoming.activity().id()));
    }
}
