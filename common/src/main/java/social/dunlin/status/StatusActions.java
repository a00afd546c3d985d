package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import social.dunlin.account.Account;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.id.Snowflakes;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusWriter.Counter;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/**
 * What a local account does to posts it may see. Each is idempotent and gives the post's new state; what one may not see
 * is refused as if it were not there. Of a boost the post inside is meant.
 */
@ApplicationScoped
public class StatusActions {
    private final Database database;
    private final Domains domains;
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final InteractionStore store;
    private final Boosts boosts;
    private final StatusVisibility visibility;
    private final NotificationService notifications;
    private final Outbox outbox;
    private final EventBus events;

    public StatusActions(Database database, Domains domains, StatusStore statuses, StatusWriter writer, InteractionStore store, Boosts boosts,
                         StatusVisibility visibility, NotificationService notifications, Outbox outbox, EventBus events) {
        this.database = database;
        this.domains = domains;
        this.statuses = statuses;
        this.writer = writer;
        this.store = store;
        this.boosts = boosts;
        this.visibility = visibility;
        this.notifications = notifications;
        this.outbox = outbox;
        this.events = events;
    }

    public Status favourite(Account account, long statusId) {
        return database.transaction(() -> {
            Status status = original(account, statusId, found -> visibility.mayFavourite(Viewer.of(account.id()), found));
            if (store.favourite(account.id(), status.id(), null)) {
                writer.count(status.id(), Counter.FAVOURITES, 1);
                notifications.notify(NotificationType.FAVOURITE, List.of(status.accountId()), account.id(), status.id());
                outbox.favourited(account.id(), status.id());
            }
            return statuses.byId(status.id()).orElseThrow(Refusal::notFound);
        });
    }

    public Status unfavourite(Account account, long statusId) {
        Status status = anyOriginal(statusId);
        database.transaction(() -> {
            store.unfavourite(account.id(), status.id()).ifPresent(likeUri -> {
                writer.count(status.id(), Counter.FAVOURITES, -1);
                notifications.withdraw(NotificationType.FAVOURITE, status.accountId(), account.id(), status.id());
                outbox.favouriteUndone(account.id(), status.id(), likeUri.isEmpty() ? null : likeUri);
            });
        });
        return visible(account, status.id());
    }

    /**
     * Gives the boost's own row, also when it was there before.
     *
     * @param wanted visibility of the boost; null = as open as the post. A boost is never more open than its post
     */
    public Status reblog(Account account, long statusId, Visibility wanted) {
        StatusService.refuseMoved(account);
        return database.transaction(() -> {
            Viewer viewer = Viewer.of(account.id());
            Status status = original(account, statusId, found -> visibility.maySee(viewer, found));
            if (!visibility.mayReblog(viewer, status)) {
                throw Refusal.forbidden("This action is not allowed");
            }
            Optional<Status> before = statuses.reblogBy(account.id(), status.id());
            if (before.isPresent()) {
                return before.get();
            }
            long id = Snowflakes.next();
            String uri = new Uris(domains.byId(account.domainId().orElseThrow()).baseUrl()).statusActivity(account.username(), id);
            Optional<Status> boost = boosts.write(id, account.id(), status, uri, uri, true, reblogVisibility(wanted, status.visibility()), Instant.now());
            boost.ifPresent(written -> outbox.statusCreated(written.id()));
            return boost.or(() -> statuses.reblogBy(account.id(), status.id())).orElseThrow(Refusal::notFound);
        });
    }

    private static Visibility reblogVisibility(Visibility wanted, Visibility original) {
        return switch (original) {
            case PUBLIC -> wanted == null || wanted == Visibility.DIRECT ? original : wanted;
            case UNLISTED -> wanted == null || wanted == Visibility.DIRECT || wanted == Visibility.PUBLIC ? original : wanted;
            case PRIVATE, DIRECT, LOCAL, LOCAL_UNLISTED -> original;
        };
    }

    /** Gives the post that was boosted. */
    public Status unreblog(Account account, long statusId) {
        Status status = anyOriginal(statusId);
        database.transaction(() -> statuses.reblogBy(account.id(), status.id()).ifPresent(boost -> {
            writer.hold(boost.id());
            outbox.reblogUndone(boost.id());
            writer.remove(boost);
            notifications.withdraw(NotificationType.REBLOG, status.accountId(), account.id(), status.id());
            events.publish(new StatusDeleted(boost.id(), account.id()));
        }));
        return visible(account, status.id());
    }

    public Status bookmark(Account account, long statusId) {
        return database.transaction(() -> {
            Status status = original(account, statusId, found -> visibility.maySee(Viewer.of(account.id()), found));
            store.bookmark(account.id(), status.id());
            return status;
        });
    }

    public Status unbookmark(Account account, long statusId) {
        Status status = anyOriginal(statusId);
        removeBookmark(account.id(), status.id());
        return visible(account, status.id());
    }

    /** Also of a post that the account may no longer see. */
    public void removeBookmark(long accountId, long statusId) {
        store.unbookmark(accountId, statusId);
    }

    /** Own public, unlisted, local and private posts, five at most. */
    public Status pin(Account account, long statusId) {
        return database.transaction(() -> {
            Status status = visible(account, statusId);
            if (status.accountId() != account.id()) {
                throw Refusal.invalid("Someone else's post cannot be pinned");
            }
            if (status.isReblog()) {
                throw Refusal.invalid("A boost cannot be pinned");
            }
            if (status.visibility() == Visibility.DIRECT) {
                throw Refusal.invalid("Posts that are only visible to mentioned users cannot be pinned");
            }
            if (store.lockedPinCount(account.id()) >= StatusLimits.PINS) {
                throw Refusal.invalid("You have already pinned the maximum number of posts");
            }
            if (!store.pin(account.id(), status.id())) {
                throw Refusal.invalid("Post has already been pinned");
            }
            outbox.pinChanged(account.id(), status.id(), true);
            return status;
        });
    }

    public Status unpin(Account account, long statusId) {
        return database.transaction(() -> {
            Status status = visible(account, statusId);
            if (store.unpin(account.id(), status.id())) {
                outbox.pinChanged(account.id(), status.id(), false);
            }
            return status;
        });
    }

    /** No more notifications about this post's thread. */
    public Status mute(Account account, long statusId) {
        Status status = original(account, statusId, found -> visibility.maySee(Viewer.of(account.id()), found));
        store.muteConversation(account.id(), status.conversationId());
        return status;
    }

    public Status unmute(Account account, long statusId) {
        Status status = original(account, statusId, found -> visibility.maySee(Viewer.of(account.id()), found));
        store.unmuteConversation(account.id(), status.conversationId());
        return status;
    }

    private Status original(Account account, long statusId, Predicate<Status> allowed) {
        Status found = statuses.byId(statusId).filter(allowed).orElseThrow(Refusal::notFound);
        return found.isReblog() ? statuses.byId(found.originalId()).orElseThrow(Refusal::notFound) : found;
    }

    /** The answer shows the post, so it is given only to who may see it; what was taken back before stays so. */
    private Status visible(Account account, long statusId) {
        return statuses.byId(statusId).filter(found -> visibility.maySee(Viewer.of(account.id()), found)).orElseThrow(Refusal::notFound);
    }

    /** The post itself, whoever may see it: taking back must always be possible. */
    private Status anyOriginal(long statusId) {
        Status found = statuses.byId(statusId).orElseThrow(Refusal::notFound);
        return found.isReblog() ? statuses.byId(found.originalId()).orElseThrow(Refusal::notFound) : found;
    }
}
