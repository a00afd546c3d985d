package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.status.RemoteReactions;

/** A post of ours is voted down. Nobody is told; communities count it. */
@ApplicationScoped
class DislikeHandler implements ActivityHandler {
    private final OwnPosts posts;
    private final RemoteReactions reactions;

    DislikeHandler(OwnPosts posts, RemoteReactions reactions) {
        this.posts = posts;
        this.reactions = reactions;
    }

    @Override
    public String type() {
        return "Dislike";
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(posts.byUri(incoming.activity().objectId()).isPresent(), "no post of ours");
    }

    @Override
    public void apply(Incoming incoming) {
        posts.byUri(incoming.activity().objectId())
            .ifPresent(status -> reactions.dislike(incoming.sender().id(), status.id(), incoming.activity().id()));
    }
}
