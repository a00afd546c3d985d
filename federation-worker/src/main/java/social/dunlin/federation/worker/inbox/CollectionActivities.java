package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.activitypub.ApFeaturedCollection;
import social.dunlin.activitypub.ApReference;
import social.dunlin.collection.CollectionFetch;
import social.dunlin.collection.RemoteCollections;
import social.dunlin.federation.object.Authority;
import social.dunlin.queue.Jobs;

/** The sender tells of a collection of accounts that it made (FEP-7aa9). What is new in it is read at its origin. */
@ApplicationScoped
class CollectionActivities {
    private final RemoteCollections collections;
    private final Relevance relevance;
    private final Jobs jobs;

    CollectionActivities(RemoteCollections collections, Relevance relevance, Jobs jobs) {
        this.collections = collections;
        this.relevance = relevance;
        this.jobs = jobs;
    }

    boolean concerns(Incoming incoming) {
        return collection(incoming).isPresent();
    }

    /** A stored one of the sender's, or a new one of somebody followed here. */
    private Optional<String> collection(Incoming incoming) {
        ApReference target = incoming.activity().target();
        ApReference object = incoming.activity().object();
        long sender = incoming.sender().id();
        if (target != null && collections.isTheirs(target.id(), sender)) {
            return Optional.of(target.id());
        }
        if (object == null || object.id() == null) {
            return Optional.empty();
        }
        boolean isNew = object.embedded() != null && ApFeaturedCollection.is(object.embedded())
            && Authority.mayAssert(incoming.sender().uri(), object.id()) && relevance.isFollowedHere(sender);
        return isNew || collections.isTheirs(object.id(), sender) ? Optional.of(object.id()) : Optional.empty();
    }

    void changed(Incoming incoming) {
        collection(incoming).ifPresent(uri -> jobs.enqueue(CollectionFetch.job(uri)));
    }

    void removed(Incoming incoming) {
        String object = incoming.activity().objectId();
        collection(incoming).filter(uri -> object != null).ifPresent(uri -> {
            if (uri.equals(object)) {
                collections.removed(uri, incoming.sender().id());
            } else {
                collections.removedPlace(uri, object, incoming.sender().id());
            }
        });
    }
}
