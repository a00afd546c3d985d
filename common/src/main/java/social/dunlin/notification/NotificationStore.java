package social.dunlin.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.database.Database;

/** SQL of notifications. */
@ApplicationScoped
public class NotificationStore {
    private final Database database;

    public NotificationStore(Database database) {
        this.database = database;
    }

    List<Long> create(NotificationType type, Collection<Long> receivers, long fromAccountId, Long statusId) {
        throw new UnsupportedOperationException();
    }

    void remove(NotificationType type, long receiver, long fromAccountId, Long statusId) {
        throw new UnsupportedOperationException();
    }
}
