package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.federation.actor.RemoteActorRemoval;
import social.dunlin.federation.object.Authority;
import social.dunlin.status.RemoteQuotes;
import social.dunlin.status.RemoteStatuses;

/** The sender deletes a post, its consent to a quote, or itself. What is deleted stays deleted, even when it never came. */
@ApplicationScoped
class DeleteHandler implements ActivityHandler {
    private final RemoteActorRemoval actors;
    private final RemoteStatuses statuses;
    private final RemoteQuotes quotes;

    DeleteHandler(RemoteActorRemoval actors, RemoteStatuses statuses, RemoteQuotes quotes) {
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
        } else if (!quotes.revoked(uri, incoming.sender().uri())) {
            statuses.delete(uri, incoming.sender().uri());
        }
    }
}
