package social.dunlin.relationship;

import io.vertx.pgclient.PgConnectOptions;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationStore;
import social.dunlin.push.PushQueues;
import social.dunlin.queue.Jobs;

/** Puts the services of this package together without a container. */
public final class RelationshipServices {
    private RelationshipServices() {
    }

    public static RelationshipService of(Database database, Outbox outbox) {
        return new RelationshipService(database, new AccountStore(database), new RelationshipStore(database), new HomeBackfill(database),
            notifications(database), outbox, severances(database));
    }

    public static Severances severances(Database database) {
        return new Severances(database, notificationService(database));
    }

    public static RemoteRelationships remote(Database database, Outbox outbox) {
        return new RemoteRelationships(database, new RelationshipStore(database), new HomeBackfill(database), notifications(database), outbox);
    }

    public static FollowerMoves moves(Database database, Outbox outbox, Jobs jobs) {
        return new FollowerMoves(database, new AccountStore(database), new MoveStore(database), of(database, outbox), jobs);
    }

    private static RelationshipNotifications notifications(Database database) {
        return new RelationshipNotifications(notificationService(database), database);
    }

    private static NotificationService notificationService(Database database) {
        EventBus events = EventBus.of(database, null, new PgConnectOptions(), true);
        return new NotificationService(new NotificationStore(database), events, database, PushQueues.of(database, Jobs.of(database, events)));
    }
}
