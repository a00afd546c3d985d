package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;

/** The sender unpins a post or a hashtag of its own. */
@ApplicationScoped
class RemoveHandler implements ActivityHandler {
    private final OwnCollections collections;

    RemoveHandler(OwnCollections collections) {
        this.collections = collections;
    }

    @Override
    public String type() {
        return "Remove";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return collections.verify(incoming);
    }

    @Override
    public void apply(Incoming incoming) {
        collections.change(incoming, false);
    }
}
