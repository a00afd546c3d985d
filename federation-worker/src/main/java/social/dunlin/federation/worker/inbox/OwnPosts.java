package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** Posts made here. What others think of posts elsewhere is told to those posts' servers. */
@ApplicationScoped
class OwnPosts {
    private final StatusStore statuses;

    OwnPosts(StatusStore statuses) {
        this.statuses = statuses;
    }

    Optional<Status> byUri(String uri) {
        return uri == null ? Optional.empty() : statuses.byUri(uri).filter(Status::local).filter(status -> !status.isReblog());
    }
}
