package social.dunlin.federation.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActor;
import social.dunlin.activitypub.ApEntity;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;
import social.dunlin.federation.actor.ActorFetch.Found;
import social.dunlin.federation.actor.ActorFetch.Gone;
import social.dunlin.federation.actor.ActorFetch.Refused;
import social.dunlin.federation.actor.ActorFetch.Unreachable;
import social.dunlin.federation.actor.ActorRules.Handle;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.resolve.WebFingerClient;
import social.dunlin.federation.resolve.WebFingerClient.Finger;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Jobs;

/**
 * Actors of other servers. One is taken when its document bears the address it came from, keeps the rules of
 * {@link ActorRules}, and WebFinger for its handle leads back to it. Local accounts are never touched from here.
 */
@ApplicationScoped
public class RemoteActors {
    private static final Logger LOG = Logger.getLogger(RemoteActors.class);
    private static final Duration STALE = Duration.ofDays(1);
    private static final Duration REFRESH_LEASE = Duration.ofMinutes(2);

    private final Database database;
    private final AccountStore accounts;
    private final RemoteActorStore store;
    private final RemoteActorRemoval removal;
    private final DocumentFetcher fetcher;
    private final WebFingerClient webFinger;
    private final Domains domains;
    private final EventBus events;
    private final Jobs jobs;

