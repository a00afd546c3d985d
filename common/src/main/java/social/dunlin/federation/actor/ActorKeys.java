package social.dunlin.federation.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApObject;
import social.dunlin.domain.Domains;
import social.dunlin.federation.actor.RemoteActorStore.StoredKey;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.signature.KeyLookup;
import social.dunlin.federation.signature.Keys;
import social.dunlin.id.ObjectUri;

/**
 * Keys for the signature verifier. A stored key is answered at once; an unknown one is found through its document,
 * within a budget, and counts only when the owner's own document names it. Failures are remembered by
 * {@link DocumentFetcher}, so that a flood of requests with one bad key costs one fetch (hostile input 11).
 */
@ApplicationScoped
public class ActorKeys implements KeyLookup {
    private static final Duration NOT_AGAIN_FOR = Duration.ofMinutes(1);
    /** Unknown keys looked up at a time: whoever sends endless new key ids must not make this server fetch without end. */
    private static final int FETCHES_AT_ONCE = 16;
    /** Of one owner's servers: whoever answers slowly under a hundred names must leave places for the others. */
    private static final int FETCHES_OF_ONE_SITE = 4;

    private final Semaphore fetches = new Semaphore(FETCHES_AT_ONCE);
    private final Map<String, Integer> fetchesBySite = new ConcurrentHashMap<>();

    private final RemoteActorStore store;
    private final RemoteActors actors;
    private final AccountStore accounts;
    private final DocumentFetcher fetcher;
    private final Domains domains;
    private final KnownSenders known;

    public ActorKeys(RemoteActorStore store, RemoteActors actors, AccountStore accounts, DocumentFetcher fetcher, Domains domains, KnownSenders known) {
        this.store = store;
        this.actors = actors;
        this.accounts = accounts;
        this.fetcher = fetcher;
        this.domains = domains;
        this.known = known;
    }

    @Override
    public Answer find(String keyId) {
        Optional<Answer> kept = kept(keyId);
        if (kept.isPresent()) {
            return kept.get();
        }
        Optional<ObjectUri> uri = ObjectUri.tryParse(keyId);
        if (uri.isEmpty() || domains.isOwnHost(uri.get().host().value())) {
            return new Unknown();
        }
        return inTurn(uri.get(), () -> fetch(uri.get(), Budgets.forKey()));
    }

    /** The stored key is answered again when its owner was fetched within the last minute: the sender is just wrong. */
    @Override
    public Answer refresh(String keyId) {
        Optional<Account> owner = store.key(keyId).flatMap(key -> accounts.byUri(key.owner()));
        if (owner.isEmpty()) {
            return find(keyId);
        }
        Account account = owner.get();
        boolean justFetched = account.fetchedAt() != null && account.fetchedAt().isAfter(Instant.now().minus(NOT_AGAIN_FOR));
        if (justFetched || account.isLocal()) {
            return stored(keyId).orElse(new Unknown());
        }
        if (!store.leaseKeyRefresh(account.id(), NOT_AGAIN_FOR)) {
            // Somebody is asking right now, or its server was away just now: 503, for the sender may well be right.
            return new Unreachable();
        }
        return fetchAnew(account.uri(), keyId);
    }

    /** The document may have failed for days; who signs now may be back, and the lease keeps the pause. */
    private Answer fetchAnew(String owner, String keyId) {
        return ObjectUri.tryParse(owner).map(uri -> inTurn(uri, () -> {
            fetcher.forgive(uri);
            return answer(actors.fetch(owner, Budgets.forKey()), keyId);
        })).orElse(new Unknown());
    }

    /** Unreachable, 503, when there is no place now: the sender comes again. */
    private Answer inTurn(ObjectUri asked, Supplier<Answer> fetch) {
        if (!fetches.tryAcquire()) {
            return new Unreachable();
        }
        String site = asked.host().site();
        try {
            return fetchesBySite.merge(site, 1, Integer::sum) <= FETCHES_OF_ONE_SITE ? fetch.get() : new Unreachable();
        } finally {
            fetchesBySite.computeIfPresent(site, (name, running) -> running == 1 ? null : running - 1);
            fetches.release();
        }
    }

    /** A view of the stored keys that never fetches. */
    public KeyLookup storedOnly() {
        return new KeyLookup() {
            @Override
            public Answer find(String keyId) {
                return kept(keyId).orElse(new Unknown());
            }

            @Override
            public Answer refresh(String keyId) {
                return find(keyId);
            }
        };
    }

    private Optional<Answer> kept(String keyId) {
        return known.key(keyId).map(key -> new Found(key.key(), key.owner()));
    }

    /** As it is in the database now. */
    private Optional<Answer> stored(String keyId) {
        return store.key(keyId).filter(key -> !key.local()).map(ActorKeys::read);
    }

    private static Answer read(StoredKey key) {
        return Keys.readPublicPem(key.publicKey()).<Answer>map(publicKey -> new Found(publicKey, key.owner())).orElse(new Unknown());
    }

    private Answer fetch(ObjectUri keyId, FetchBudget budget) {
        return switch (fetcher.raw(keyId.withoutFragment(), budget)) {
            case Fetched.Document document -> fromDocument(keyId, document, budget);
            case Fetched.Failed(Fetched.Reason reason) -> switch (reason) {
                case GONE -> new Gone();
                case UNREACHABLE, BUDGET_SPENT -> new Unreachable();
                case NOT_FOUND, DENIED, UNUSABLE, FORBIDDEN -> new Unknown();
            };
        };
    }

    /**
     * The actor itself, or a key document or stub (GoToSocial) that tells the owner. A stub is believed only so far as
     * to ask its owner, who must live where the key does (hostile input 29).
     */
    private Answer fromDocument(ObjectUri keyId, Fetched.Document document, FetchBudget budget) {
        ApObject object = document.object();
        if (document.uri().value().equals(object.id()) && object.has("inbox")) {
            return answer(actors.ingest(document, budget), keyId.value());
        }
        String owner = ownerOf(object);
        boolean atHome = document.uri().sameOrigin(keyId)
            && ObjectUri.tryParse(owner).filter(keyId::sameOrigin).isPresent();
        return atHome ? answer(actors.fetch(owner, budget), keyId.value()) : new Unknown();
    }

    private static String ownerOf(ApObject object) {
        ApObject key = object.object("publicKey");
        if (key != null && key.id("owner") != null) {
            return key.id("owner");
        }
        String owner = object.id("owner") != null ? object.id("owner") : object.id("controller");
        return owner != null ? owner : object.id();
    }

    private Answer answer(ActorFetch owner, String keyId) {
        return switch (owner) {
            case ActorFetch.Found found -> stored(keyId).orElse(new Unknown());
            case ActorFetch.Gone gone -> new Gone();
            case ActorFetch.Refused refused -> new Unknown();
            case ActorFetch.Unreachable unreachable -> new Unreachable();
        };
    }
}
