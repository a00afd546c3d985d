package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.QuoteDocuments.Asked;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.QuoteOutbox;
import social.dunlin.queue.Jobs;
import social.dunlin.status.QuoteStore.Quoting;
import social.dunlin.visibility.QuotePermission;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.Viewer;

/**
 * Quotes as other servers tell of them (FEP-044f): posts that quote, requests to quote posts of ours, answers to our
 * requests, stamps taken back. Who may say what was decided before. All idempotent by the state of the quote.
 */
@ApplicationScoped
public class RemoteQuotes {
    private final Database database;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final QuoteStore store;
    private final QuoteChanges changes;
    private final QuoteVisibility visibility;
    private final QuoteOutbox outbox;
    private final Jobs jobs;

    public RemoteQuotes(Database database, AccountStore accounts, StatusStore statuses, QuoteStore store, QuoteChanges changes,
                        QuoteVisibility visibility, QuoteOutbox outbox, Jobs jobs) {
        this.database = database;
        this.accounts = accounts;
        this.statuses = statuses;
        this.store = store;
        this.changes = changes;
        this.visibility = visibility;
        this.outbox = outbox;
        this.jobs = jobs;
    }

    // ---------------------------------------------------------------- posts that quote

    /**
     * A remote post just stored says what it quotes. In the transaction that stores it.
     *
     * @param chase whether an unknown quoted post is worth fetching
     */
    void receive(Status quoting, RemoteStatus.Quote told, boolean chase) {
        Optional<Status> quoted = told.uri() == null ? Optional.empty() : statuses.byUri(told.uri()).filter(status -> !status.isReblog());
        Quoting quote = new Quoting(quoting.id(), quoted.map(status -> OptionalLong.of(status.id())).orElse(OptionalLong.empty()), told.uri(),
            told.uri() == null ? QuoteState.DELETED : QuoteState.PENDING, null, told.authorizationUri(), told.legacy());
        if (!store.insert(quote)) {
            return;
        }
        if (quoted.isPresent()) {
            decide(quoting, quote, quoted.get());
            askForStamp(quoting.id());
        } else if (told.uri() != null && chase) {
            jobs.enqueue(QuoteCheck.job(quoting.id(), told.uri()));
        }
    }

    /** Quotes that came before the post they quote get to know it in the transaction that stores it, and are looked at again. */
    void arrived(long quotedId, String quotedUri) {
        jobs.enqueueAll(store.tieWaiting(quotedUri, quotedId).stream().map(id -> QuoteCheck.job(id, quotedUri)).toList());
    }

    /**
     * An Update of a remote post: consent that has come, a quote taken out, or, in an edit, another one.
     *
     * @param edited false when only numbers and consent may have changed
     */
    void update(Status quoting, RemoteStatus.Quote told, boolean edited) {
        Quoting known = store.lock(quoting.id()).orElse(null);
        if (known == null) {
            if (edited && told != null) {
                receive(quoting, told, true);
            }
            return;
        }
        boolean same = told != null && told.uri() != null && told.uri().equals(known.quotedUri());
        if (same) {
            consider(quoting, known, told);
        } else if (told != null && told.uri() == null) {
            changes.end(known, QuoteState.DELETED);
        } else if (!isRefused(known) && (told == null || edited)) {
            changes.discount(known, quoting);
            store.remove(quoting.id());
            if (told != null) {
                receive(quoting, told, true);
            }
        }
    }

    /** Leaving a refused quote out, or putting another in its place, is no way to be asked about it anew. */
    private static boolean isRefused(Quoting quote) {
        return quote.state() == QuoteState.REJECTED || quote.state() == QuoteState.REVOKED;
    }

    /** A stamp of a post of ours is ours to know; one that is newly claimed of others is checked. */
    private void consider(Status quoting, Quoting known, RemoteStatus.Quote told) {
        boolean open = known.state() == QuoteState.PENDING || known.state() == QuoteState.UNAUTHORIZED;
        boolean ours = known.quotedStatusId().isPresent() && statuses.byId(known.quotedStatusId().getAsLong()).filter(Status::local).isPresent();
        if (open && !ours && told.authorizationUri() != null && !told.authorizationUri().equals(known.authorizationUri())) {
            store.change(quoting.id(), QuoteState.PENDING, told.authorizationUri());
            jobs.enqueue(QuoteCheck.job(quoting.id(), told.authorizationUri()));
        }
    }

