package social.dunlin.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.database.Database;
import social.dunlin.event.Event.NotificationCreated;
import social.dunlin.event.EventBus;
import social.dunlin.notification.NotificationStore.Created;
import social.dunlin.paging.Page;
import social.dunlin.push.PushQueue;

/**
 * Tells local people what concerns them. One statement whatever the number of receivers; who is remote, is the actor
 * themself, blocks or mutes the actor, blocks the actor's host, has muted the thread, or may not see the post gets
 * nothing, and the same thing is told once; of several edits the last. What the receiver's policy sets aside makes no
 * event.
 */
@ApplicationScoped
public class NotificationService {
    private final NotificationStore store;
    private final EventBus events;
    private final Database database;
    private final PushQueue pushes;

    public NotificationService(NotificationStore store, EventBus events, Database database, PushQueue pushes) {
        this.store = store;
        this.events = events;
        this.database = database;
        this.pushes = pushes;
    }

    /**
     * Call it in the transaction of the cause.
     *
     * @param receivers account ids; remote ones are passed over
     * @param statusId  the post it is about; null for follows
     * @return the ids of the notifications written
     */
    public List<Long> notify(NotificationType type, Collection<Long> receivers, long fromAccountId, Long statusId) {
        return notifyEach(type, receivers.stream().map(receiver -> new Telling(receiver, statusId, fromAccountId)).toList());
    }

    /** As {@link #notify}, about a report, a collection, a warning or a loss. */
    public List<Long> notifyAbout(NotificationType type, Collection<Long> receivers, long fromAccountId, long subjectId) {
        return notifyEach(type, receivers.stream().map(receiver -> new Telling(receiver, null, fromAccountId, subjectId)).toList());
    }

    /** As {@link #notify}, each about a post of their own; written in this order. */
    public List<Long> notifyEach(NotificationType type, Collection<Telling> receivers) {
        if (receivers.isEmpty()) {
            return List.of();
        }
        return database.transaction(() -> {
            if (type == NotificationType.UPDATE || type == NotificationType.QUOTED_UPDATE) {
                store.forget(type, receivers);
            }
            List<Created> created = store.create(type, receivers);
            List<Created> shown = created.stream().filter(each -> !each.filtered()).toList();
            events.publishAll(shown.stream().map(each -> new NotificationCreated(each.id(), each.accountId())).toList());
            pushes.enqueue(shown.stream().map(Created::id).toList());
            return created.stream().map(Created::id).toList();
        });
    }

    /** The cause is gone: unfavourite, unfollow, an answered follow request. */
    public void withdraw(NotificationType type, long receiver, long fromAccountId, Long statusId) {
        store.remove(type, receiver, fromAccountId, statusId);
    }

    /** Somebody has left a collection, or a later change of it is to be told in the place of this one. */
    public void forgetCollection(NotificationType type, long collectionId, Collection<Long> receivers) {
        store.forgetCollection(type, collectionId, receivers);
    }

    /**
     * Newest first.
     *
     * @param types   wanted kinds, empty = all
     * @param exclude unwanted kinds
     * @param from    only from this account; null = from all
     */
    public List<Notification> list(long accountId, Page page, Collection<NotificationType> types, Collection<NotificationType> exclude, Long from) {
        return list(accountId, page, types, exclude, from, false);
    }

    /** @param filteredToo also what was set aside */
    public List<Notification> list(long accountId, Page page, Collection<NotificationType> types, Collection<NotificationType> exclude, Long from,
                                   boolean filteredToo) {
        return store.list(accountId, page, wanted(types, exclude), from, filteredToo);
    }

    private static Set<NotificationType> wanted(Collection<NotificationType> types, Collection<NotificationType> exclude) {
        Set<NotificationType> wanted = types.isEmpty() ? EnumSet.allOf(NotificationType.class) : EnumSet.copyOf(types);
        wanted.removeAll(exclude);
        return wanted;
    }

    /** As {@link #list}, kinds in {@code grouped} put together where they belong together. */
    public List<NotificationGroup> groups(long accountId, Page page, Collection<NotificationType> types, Collection<NotificationType> exclude,
                                          Long from, Collection<NotificationType> grouped) {
        return groups(accountId, page, types, exclude, from, grouped, false);
    }

    /** @param filteredToo also what was set aside */
    public List<NotificationGroup> groups(long accountId, Page page, Collection<NotificationType> types, Collection<NotificationType> exclude,
                                          Long from, Collection<NotificationType> grouped, boolean filteredToo) {
        return store.groups(accountId, page, wanted(types, exclude), from, grouped, filteredToo);
    }

    public Optional<NotificationGroup> group(long accountId, String groupKey) {
        return store.group(accountId, groupKey);
    }

    /** Who is in a group, newest first. */
    public List<Long> senders(long accountId, String groupKey) {
        return store.senders(accountId, groupKey);
    }

    public void dismissGroup(long accountId, String groupKey) {
        store.dismissGroup(accountId, groupKey);
    }

    /** Empty when there is none of this id, or it is somebody else's. */
    public Optional<Notification> get(long accountId, long id) {
        return store.byId(accountId, id);
    }

    public void dismiss(long accountId, long id) {
        store.dismiss(accountId, id);
    }

    public void clear(long accountId) {
        store.clear(accountId);
    }

    /** How many are newer than the marker, counted no further than the limit. */
    public int unread(long accountId, int limit, Collection<NotificationType> types, Collection<NotificationType> exclude) {
        return store.unread(accountId, limit, wanted(types, exclude));
    }
}
