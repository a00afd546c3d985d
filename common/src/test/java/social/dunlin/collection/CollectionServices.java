package social.dunlin.collection;

import social.dunlin.status.StatusWorld;

/** Puts the services of this package together without a container. */
public final class CollectionServices {
    private CollectionServices() {
    }

    public static CollectionService of(StatusWorld world) {
        return new CollectionService(world.database, new CollectionStore(world.database), world.visibility, world.notifications);
    }
}
