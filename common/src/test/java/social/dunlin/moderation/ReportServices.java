package social.dunlin.moderation;

import social.dunlin.account.Moderators;
import social.dunlin.collection.CollectionServices;
import social.dunlin.federation.outbox.ReportOutbox;
import social.dunlin.status.StatusWorld;

/** Puts the services of this package together without a container. */
public final class ReportServices {
    private ReportServices() {
    }

    /** @param outbox null where nothing is forwarded */
    public static ReportService of(StatusWorld world, ReportOutbox outbox) {
        return new ReportService(world.database, world.accounts, new ReportStore(world.database), CollectionServices.of(world), outbox, notifications(world));
    }

    public static RemoteReports remote(StatusWorld world) {
        return new RemoteReports(world.database, notifications(world));
    }

    private static ReportNotifications notifications(StatusWorld world) {
        return new ReportNotifications(world.database, new Moderators(world.database), world.notifications);
    }
}
