package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApReference;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.status.RemoteCommunities.Moderation;
import social.dunlin.status.RemoteCommunities;
import social.dunlin.status.RemotePins;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.text.Hashtag;

/**
 * Add and Remove: the sender pins or unpins a post or a hashtag of its own, or tells of a collection of accounts that it
 * made. Other collections are not kept here, and only their owner may change them. A moderator who speaks in a community's stead is not believed; the community
 * itself is (hostile inputs 43, 44).
 */
@ApplicationScoped
class AddAndRemoveHandler implements ActivityHandler {
    private static final String ADD = "Add";

    private final Relevance relevance;
    private final StatusStore statuses;
    private final RemoteObjects objects;
    private final RemotePins pins;
    private final RemoteCommunities communities;
    private final CollectionActivities collections;

    AddAndRemoveHandler(Relevance relevance, StatusStore statuses, RemoteObjects objects, RemotePins pins, RemoteCommunities communities,
                        CollectionActivities collections) {
        this.collections = collections;
        this.relevance = relevance;
        this.statuses = statuses;
        this.objects = objects;
        this.pins = pins;
        this.communities = communities;
    }

    @Override
    public String type() {
        return ADD;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("Remove");
    }

    @Override
    public Verdict verify(Incoming incoming) {
        ApReference target = incoming.activity().target();
        if (target == null || incoming.activity().object() == null) {
            return new Verdict.Ignored("it names no collection or no object");
        }
        return Verdict.when(concernsPins(incoming) || collections.concerns(incoming), "no collection of the sender's that is kept here");
    }

    private static boolean concernsPins(Incoming incoming) {
        String featured = incoming.sender().featuredUrl();
        return featured != null && featured.equals(incoming.activity().target().id());
    }

    @Override
    public void apply(Incoming incoming) {
        boolean added = incoming.activity().type().equals(ADD);
        ApReference object = incoming.activity().object();
        Account sender = incoming.sender();
        if (!concernsPins(incoming)) {
            collection(incoming, added);
        } else if (object.embedded() != null && object.embedded().isA("Hashtag")) {
            Hashtag.of(object.embedded().string("name")).ifPresent(hashtag -> feature(sender.id(), hashtag, added));
        } else if (object.id() != null) {
            post(object.id(), incoming, added).ifPresent(status -> pin(status, sender, added));
        }
    }

    private void collection(Incoming incoming, boolean added) {
        if (added) {
            collections.changed(incoming);
        } else {
            collections.removed(incoming);
        }
    }

    private void feature(long accountId, Hashtag hashtag, boolean added) {
        if (added) {
            pins.feature(accountId, hashtag);
        } else {
            pins.unfeature(accountId, hashtag);
        }
    }

    /** A pinned post of somebody followed here is worth a look at its origin. */
    private Optional<Status> post(String uri, Incoming incoming, boolean added) {
        return added && relevance.isFollowedHere(incoming.sender().id()) ? objects.byUri(uri, incoming.budget()) : statuses.byUri(uri);
    }

    private void pin(Status status, Account sender, boolean added) {
        if (sender.isGroup()) {
            communities.feature(status, added, new Moderation(sender.id(), sender.uri(), null));
        } else if (added) {
            pins.pin(sender.id(), status.id());
        } else {
            pins.unpin(sender.id(), status.id());
        }
    }
}