    /** As far as nobody has to be asked. */
    private void decide(Status quoting, Quoting quote, Status quoted) {
        switch (standing(quoting, quote, quoted)) {
            case HOLDS -> {
                if (quoted.local()) {
                    store.letRead(quoting.id(), quoted.accountId());
                }
                changes.accept(quote, null);
            }
            case FAILS -> changes.end(quote, quoted.local() ? QuoteState.REJECTED : QuoteState.UNAUTHORIZED);
            case WAITS -> { }
        }
    }

    private void askForStamp(long statusId) {
        claim(statusId).ifPresent(claim -> jobs.enqueue(QuoteCheck.job(statusId, claim.authorizationUri())));
    }

    private enum Standing { HOLDS, FAILS, WAITS }

    /**
     * One's own posts are one's own to quote. A quote of the old kind asks nobody: of a post of ours our policy decides,
     * of another's post it holds when that server knows no consent either, and is no quote where consent is due. A proper
     * one needs a stamp, which for posts of ours only a request brings.
     */
    private Standing standing(Status quoting, Quoting quote, Status quoted) {
        if (quoting.accountId() == quoted.accountId()) {
            return Standing.HOLDS;
        }
        if (quote.legacy() && (quoted.local() || quote.authorizationUri() == null)) {
            QuotePermission permission = visibility.mayQuote(Viewer.of(quoting.accountId()), quoted);
            boolean free = quoted.local() ? permission == QuotePermission.AUTOMATIC : permission == QuotePermission.UNKNOWN;
            return free ? Standing.HOLDS : Standing.FAILS;
        }
        return Standing.WAITS;
    }

    // ---------------------------------------------------------------- what a job found out

    /** A claim to be checked with the server of the quoted author. */
    public record Claim(String authorizationUri, String quotedAuthorUri, String quotingUri, String quotedUri) {
    }

    /** The quoted post, when it is unknown here and near enough to what people read: a chain of quotes could go on for ever. */
    public Optional<String> unknownPost(long statusId) {
        return store.of(statusId).filter(quote -> quote.state() == QuoteState.PENDING && quote.quotedStatusId().isEmpty() && !store.isDeep(statusId))
            .map(Quoting::quotedUri);
    }

    /** The quoted post is there after all. */
    public void found(long statusId, Status quoted) {
        database.transaction(() -> store.lock(statusId)
            .filter(quote -> quote.state() == QuoteState.PENDING && quote.quotedStatusId().isEmpty() && quoted.uri().equals(quote.quotedUri()))
            .ifPresent(quote -> store.tie(statusId, quoted.id())));
    }

    /** Decides a quote whose post has become known, as far as nobody has to be asked. */
    public void resume(long statusId) {
        database.transaction(() -> store.lock(statusId)
            .filter(quote -> quote.state() == QuoteState.PENDING && quote.quotedStatusId().isPresent() && quote.requestUri() == null)
            .ifPresent(quote -> decide(statuses.byId(statusId).orElseThrow(), quote,
                statuses.byId(quote.quotedStatusId().getAsLong()).orElseThrow())));
    }

    /** The stamp to be fetched, if there is one to be checked. */
    public Optional<Claim> claim(long statusId) {
        Quoting quote = store.of(statusId).filter(found -> found.state() == QuoteState.PENDING && found.authorizationUri() != null
            && found.quotedStatusId().isPresent()).orElse(null);
        if (quote == null) {
            return Optional.empty();
        }
        Status quoted = statuses.byId(quote.quotedStatusId().getAsLong()).orElseThrow();
        return quoted.local() ? Optional.empty() : Optional.of(new Claim(quote.authorizationUri(),
            accounts.byId(quoted.accountId()).orElseThrow().uri(), statuses.byId(statusId).orElseThrow().uri(), quoted.uri()));
    }

    /** The checked stamp holds, or does not. Nothing happens when another one has been claimed meanwhile. */
    public void checked(long statusId, Claim claim, boolean holds) {
        database.transaction(() -> store.lock(statusId)
            .filter(quote -> quote.state() == QuoteState.PENDING && claim.authorizationUri().equals(quote.authorizationUri()))
            .ifPresent(quote -> {
                if (holds) {
                    changes.accept(quote, quote.authorizationUri());
                } else {
                    changes.end(quote, QuoteState.UNAUTHORIZED);
                }
            }));
    }

    // ---------------------------------------------------------------- requests to us

