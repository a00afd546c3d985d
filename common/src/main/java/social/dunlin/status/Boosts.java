package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.EventBus;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.status.StatusWriter.Counter;
import social.dunlin.status.StatusWriter.Row;
import social.dunlin.timeline.HomeFeedStore;

/** Writes a boost, whoever made it: its row, counters, feeds, the notification. In the caller's transaction. */
@ApplicationScoped
class Boosts {
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final HomeFeedStore home;
    private final NotificationService notifications;
    private final EventBus events;

    Boosts(StatusStore statuses, StatusWriter writer, HomeFeedStore home, NotificationService notifications, EventBus events) {
        this.statuses = statuses;
        this.writer = writer;
        this.home = home;
        this.notifications = notifications;
        this.events = events;
    }

    /** The new boost, or empty when this account had boosted the post before. */
    Optional<Status> write(long id, long accountId, Status original, String uri, String url, boolean local, Visibility visibility,
                           Instant published) {
        boolean fresh = writer.insert(new Row(id, accountId, uri, url, local, "Announce", visibility, null, "", "", null, null,
            original.language(), false, original.conversationId(), null, null, original.id(), "nobody", null, null, List.of(), published, null));
        if (!fresh) {
            return Optional.empty();
        }
        writer.count(original.id(), Counter.REBLOGS, 1);
        home.add(id);
        notifications.notify(NotificationType.REBLOG, List.of(original.accountId()), accountId, original.id());
        events.publish(new StatusCreated(id, accountId));
        return statuses.byId(id);
    }
}
