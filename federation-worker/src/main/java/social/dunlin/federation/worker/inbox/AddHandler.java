package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;

/** The sender pins a post or a hashtag of its own. */
@ApplicationScoped
class AddHandler implements ActivityHandler {
    private final OwnCollections collections;

    AddHandler(OwnCollections collections) {
        this.collections = collections;
    }

    @Override
    public String type() {
        return "Add";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return collections.verify(incoming);
    }

    @Override
    public void apply(Incoming incoming) {
        collections.change(incoming, true);
    }
}
