package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.collection.RemoteCollections;
import social.dunlin.federation.actor.RemoteActorRemoval;
import social.dunlin.federation.object.Authority;
import social.dunlin.status.RemoteQuotes;
import social.dunlin.status.RemoteStatuses;

/** The sender deletes a post, a collection, its consent to a quote or to stand in a collection, or itself. What is deleted stays deleted, even when it never came. */
@ApplicationScoped
class DeleteHandler implements ActivityHandler {
    private final RemoteActorRemoval actors;
    private final RemoteStatuses statuses;
    private final RemoteQuotes quotes;
    private final RemoteCollections collections;

    DeleteHandler(RemoteActorRemoval actors, RemoteStatuses statuses, RemoteQuotes quotes, RemoteCollections collections) {
        this.collections = collections;
        this.actors = actors;
        this.statuses = statuses;
        this.quotes = quotes;
    }

    @Override
    public String type() {
        return "Delete";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(Authority.mayAssert(incoming.sender().uri(), incoming.activity().objectId()), "it lives elsewhere");
    }

    @Override
    public void apply(Incoming incoming) {
        String uri = incoming.activity().objectId();
        if (uri.equals(incoming.sender().uri())) {
            actors.remove(uri);
        } else if (!quotes.revoked(uri, incoming.sender().uri()) && !collections.deleted(uri, incoming.sender().id())) {
            statuses.delete(uri, incoming.sender().uri());
        }
    }
}