    /** True when the policy of the local author lets them. */
    public boolean mayQuote(Account asker, Status quoted) {
        return visibility.mayQuote(Viewer.of(asker.id()), quoted) == QuotePermission.AUTOMATIC;
    }

    /**
     * Accept with a stamp, for a stored post of the asker's that says it quotes this one. A repeated request gets the same
     * stamp again; one whose stamp was taken back gets a Reject.
     */
    public void grant(Account asker, Asked request, Status quoting, Status quoted) {
        database.transaction(() -> {
            Account author = accounts.byId(quoted.accountId()).orElseThrow();
            store.insert(new Quoting(quoting.id(), OptionalLong.of(quoted.id()), quoted.uri(), QuoteState.PENDING, null, null, false));
            Quoting quote = store.lock(quoting.id()).orElseThrow();
            boolean itsQuote = quote.quotedStatusId().isPresent() && quote.quotedStatusId().getAsLong() == quoted.id();
            boolean open = switch (quote.state()) {
                case PENDING, ACCEPTED, REJECTED, UNAUTHORIZED -> true;
                case REVOKED, DELETED -> false;
            };
            if (!itsQuote || !open) {
                outbox.rejected(author, asker, request);
                return;
            }
            String stamp = outbox.stampUri(author, quoting.id());
            store.letRead(quoting.id(), author.id());
            changes.accept(quote, stamp);
            outbox.accepted(author, asker, request, stamp);
        });
    }

    /** Reject. A quote that came before its request is marked. */
    public void deny(Account asker, Asked request, Status quoted) {
        database.transaction(() -> {
            statuses.byUri(request.instrument()).filter(quoting -> quoting.accountId() == asker.id())
                .flatMap(quoting -> store.lock(quoting.id()))
                .filter(quote -> quote.state() == QuoteState.PENDING && quote.quotedStatusId().isPresent()
                    && quote.quotedStatusId().getAsLong() == quoted.id())
                .ifPresent(quote -> changes.end(quote, QuoteState.REJECTED));
            outbox.rejected(accounts.byId(quoted.accountId()).orElseThrow(), asker, request);
        });
    }

    // ---------------------------------------------------------------- answers to us

    /**
     * The quote of ours that an answer means: by the id of our request, else by the post it was for.
     *
     * @param answererId who answers; only the quoted author can
     */
    public OptionalLong asked(long answererId, String requestUri, String instrumentUri) {
        Optional<Quoting> byRequest = requestUri == null ? Optional.empty() : store.byRequest(requestUri, answererId);
        Optional<Quoting> found = byRequest.isPresent() || instrumentUri == null ? byRequest : store.byInstrument(instrumentUri, answererId);
        return found.map(quote -> OptionalLong.of(quote.statusId())).orElse(OptionalLong.empty());
    }

    /** Accept: the stamp is fetched from its origin and checked before it counts. */
    public void approved(long statusId, String authorizationUri) {
        database.transaction(() -> store.lock(statusId).filter(quote -> quote.state() == QuoteState.PENDING || quote.state() == QuoteState.UNAUTHORIZED)
            .ifPresent(quote -> {
                store.change(statusId, QuoteState.PENDING, authorizationUri);
                jobs.enqueue(QuoteCheck.job(statusId, authorizationUri));
            }));
    }

    /** Reject; after an Accept it takes that back. */
    public void refused(long statusId) {
        database.transaction(() -> store.lock(statusId).ifPresent(quote -> {
            switch (quote.state()) {
                case PENDING, UNAUTHORIZED -> changes.end(quote, QuoteState.REJECTED);
                case ACCEPTED -> changes.end(quote, QuoteState.REVOKED);
                case REJECTED, REVOKED, DELETED -> { }
            }
        }));
    }

    /** Whether a quote leans on this stamp of the quoted author. */
    public boolean leansOn(String authorizationUri, String authorUri) {
        return store.byAuthorization(authorizationUri, authorUri).isPresent();
    }

    /** Delete of a stamp by the quoted author. True when a quote leaned on it; a claimed one will be found gone when it is checked. */
    public boolean revoked(String authorizationUri, String authorUri) {
        return database.transaction(() -> {
            Optional<Quoting> quote = store.byAuthorization(authorizationUri, authorUri);
            quote.ifPresent(held -> changes.end(held, QuoteState.REVOKED));
            return quote.isPresent();
        });
    }
}
