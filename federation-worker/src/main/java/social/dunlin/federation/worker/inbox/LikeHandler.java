package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** A post of ours is liked. Likes of posts elsewhere are their server's to count. */
@ApplicationScoped
class LikeHandler implements ActivityHandler {
    private final StatusStore statuses;
    private final RemoteInteractions interactions;

    LikeHandler(StatusStore statuses, RemoteInteractions interactions) {
        this.statuses = statuses;
        this.interactions = interactions;
    }

    @Override
    public String type() {
        return "Like";
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(liked(incoming).isPresent(), "no post of ours");
    }

    @Override
    public void apply(Incoming incoming) {
        liked(incoming).ifPresent(status -> interactions.favourite(incoming.sender().id(), status.id(), incoming.activity().id()));
    }

    private Optional<Status> liked(Incoming incoming) {
        String uri = incoming.activity().objectId();
        return uri == null ? Optional.empty() : statuses.byUri(uri).filter(Status::local).filter(status -> !status.isReblog());
    }
}
