package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.api.access.DomainScope;
import social.dunlin.api.entity.NotificationRenderer;
import social.dunlin.event.Event.NotificationCreated;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationService;

/** Brings a notification to its receiver. One that listings leave out, because it is set aside or its post is hidden, is not streamed. */
@ApplicationScoped
public class NotificationFanOut {
    private final NotificationService notifications;
    private final NotificationRenderer renderer;
    private final ObjectMapper json;

    public NotificationFanOut(NotificationService notifications, NotificationRenderer renderer, ObjectMapper json) {
        this.notifications = notifications;
        this.renderer = renderer;
        this.json = json;
    }

    /** @param readers connections of the receiver */
    void created(List<Reader> readers, NotificationCreated event) {
        List<Reader> interested = readers.stream().filter(reader -> reader.watches(StreamKind::bringsNotifications)
            && reader.token().scopes().allow("read:notifications")).toList();
        if (interested.isEmpty()) {
            return;
        }
        notifications.get(event.accountId(), event.notificationId()).ifPresent(notification -> {
            StreamEvent told = StreamEvent.of("notification", rendered(notification, interested.getFirst()));
            interested.forEach(reader -> reader.streams().stream().filter(stream -> stream.kind().bringsNotifications())
                .forEach(stream -> reader.tell(stream, told)));
        });
    }

    private String rendered(Notification notification, Reader receiver) {
        return DomainScope.within(receiver.domain(), () -> {
            try {
                return json.writeValueAsString(renderer.render(notification));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }
}
