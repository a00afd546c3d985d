package social.dunlin.federation.resolve;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActor;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.domain.Domains;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** Looks up names and addresses: what is stored first, then their own server. */
@ApplicationScoped
public class FederatedResolver implements RemoteResolver {
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final RemoteActors actors;
    private final RemoteObjects objects;
    private final DocumentFetcher fetcher;
    private final Domains domains;

    public FederatedResolver(AccountStore accounts, StatusStore statuses, RemoteActors actors, RemoteObjects objects,
            DocumentFetcher fetcher, Domains domains) {
        this.accounts = accounts;
        this.statuses = statuses;
        this.actors = actors;
        this.objects = objects;
        this.fetcher = fetcher;
        this.domains = domains;
    }

    @Override
    public Optional<Account> account(String username, String host) {
        Optional<Host> canonical = Host.tryParse(host);
        if (canonical.isEmpty()) {
            return Optional.empty();
        }
        String name = canonical.get().value();
        if (domains.isOwnHost(name)) {
            return accounts.byHandle(username, domains.byHost(name).orElseThrow().name()).filter(account -> account.deletedAt() == null);
        }
        return account(actors.byHandle(username, name, Budgets.forLookup()));
    }

    private static Optional<Account> account(ActorFetch fetch) {
        return fetch instanceof ActorFetch.Found(Account account) ? Optional.of(account) : Optional.empty();
    }

    @Override
    public Resolved url(String url) {
        Optional<Resolved> stored = stored(url);
        Optional<ObjectUri> address = ObjectUri.tryParse(url).filter(uri -> !domains.isOwnHost(uri.host().value()));
        if (stored.isPresent() || address.isEmpty()) {
            return stored.orElse(new Resolved.Nothing());
        }
        FetchBudget budget = Budgets.forLookup();
        return fetcher.byId(address.get(), budget) instanceof Fetched.Document document
            ? fetched(document, budget) : new Resolved.Nothing();
    }

    private Optional<Resolved> stored(String url) {
        Optional<Resolved> account = accounts.byUri(url).filter(found -> found.deletedAt() == null)
            .map(found -> new Resolved.AccountFound(found.id()));
        return account.isPresent() ? account
            : statuses.byUri(url).or(() -> statuses.byUrl(url)).map(found -> new Resolved.StatusFound(found.id()));
    }

    private Resolved fetched(Fetched.Document document, FetchBudget budget) {
        return Vocabulary.read(document.object()) instanceof ApActor
            ? stored(document.uri().value()).orElseGet(() -> found(actors.ingest(document, budget)))
            : status(objects.ingest(document, budget));
    }

    private static Resolved found(ActorFetch fetch) {
        return account(fetch).<Resolved>map(account -> new Resolved.AccountFound(account.id())).orElse(new Resolved.Nothing());
    }

    private static Resolved status(Optional<Status> status) {
        return status.<Resolved>map(found -> new Resolved.StatusFound(found.id())).orElse(new Resolved.Nothing());
    }
}
