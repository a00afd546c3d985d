package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import social.dunlin.status.RemoteReactions;

/** Somebody answers a post of ours with an emoji (Pleroma, Akkoma, Mitra, Friendica; FEP-c0e0). No like. */
@ApplicationScoped
class EmojiReactHandler implements ActivityHandler {
    private final OwnPosts posts;
    private final RemoteReactions reactions;

    EmojiReactHandler(OwnPosts posts, RemoteReactions reactions) {
        this.posts = posts;
        this.reactions = reactions;
    }

    @Override
    public String type() {
        return "EmojiReact";
    }

    /** Old forks of Misskey. */
    @Override
    public Set<String> otherNames() {
        return Set.of("EmojiReaction");
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Verdict verify(Incoming incoming) {
        if (posts.byUri(incoming.activity().objectId()).isEmpty()) {
            return new Verdict.Ignored("no post of ours");
        }
        return Verdict.when(ReactionReader.read(incoming.activity()).isPresent(), "no emoji, or a custom one without its picture");
    }

    @Override
    public void apply(Incoming incoming) {
        posts.byUri(incoming.activity().objectId()).ifPresent(status -> ReactionReader.read(incoming.activity())
            .ifPresent(reaction -> reactions.react(incoming.sender().id(), status.id(), reaction, incoming.activity().id())));
    }
}
