package social.dunlin.api.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.SearchEntity;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.entity.TagEntity;
import social.dunlin.api.entity.TagRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.domain.Domains;
import social.dunlin.federation.resolve.RemoteResolver.Resolved;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.refusal.Refusal;
import social.dunlin.search.LocalAddress;
import social.dunlin.search.StatusSearch;
import social.dunlin.search.TagSearch;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.StatusVisibility;

/**
 * What both forms of search answer (reference: behaviours §18). With {@code resolve} an address or handle of another server is
 * looked up there, which is how clients open what they meet elsewhere. {@code exclude_unreviewed} changes nothing:
 * hashtags are not reviewed here.
 */
@ApplicationScoped
public class Searches {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAXIMUM_LIMIT = 40;

    private final AccountFinder finder;
    private final TagSearch tags;
    private final StatusSearch search;
    private final RemoteResolver resolver;
    private final Domains domains;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final AccountRenderer accountRenderer;
    private final StatusJsonRenderer statusRenderer;
    private final TagRenderer tagRenderer;
    private final Parameters parameters;
    private final Caller caller;

    Searches(AccountFinder finder, TagSearch tags, StatusSearch search, RemoteResolver resolver, Domains domains, AccountStore accounts,
             StatusStore statuses, StatusVisibility visibility, AccountRenderer accountRenderer, StatusJsonRenderer statusRenderer,
             TagRenderer tagRenderer, Parameters parameters, Caller caller) {
        this.finder = finder;
        this.tags = tags;
        this.search = search;
        this.resolver = resolver;
        this.domains = domains;
        this.accounts = accounts;
        this.statuses = statuses;
        this.visibility = visibility;
        this.accountRenderer = accountRenderer;
        this.statusRenderer = statusRenderer;
        this.tagRenderer = tagRenderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    SearchEntity search() {
        String typed = parameters.requiredText("q").strip();
        Optional<String> type = parameters.text("type").filter(text -> !text.isBlank());
        boolean resolve = parameters.flag("resolve", false);
        int offset = AccountFinder.offset(parameters);
        if (caller.viewer().isAnonymous() && (resolve || offset > 0)) {
            throw new Refusal(401, resolve ? "Search queries that resolve remote resources are not supported without authentication"
                : "Search queries pagination is not supported without authentication");
        }
        if (isAddress(typed)) {
            return resolve ? only(type, byAddress(typed)) : SearchEntity.NOTHING;
        }
        int limit = parameters.page(DEFAULT_LIMIT, MAXIMUM_LIMIT).limit();
        int skipped = type.isPresent() ? offset : 0;
        return new SearchEntity(
            wants(type, "accounts") ? accounts(typed, resolve, limit, skipped) : List.of(),
            wants(type, "statuses") ? statuses(typed, limit, skipped) : List.of(),
            wants(type, "hashtags") ? hashtags(typed, limit, skipped) : List.of());
    }

    private static boolean isAddress(String typed) {
        return typed.startsWith("https://") || typed.startsWith("http://");
    }

    private static boolean wants(Optional<String> type, String kind) {
        return type.isEmpty() || type.get().equals(kind);
    }

    private static SearchEntity only(Optional<String> type, SearchEntity found) {
        return new SearchEntity(
            wants(type, "accounts") ? found.accounts() : List.of(),
            wants(type, "statuses") ? found.statuses() : List.of(),
            wants(type, "hashtags") ? found.hashtags() : List.of());
    }

    /** A hashtag is no name, and a handle holds no spaces. */
    private List<AccountEntity> accounts(String typed, boolean resolve, int limit, int offset) {
        if (typed.startsWith("#") || typed.indexOf('@') >= 0 && typed.indexOf(' ') >= 0) {
            return List.of();
        }
        return accountRenderer.renderList(finder.find(typed, resolve, parameters.flag("following", false), limit, offset));
    }

    /** For people who are signed in; others find posts by hashtag. */
    private List<RawJson> statuses(String typed, int limit, int offset) {
        if (caller.viewer().isAnonymous()) {
            return List.of();
        }
        StatusSearch.Wanted wanted = new StatusSearch.Wanted(typed, caller.domain().name(), parameters.id("account_id").orElse(null),
            parameters.id("max_id").orElse(null), parameters.id("min_id").orElse(null), limit, offset);
        return statusRenderer.render(search.find(caller.account(), wanted), caller.viewer());
    }

    private List<TagEntity> hashtags(String typed, int limit, int offset) {
        return typed.indexOf('@') >= 0 ? List.of() : tagRenderer.render(tags.find(typed, limit, offset), caller.domain(), caller.viewer());
    }

    private SearchEntity byAddress(String url) {
        return LocalAddress.of(url, domains).map(address -> switch (address) {
            case LocalAddress.OfAccount(var handle) -> account(accounts.byHandle(handle.username(), handle.host()));
            case LocalAddress.OfStatus(long id) -> status(id);
        }).orElseGet(() -> switch (resolver.url(url)) {
            case Resolved.AccountFound(long id) -> account(accounts.byId(id));
            case Resolved.StatusFound(long id) -> status(id);
            case Resolved.Nothing() -> SearchEntity.NOTHING;
        });
    }

    private SearchEntity account(Optional<Account> account) {
        return account.filter(found -> !found.isSuspended())
            .map(found -> new SearchEntity(List.of(accountRenderer.render(found)), List.of(), List.of()))
            .orElse(SearchEntity.NOTHING);
    }

    private SearchEntity status(long id) {
        return statuses.byId(id).filter(found -> visibility.maySee(caller.viewer(), found))
            .map(found -> new SearchEntity(List.of(), List.of(statusRenderer.render(found, caller.viewer())), List.of()))
            .orElse(SearchEntity.NOTHING);
    }
}
