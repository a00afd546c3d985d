package social.dunlin.oauth;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.account.LocalPeople;
import social.dunlin.database.Database;
import social.dunlin.event.Event;
import social.dunlin.event.EventBus;
import social.dunlin.refusal.Refusal;

/** Access tokens: given out, looked up, revoked. */
@Singleton
public class TokenService {
    private static final Duration TOUCH_AFTER = Duration.ofDays(1);

    private final Database database;
    private final TokenStore store;
    private final CodeStore codes;
    private final ApplicationService applications;
    private final LocalPeople people;
    private final TokenCache cache;
    private final EventBus events;

    public TokenService(Database database, TokenStore store, CodeStore codes, ApplicationService applications, LocalPeople people,
                        TokenCache cache, EventBus events) {
        this.database = database;
        this.store = store;
        this.codes = codes;
        this.applications = applications;
        this.people = people;
        this.cache = cache;
        this.events = events;
    }

    /** A token just given out: the only moment its text is known. */
    public record Issued(String text, Scopes scopes, Instant createdAt) {
    }

    /**
     * The token behind the text a client sent. Refuses with 401 when it is unknown or revoked, with 403
     * when its user may not act (texts as Mastodon's: clients show them).
     */
    public AccessToken authenticate(String text) {
        byte[] hash = OpaqueSecret.hash(text);
        return cache.get(hash).orElseGet(() -> {
            AccessToken token = find(hash);
            cache.put(hash, token);
            return token;
        });
    }

    private AccessToken find(byte[] hash) {
        TokenStore.Found found = store.byHash(hash).orElseThrow(Refusal::unauthorized);
        AccessToken token = found.token();
        if (token.isUserToken()) {
            if (found.disabled() || found.suspended()) {
                throw Refusal.forbidden("Your login is currently disabled");
            }
            if (!found.confirmed()) {
                throw Refusal.forbidden("Your login is missing a confirmed e-mail address");
            }
            if (!found.approved()) {
                throw Refusal.forbidden("Your login is currently pending approval");
            }
        }
        if (found.lastUsedAt() == null || found.lastUsedAt().isBefore(Instant.now().minus(TOUCH_AFTER))) {
            store.touch(token.id());
        }
        return token;
    }

    /** Those of the tokens, by their rows' ids, that would still be let in: what stays open for long asks again. */
    public Set<Long> aliveOf(Collection<Long> tokenIds) {
        return tokenIds.isEmpty() ? Set.of() : store.aliveOf(tokenIds);
    }

    /**
     * The code of {@link AuthorizationService#grant} for a token. A code that comes a second time was stolen
     * or leaked: the token it gave is revoked (RFC 6749 §4.1.2).
     */
    public Issued exchange(Application application, String code, Optional<String> redirectUri, Optional<String> verifier) {
        // The revocation must outlive the refusal, so the refusal is thrown after the transaction.
        return database.transaction(() -> exchangeLocked(application, OpaqueSecret.hash(code), redirectUri, verifier))
            .orElseThrow(OAuthRefusal::invalidGrant);
    }

    private Optional<Issued> exchangeLocked(Application application, byte[] hash, Optional<String> redirectUri, Optional<String> verifier) {
        Optional<CodeStore.Code> found = codes.lock(hash).filter(code -> code.applicationId() == application.id());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        CodeStore.Code code = found.get();
        if (code.usedAt() != null) {
            if (code.tokenId() != null) {
                revoke(code.tokenId());
            }
            return Optional.empty();
        }
        boolean proven = code.challenge() == null ? verifier.isEmpty() : verifier.filter(text -> Pkce.proves(text, code.challenge())).isPresent();
        if (!code.expiresAt().isAfter(Instant.now()) || !redirectUri.orElse("").equals(code.redirectUri()) || !proven) {
            return Optional.empty();
        }
        String text = OpaqueSecret.make();
        long tokenId = store.insert(OpaqueSecret.hash(text), application.id(), code.userId(), code.accountId(), code.scopes());
        codes.use(hash, tokenId);
        return Optional.of(new Issued(text, code.scopes(), Instant.now()));
    }

