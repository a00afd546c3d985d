package social.dunlin.api.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.SearchEntity;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.entity.TagEntity;
import social.dunlin.api.entity.TagRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.search.AddressFinder.Found;
import social.dunlin.refusal.Refusal;
import social.dunlin.search.StatusSearch;
import social.dunlin.search.TagSearch;

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
    private final AddressFinder addresses;
    private final AccountRenderer accountRenderer;
    private final StatusJsonRenderer statusRenderer;
    private final TagRenderer tagRenderer;
    private final Parameters parameters;
    private final Caller caller;

    Searches(AccountFinder finder, TagSearch tags, StatusSearch search, AddressFinder addresses, AccountRenderer accountRenderer, StatusJsonRenderer statusRenderer,
             TagRenderer tagRenderer, Parameters parameters, Caller caller) {
        this.finder = finder;
        this.tags = tags;
        this.search = search;
        this.addresses = addresses;
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
        if (AddressFinder.isAddress(typed)) {
            return resolve ? only(type, byAddress(typed)) : SearchEntity.NOTHING;
        }
        int limit = parameters.page(DEFAULT_LIMIT, MAXIMUM_LIMIT).limit();
        int skipped = type.isPresent() ? offset : 0;
        return new SearchEntity(
            wants(type, "accounts") ? accounts(typed, resolve, limit, skipped) : List.of(),
            wants(type, "statuses") ? statuses(typed, limit, skipped) : List.of(),
            wants(type, "hashtags") ? hashtags(typed, limit, skipped) : List.of());
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
        return switch (addresses.byAddress(url)) {
            case Found.Person(var account) -> new SearchEntity(List.of(accountRenderer.render(account)), List.of(), List.of());
            case Found.Post(var status) -> new SearchEntity(List.of(), List.of(statusRenderer.render(status, caller.viewer())), List.of());
            case Found.Nothing() -> SearchEntity.NOTHING;
        };
    }
}
