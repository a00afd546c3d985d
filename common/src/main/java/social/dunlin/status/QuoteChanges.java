package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.status.QuoteStore.Quoting;
import social.dunlin.status.StatusWriter.Counter;

/**
 * What follows when a quote changes its state, whoever changed it: the counter, the notification, what other servers are
 * told about a post of ours. In the caller's transaction, the quote's row held.
 */
@ApplicationScoped
class QuoteChanges {
    private final QuoteStore store;
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final NotificationService notifications;
    private final Outbox outbox;
    private final EventBus events;

    QuoteChanges(QuoteStore store, StatusStore statuses, StatusWriter writer, NotificationService notifications, Outbox outbox, EventBus events) {
        this.store = store;
        this.statuses = statuses;
        this.writer = writer;
        this.notifications = notifications;
        this.outbox = outbox;
        this.events = events;
    }

    /** @param authorizationUri id of the stamp; null for one's own posts and for posts whose origin knows no consent */
    void accept(Quoting quote, String authorizationUri) {
        store.change(quote.statusId(), QuoteState.ACCEPTED, authorizationUri);
        if (quote.state() != QuoteState.ACCEPTED) {
            Status quoting = statuses.byId(quote.statusId()).orElseThrow();
            Status quoted = statuses.byId(quote.quotedStatusId().orElseThrow()).orElseThrow();
            counted(quoting, quoted);
            told(quoting);
        }
    }

    /** What an accepted quote means for the quoted post and its author. */
    void counted(Status quoting, Status quoted) {
        writer.count(quoted.id(), Counter.QUOTES, 1);
        notifications.notify(NotificationType.QUOTE, List.of(quoted.accountId()), quoting.accountId(), quoting.id());
    }

    /** Rejected, revoked, deleted or found unauthorized. */
    void end(Quoting quote, QuoteState state) {
        if (quote.state() == state) {
            return;
        }
        store.change(quote.statusId(), state, quote.authorizationUri());
        Status quoting = statuses.byId(quote.statusId()).orElseThrow();
        discount(quote, quoting);
        told(quoting);
    }

    /** Takes back what an accepted quote counted for. */
    void discount(Quoting quote, Status quoting) {
        if (quote.state() == QuoteState.ACCEPTED && quote.quotedStatusId().isPresent()) {
            long quotedId = quote.quotedStatusId().getAsLong();
            writer.count(quotedId, Counter.QUOTES, -1);
            statuses.byId(quotedId).ifPresent(quoted ->
                notifications.withdraw(NotificationType.QUOTE, quoted.accountId(), quoting.accountId(), quoting.id()));
        }
    }

    private void told(Status quoting) {
        if (quoting.local()) {
            outbox.statusEdited(quoting.id());
        }
        events.publish(new StatusEdited(quoting.id(), quoting.accountId()));
    }
}
