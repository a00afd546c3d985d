package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.relationship.RemoteRelationships;

/**
 * Somebody elsewhere blocks somebody here: follows end both ways. With a {@code target} it is a ban from a community or
 * server (Lemmy, Mbin), which is kept there.
 */
@ApplicationScoped
class BlockHandler implements ActivityHandler {
    private final LocalPeople people;
    private final RemoteRelationships relationships;

    BlockHandler(LocalPeople people, RemoteRelationships relationships) {
        this.people = people;
        this.relationships = relationships;
    }

    @Override
    public String type() {
        return "Block";
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Verdict verify(Incoming incoming) {
        if (incoming.activity().target() != null) {
            return new Verdict.Ignored("a ban is kept where it was pronounced");
        }
        return Verdict.when(people.byUri(incoming.activity().objectId()).isPresent(), "nobody here is blocked");
    }

    @Override
    public void apply(Incoming incoming) {
        people.byUri(incoming.activity().objectId())
            .ifPresent(local -> relationships.receiveBlock(incoming.sender().id(), local.id(), incoming.activity().id()));
    }
}