    /** A token of the application alone; for sign-up and public reading. */
    public Issued issueForApplication(Application application, Optional<String> scope) {
        Scopes scopes = scope.map(Scopes::parse).filter(given -> !given.isEmpty()).orElse(Scopes.of("read"));
        if (!scopes.areKnown() || !application.scopes().cover(scopes)) {
            throw OAuthRefusal.invalidScope();
        }
        String text = OpaqueSecret.make();
        store.insert(OpaqueSecret.hash(text), application.id(), null, null, scopes);
        return new Issued(text, scopes, Instant.now());
    }

    /** The token of somebody who just signed up by this application; good once their login may act. */
    public Issued issueForSignUp(AccessToken application, Account account) {
        String text = OpaqueSecret.make();
        store.insert(OpaqueSecret.hash(text), application.applicationId(), account.userId().getAsLong(), account.id(), application.scopes());
        return new Issued(text, application.scopes(), Instant.now());
    }

    /** As {@link #authenticate}, but the login may still wait for its confirmation or approval. */
    public AccessToken authenticateApplicant(String text) {
        TokenStore.Found found = store.byHash(OpaqueSecret.hash(text)).orElseThrow(Refusal::unauthorized);
        if (found.disabled() || found.suspended()) {
            throw Refusal.forbidden("Your login is currently disabled");
        }
        return found.token();
    }

    /**
     * A token for scripts, made by the operator.
     *
     * @param name user name on the default domain, or {@code user@domain}, with or without a leading @
     */
    public Issued issueForScripts(String name, Scopes scopes) {
        if (!scopes.areKnown() || scopes.isEmpty()) {
            throw OAuthRefusal.invalidScope();
        }
        Account account = people.named(name);
        String text = OpaqueSecret.make();
        store.insert(OpaqueSecret.hash(text), applications.forScripts().id(), account.userId().getAsLong(), account.id(), scopes);
        return new Issued(text, scopes, Instant.now());
    }

    /** Ends a token of the application; unknown ones and those already ended are fine. */
    public void revoke(Application application, String text) {
        Optional<TokenStore.Owned> owned = store.owner(OpaqueSecret.hash(text));
        if (owned.isEmpty()) {
            return;
        }
        if (owned.get().applicationId() != application.id()) {
            throw OAuthRefusal.unauthorizedClient();
        }
        database.transaction(() -> revoke(owned.get().id()));
    }

    /** Ends every token and every code of a login. */
    public void revokeAllOf(long userId) {
        database.transaction(() -> {
            codes.deleteAllOf(userId);
            store.revokeAllOf(userId).forEach(this::announce);
        });
    }

    /** Ends every token and every code for one account of a login. */
    public void revokeAllOf(long userId, long accountId) {
        database.transaction(() -> {
            codes.deleteAllOf(userId, accountId);
            store.revokeAllOf(userId, accountId).forEach(this::announce);
        });
    }

    /** What the login lets act for its accounts. */
    public List<AuthorizedApplication> authorizedBy(long userId) {
        return store.authorizedBy(userId);
    }

    /** Ends what one application may do for an account of the login. */
    public void revoke(long userId, AuthorizedApplication.Name named) {
        database.transaction(() -> {
            codes.deleteAllOf(userId, named);
            store.revokeAllOf(named, userId).forEach(this::announce);
        });
    }

    private void revoke(long tokenId) {
        if (store.revoke(tokenId)) {
            announce(tokenId);
        }
    }

    /** Caches of other processes forget it, open streams end. */
    private void announce(long tokenId) {
        events.publish(new Event.TokenRevoked(tokenId));
        database.afterCommit(() -> cache.forget(tokenId));
    }
}
