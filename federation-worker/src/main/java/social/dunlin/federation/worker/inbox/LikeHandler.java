package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.RemoteReactions;

/**
 * A post of ours is liked. Misskey, Friendica and Mitra put an emoji into it, which is kept beside: who reacts with
 * whatever emoji likes the post, as everywhere.
 */
@ApplicationScoped
class LikeHandler implements ActivityHandler {
    private final OwnPosts posts;
    private final RemoteInteractions interactions;
    private final RemoteReactions reactions;

    LikeHandler(OwnPosts posts, RemoteInteractions interactions, RemoteReactions reactions) {
        this.posts = posts;
        this.interactions = interactions;
        this.reactions = reactions;
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
        return Verdict.when(posts.byUri(incoming.activity().objectId()).isPresent(), "no post of ours");
    }

    @Override
    public void apply(Incoming incoming) {
        long sender = incoming.sender().id();
        String uri = incoming.activity().id();
        posts.byUri(incoming.activity().objectId()).ifPresent(status -> {
            interactions.favourite(sender, status.id(), uri);
            ReactionReader.read(incoming.activity()).ifPresent(reaction -> reactions.react(sender, status.id(), reaction, uri));
        });
    }
}
