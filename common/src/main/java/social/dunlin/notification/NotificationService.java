package social.dunlin.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.database.Database;

/**
 * Tells local people what concerns them. One statement whatever the number of receivers; who is remote, is the actor
 * themself, blocks or mutes the actor, blocks the actor's host, or has muted the thread gets nothing, and the same
 * thing is told once.
 */
@ApplicationScoped
public class NotificationService {
    private final NotificationStore store;
    private final Database database;

    public NotificationService(NotificationStore store, Database database) {
        this.store = store;
        this.database = database;
    }

    /**
     * Call it in the transaction of the cause.
     *
     * @param receivers account ids; remote ones are passed over
     * @param statusId  the post it is about; null for follows
     * @return the ids of the notifications written
     */
    public List<Long> notify(NotificationType type, Collection<Long> receivers, long fromAccountId, Long statusId) {
        return receivers.isEmpty() ? List.of() : store.create(type, receivers, fromAccountId, statusId);
    }

    /** The cause is gone: unfavourite, unfollow, an answered follow request. */
    public void withdraw(NotificationType type, long receiver, long fromAccountId, Long statusId) {
        store.remove(type, receiver, fromAccountId, statusId);
    }
}
