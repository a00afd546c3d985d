package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.federation.outbox.QuoteOutbox;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.QuoteStore.Quoting;
import social.dunlin.timeline.Listing.Listed;
import social.dunlin.visibility.Viewer;

/** What a local author does about quotes of their posts: see them, take consent back, say who may (behaviours §13). */
@ApplicationScoped
public class QuoteService {
    private final Database database;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusReader reader;
    private final StatusWriter writer;
    private final QuoteStore store;
    private final QuoteChanges changes;
    private final QuoteOutbox quoteOutbox;
    private final Outbox outbox;
    private final EventBus events;

    public QuoteService(Database database, AccountStore accounts, StatusStore statuses, StatusReader reader, StatusWriter writer, QuoteStore store,
                        QuoteChanges changes, QuoteOutbox quoteOutbox, Outbox outbox, EventBus events) {
        this.database = database;
        this.accounts = accounts;
        this.statuses = statuses;
        this.reader = reader;
        this.writer = writer;
        this.store = store;
        this.changes = changes;
        this.quoteOutbox = quoteOutbox;
        this.outbox = outbox;
        this.events = events;
    }

    /** Accepted quotes of a post the viewer may see. */
    public List<Listed> quotes(Viewer viewer, long statusId, Page page) {
        return store.listed(viewer, reader.get(viewer, statusId).originalId(), page);
    }

    /** Takes back the consent to a quote of a post of one's own; gives the quoting post. Repeatable. */
    public Status revoke(Account author, long statusId, long quotingStatusId) {
        return database.transaction(() -> {
            Status quoted = own(author, statusId);
            Quoting quote = store.lock(quotingStatusId)
                .filter(found -> found.quotedStatusId().isPresent() && found.quotedStatusId().getAsLong() == quoted.id())
                .orElseThrow(Refusal::notFound);
            Status quoting = statuses.byId(quotingStatusId).orElseThrow(Refusal::notFound);
            if (quote.state() == QuoteState.ACCEPTED) {
                changes.end(quote, QuoteState.REVOKED);
                if (quote.authorizationUri() != null && quoting.visibility().federates()) {
                    quoteOutbox.revoked(author, quoting, quote.authorizationUri());
                }
            }
            return quoting;
        });
    }

    /** Who may quote the post from now on; quotes there are stay. */
    public Status changePolicy(Account author, long statusId, String policy) {
        return database.transaction(() -> {
            Status before = own(author, statusId);
            String wanted = StatusDraft.quotePolicy(policy, before.visibility());
            if (!wanted.equals(before.quotePolicy())) {
                writer.quotePolicy(statusId, wanted);
                outbox.statusEdited(statusId);
                events.publish(new StatusEdited(statusId, author.id()));
            }
            return own(author, statusId);
        });
    }

    private Status own(Account author, long statusId) {
        return statuses.byId(statusId).filter(status -> status.accountId() == author.id() && status.local() && !status.isReblog())
            .orElseThrow(Refusal::notFound);
    }

    /** A stamp for a quote of a local author's post, as others fetch it. */
    public record Stamp(String uri, String quotingUri, String quotedUri, QuoteState state) {
    }

    /** Of a quote that stays on this server there is none for others. @param quotingStatusId the number in the stamp's address */
    public Optional<Stamp> stamp(Account author, long quotingStatusId) {
        String uri = quoteOutbox.stampUri(author, quotingStatusId);
        Optional<Status> quoting = statuses.byId(quotingStatusId).filter(status -> status.visibility().federates());
        Optional<Quoting> quote = store.of(quotingStatusId).filter(found -> uri.equals(found.authorizationUri()) && found.quotedStatusId().isPresent());
        Optional<Status> quoted = quote.flatMap(found -> statuses.byId(found.quotedStatusId().getAsLong()))
            .filter(status -> status.accountId() == author.id());
        return quoting.isPresent() && quoted.isPresent()
            ? Optional.of(new Stamp(uri, quoting.get().uri(), quoted.get().uri(), quote.get().state())) : Optional.empty();
    }
}
