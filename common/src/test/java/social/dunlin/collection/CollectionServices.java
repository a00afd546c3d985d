package social.dunlin.collection;

import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.DeliverySignal;
import social.dunlin.federation.document.CollectionDocuments;
import social.dunlin.federation.key.SigningKeys;
import social.dunlin.federation.outbox.CollectionOutbox;
import social.dunlin.federation.proof.OutgoingProofs;
import social.dunlin.status.StatusWorld;
import social.dunlin.testing.TestConfiguration;

/** Puts the services of this package together without a container. */
public final class CollectionServices {
    private CollectionServices() {
    }

    public static CollectionService of(StatusWorld world) {
        return new CollectionService(world.database, new CollectionStore(world.database), world.visibility, world.notifications, outbox(world));
    }

    public static RemoteCollections remote(StatusWorld world) {
        return new RemoteCollections(world.database, new CollectionStore(world.database), world.notifications, outbox(world));
    }

    private static CollectionOutbox outbox(StatusWorld world) {
        return new CollectionOutbox(world.database, world.village.domains(), world.accounts, new CollectionDocuments(world.database),
            new Deliveries(world.database, new DeliverySignal(world.bus), new OutgoingProofs(new SigningKeys(world.database), TestConfiguration.defaults())));
    }
}
