package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.PollOutbox;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.status.StatusWriter.Counter;
import social.dunlin.status.StoredStatus.Refused;
import social.dunlin.status.StoredStatus.Stored;
import social.dunlin.status.StoredStatus.Tombstoned;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** What remote accounts do to posts stored here. All idempotent, and silent about what the account may not see. */
@ApplicationScoped
public class RemoteInteractions {
    private final Database database;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final InteractionStore store;
    private final ReactionStore reactions;
    private final Boosts boosts;
    private final PollStore polls;
    private final PollOutbox pollOutbox;
    private final StatusVisibility visibility;
    private final NotificationService notifications;
    private final EventBus events;

    public RemoteInteractions(Database database, AccountStore accounts, StatusStore statuses, StatusWriter writer, InteractionStore store,
                              ReactionStore reactions, Boosts boosts, PollStore polls, PollOutbox pollOutbox, StatusVisibility visibility,
                              NotificationService notifications, EventBus events) {
        this.database = database;
        this.accounts = accounts;
        this.statuses = statuses;
        this.writer = writer;
        this.store = store;
        this.reactions = reactions;
        this.boosts = boosts;
        this.polls = polls;
        this.pollOutbox = pollOutbox;
        this.visibility = visibility;
        this.notifications = notifications;
        this.events = events;
    }

    /**
     * Announce: the boost as a row of its own.
     *
     * @param uri        id of the Announce activity
     * @param addressed  visibility of the boost, from its addressing; a private post's boost stays private
     * @param published  null or in the future = now
     */
    public StoredStatus announce(long accountId, long statusId, String uri, Visibility addressed, Instant published) {
        return database.transaction(() -> {
            writer.lock(uri);
            if (statuses.isTombstoned(uri)) {
                return new Tombstoned();
            }
            Optional<Account> account = accounts.byId(accountId);
            Optional<Status> status = statuses.byId(statusId).filter(found -> !found.isReblog());
            if (account.isEmpty() || account.get().isLocal() || account.get().isSuspended()) {
                return new Refused("The account is unknown, local or suspended");
            }
            if (status.isEmpty() || !visibility.mayReblog(Viewer.of(accountId), status.get())) {
                return new Refused("The post is not there, or not for this account to boost");
            }
            Instant now = Instant.now();
            Instant time = published == null || published.isAfter(now) ? now : published;
            Visibility reach = status.get().visibility() == Visibility.PRIVATE ? Visibility.PRIVATE : addressed;
            return boosts.write(writer.freeId(time, status.get()), accountId, status.get(), uri, null, false, reach, time)
                .<StoredStatus>map(boost -> new Stored(boost.id(), true))
                .or(() -> statuses.reblogBy(accountId, statusId).map(boost -> new Stored(boost.id(), false)))
                .orElseGet(() -> new Refused("The id is taken"));
        });
    }

    /** Undo{Announce} by the activity's id. True when a boost went away; remembered when it has not come yet. */
    public boolean undoAnnounce(long accountId, String uri) {
        return database.transaction(() -> {
            writer.lock(uri);
            Optional<Status> boost = statuses.byUri(uri);
            if (boost.isEmpty()) {
                accounts.byId(accountId).filter(account -> RemoteStatuses.sameHost(uri, account.uri()) && !account.isLocal())
                    .ifPresent(account -> writer.buryUnseen(uri, "Announce", account.uri()));
                return false;
            }
            if (!boost.get().isReblog() || boost.get().accountId() != accountId || boost.get().local()) {
                return false;
            }
            remove(boost.get());
            return true;
        });
    }

    /** Undo{Announce} that names only the post. True when a boost went away. */
    public boolean undoAnnounceOf(long accountId, long statusId) {
        return database.transaction(() -> {
            Optional<Status> boost = statuses.reblogBy(accountId, statusId).filter(found -> !found.local());
            boost.ifPresent(this::remove);
            return boost.isPresent();
        });
    }

    private void remove(Status boost) {
        writer.remove(boost);
        statuses.byId(boost.originalId()).ifPresent(original ->
            notifications.withdraw(NotificationType.REBLOG, original.accountId(), boost.accountId(), original.id()));
        events.publish(new StatusDeleted(boost.id(), boost.accountId()));
    }

    /** Like; one vote each, so that a Dislike ends. True when it is new. @param uri id of the activity */
    public boolean favourite(long accountId, long statusId, String uri) {
        return database.transaction(() -> {
            Optional<Status> status = statuses.byId(statusId)
                .filter(found -> !found.isReblog() && visibility.mayFavourite(Viewer.of(accountId), found));
            if (status.isEmpty() || !store.favourite(accountId, statusId, uri)) {
                return false;
            }
            reactions.undislike(accountId, statusId);
            writer.count(statusId, Counter.FAVOURITES, 1);
            notifications.notify(NotificationType.FAVOURITE, List.of(status.get().accountId()), accountId, statusId);
            return true;
        });
    }

    /** Undo{Like}. True when one went away. */
    public boolean undoFavourite(long accountId, long statusId) {
        return database.transaction(() -> {
            if (store.unfavourite(accountId, statusId).isEmpty()) {
                return false;
            }
            writer.count(statusId, Counter.FAVOURITES, -1);
            statuses.byId(statusId).ifPresent(status ->
                notifications.withdraw(NotificationType.FAVOURITE, status.accountId(), accountId, statusId));
            return true;
        });
    }

    /** A vote on a local poll, by the option's text. True when it counted. @param uri id of the vote's Note */
    public boolean vote(long accountId, long statusId, String option, String uri) {
        return database.transaction(() -> {
            Optional<Status> status = statuses.byId(statusId).filter(found -> found.local() && visibility.maySee(Viewer.of(accountId), found));
            Optional<Poll> poll = status.flatMap(found -> polls.ofStatus(found.id())).flatMap(found -> polls.lock(found.id()));
            int choice = poll.map(found -> found.options().indexOf(option)).orElse(-1);
            if (choice < 0 || poll.get().isExpired(Instant.now()) || poll.get().accountId() == accountId) {
                return false;
            }
            boolean spent = !poll.get().multiple() && !polls.choices(accountId, List.of(poll.get().id())).isEmpty();
            boolean counted = !spent && polls.vote(poll.get().id(), accountId, List.of(choice), uri) > 0;
            if (counted) {
                pollOutbox.changed(status.get());
            }
            return counted;
        });
    }
}