    public RemoteActors(Database database, AccountStore accounts, RemoteActorStore store, RemoteActorRemoval removal,
            DocumentFetcher fetcher, WebFingerClient webFinger, Domains domains, EventBus events, Jobs jobs) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.removal = removal;
        this.fetcher = fetcher;
        this.webFinger = webFinger;
        this.domains = domains;
        this.events = events;
        this.jobs = jobs;
    }

    /** The stored account of this id, else the fetched one. Local ids are answered from the store alone. */
    public ActorFetch byUri(String uri, FetchBudget budget) {
        Optional<Account> known = accounts.byUri(uri);
        return known.isPresent() ? found(known.get()) : fetch(uri, budget);
    }

    private static ActorFetch found(Account account) {
        return account.deletedAt() == null ? new Found(account) : new Gone();
    }

    /** Fetches the actor anew and stores it, whatever is stored. */
    public ActorFetch fetch(String uri, FetchBudget budget) {
        Optional<ObjectUri> address = ObjectUri.tryParse(uri);
        if (address.isEmpty() || domains.isOwnHost(address.get().host().value())) {
            return new Refused("no address of another server");
        }
        return switch (fetcher.byId(address.get(), budget)) {
            // An address may lead on, but never to somebody of another server: their name would stand under what lives here.
            case Fetched.Document document -> document.uri().sameOrigin(address.get())
                ? ingest(document, budget) : new Refused("its address leads to another server");
            case Fetched.Failed(Fetched.Reason reason) -> failed(uri, reason);
        };
    }

    /**
     * Fetches a stored actor anew, unless somebody else is at it or it failed lately: then the stored one is given. A
     * failure is followed by a pause that doubles.
     */
    public ActorFetch refresh(String uri, FetchBudget budget) {
        Optional<Account> known = accounts.byUri(uri).filter(account -> !account.isLocal() && account.deletedAt() == null);
        if (known.isEmpty()) {
            return new Refused("nobody stored here");
        }
        if (!store.leaseRefresh(known.get().id(), REFRESH_LEASE)) {
            return new Found(known.get());
        }
        ActorFetch fetched = fetch(uri, budget);
        switch (fetched) {
            case Found found -> { }
            case Gone gone -> { }
            case Refused refused -> store.refreshFailed(known.get().id());
            case Unreachable unreachable -> store.refreshFailed(known.get().id());
        }
        return fetched;
    }

    private ActorFetch failed(String uri, Fetched.Reason reason) {
        return switch (reason) {
            case GONE -> {
                removal.remove(uri);
                yield new Gone();
            }
            case UNREACHABLE, BUDGET_SPENT -> new Unreachable();
            case NOT_FOUND, DENIED, UNUSABLE, FORBIDDEN -> new Refused(reason.name());
        };
    }

    /**
     * Takes a document that was fetched from its own id. One that is not taken is not asked for again for a while: its
     * WebFinger may be another server's, and whoever sends us a thousand requests must not have us send it as many.
     */
    public ActorFetch ingest(Fetched.Document document, FetchBudget budget) {
        ActorFetch taken = Vocabulary.read(document.object()) instanceof ApActor actor
            ? take(actor, budget) : new Refused("the document is no actor");
        if (taken instanceof Refused) {
            fetcher.leaveAlone(document.uri(), Fetched.Reason.UNUSABLE);
        }
        return taken;
    }

    /**
     * An actor's own word about itself: Update{Person}, its signature verified. The id must be the sender's and known
     * here; everything else is checked as if it had been fetched (hostile input 34).
     */
    public ActorFetch update(Account sender, ApEntity object, FetchBudget budget) {
        if (!(object instanceof ApActor actor) || sender.isLocal() || !sender.uri().equals(actor.id())) {
            return new Refused("an actor may change itself alone");
        }
        return take(actor, budget);
    }

    private ActorFetch take(ApActor actor, FetchBudget budget) {
        Optional<ActorRules.Refusal> refusal = ActorRules.refusal(actor);
        if (refusal.isPresent()) {
            return refused(actor, refusal.get().reason());
        }
        if (domains.isOwnHost(ObjectUri.parse(actor.id()).host().value())) {
            return refused(actor, "it claims to live here");
        }
        try {
            Optional<Handle> handle = confirmedHandle(actor, budget);
            return handle.isPresent() ? save(actor, handle.get()) : refused(actor, "WebFinger does not lead back to it");
        } catch (FetchException.BudgetExhausted spent) {
            return new Unreachable();
        } catch (FetchException failure) {
            fetcher.leaveAlone(ObjectUri.parse(actor.id()), Fetched.Reason.UNREACHABLE);
            return new Unreachable();
        }
    }

    private static ActorFetch refused(ApActor actor, String reason) {
        LOG.debugf("Actor %s refused: %s", actor.id(), reason);
        return new Refused(reason);
    }

    /** The stored handle while the actor claims the same name as before; else WebFinger must lead back to the actor. */
    private Optional<Handle> confirmedHandle(ApActor actor, FetchBudget budget) {
        Handle claimed = ActorRules.claimedHandle(actor);
        Optional<Account> known = accounts.byUri(actor.id())
            .filter(account -> account.username().equalsIgnoreCase(actor.preferredUsername()))
            .filter(account -> actor.webfinger() == null || account.host().equals(claimed.host()));
        if (known.isPresent()) {
            return known.map(account -> new Handle(account.username(), account.host()));
        }
        return webFinger.find(claimed.username(), claimed.host(), budget)
            .filter(finger -> finger.actorUri().equals(actor.id()) && !domains.isOwnHost(finger.host()))
            .filter(finger -> ActorRules.isUsername(finger.username()))
            .map(finger -> new Handle(finger.username(), finger.host()));
    }

    private ActorFetch save(ApActor actor, Handle handle) {
        OptionalLong id = database.transaction(() -> {
            OptionalLong saved = store.save(ActorRules.clean(actor, handle));
            saved.ifPresent(account -> events.publish(new AccountChanged(account)));
            return saved;
        });
        return id.isEmpty() ? new Gone() : found(accounts.byId(id.getAsLong()).orElseThrow());
    }

    /** The account behind a handle: the stored one, however old, else by WebFinger and fetch. */
    public ActorFetch byHandle(String username, String host, FetchBudget budget) {
        Optional<Account> known = accounts.byHandle(username, host).filter(account -> account.deletedAt() == null);
        if (known.isPresent()) {
            return new Found(freshenLater(known.get()));
        }
        try {
            Optional<Finger> finger = webFinger.find(username, host, budget);
            return finger.isEmpty() ? new Refused("nobody of this name") : byUri(finger.get().actorUri(), budget);
        } catch (FetchException.Refused forbidden) {
            return new Refused(forbidden.getMessage());
        } catch (FetchException failure) {
            return new Unreachable();
        }
    }

    /**
     * The stored account as it is, at once; when it was not fetched for a day a job fetches it anew, unless it failed
     * lately (stale while revalidate, federation reference §2.4).
     */
    public Account freshenLater(Account account) {
        boolean fresh = account.isLocal() || account.fetchedAt() != null && account.fetchedAt().isAfter(Instant.now().minus(STALE));
        if (!fresh && account.deletedAt() == null && store.isRefreshable(account.id())) {
            jobs.enqueue(ActorRefresh.job(account.uri()));
        }
        return account;
    }
}
