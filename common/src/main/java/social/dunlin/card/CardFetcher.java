package social.dunlin.card;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.domain.Domains;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.MediaTypes;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** Looks at the page a post links to. As in Mastodon robots.txt is not asked: a person put the link there. */
@ApplicationScoped
public class CardFetcher {
    /** Heads of pages are at their beginning; the rest is not waited for. */
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int OEMBED_BYTES = 256 * 1024;

    private final StatusStore statuses;
    private final AccountStore accounts;
    private final PreviewCardStore cards;
    private final RemoteResolver resolver;
    private final Domains domains;
    private final GuardedHttpClient client;
    private final ObjectMapper json;

    public CardFetcher(StatusStore statuses, AccountStore accounts, PreviewCardStore cards, RemoteResolver resolver, Domains domains,
                       GuardedHttpClient client, ObjectMapper json) {
        this.statuses = statuses;
        this.accounts = accounts;
        this.cards = cards;
        this.resolver = resolver;
        this.domains = domains;
        this.client = client;
        this.json = json;
    }

    /**
     * Ties a post to the preview of its link, fetching the page when nobody has lately. False when somebody else is at it for
     * the first time: should they be lost, nobody would come back to it.
     */
    public boolean look(long statusId) {
        Optional<Status> status = statuses.byId(statusId).filter(found -> !found.isReblog());
        Optional<ObjectUri> link = status.flatMap(found -> PreviewLinks.first(found.content(), cards.mentioned(statusId)))
            .filter(url -> !domains.isOwnHost(url.host().value()));
        if (link.isEmpty()) {
            cards.unlink(statusId);
            return true;
        }
        cards.link(statusId, link.get().value());
        OptionalLong leased = cards.lease(link.get().value());
        if (leased.isPresent()) {
            fetch(leased.getAsLong(), link.get());
            return true;
        }
        return !cards.isFirstLookUnderWay(link.get().value());
    }

    private void fetch(long cardId, ObjectUri url) {
        FetchBudget budget = Budgets.forActivity();
        try {
            PageReader page = PageReader.of(client.get(url, FetchOptions.of("text/html, application/xhtml+xml", MediaTypes::isHtml)
                .within(budget).cutOffAt(PAGE_BYTES)));
            PageDetails details = page.oembed().map(address -> withOembed(page.read(), address, budget)).orElseGet(page::read);
            cards.save(cardId, details, details.creator() == null ? null : author(details.creator()).orElse(null));
        } catch (FetchException unreadable) {
            cards.failed(cardId);
        }
    }

    private PageDetails withOembed(PageDetails page, ObjectUri address, FetchBudget budget) {
        try {
            return OembedReader.merge(page, json.readTree(client.get(address, FetchOptions.json().within(budget).withMaximumBody(OEMBED_BYTES)).body()));
        } catch (FetchException | IOException none) {
            return page;
        }
    }

    private Optional<Long> author(String creator) {
        return Handle.parse(creator, domains.defaultDomain().name())
            .flatMap(handle -> domains.byHost(handle.host()).isPresent()
                ? accounts.byHandle(handle.username(), domains.byHost(handle.host()).get().name())
                : resolver.account(handle.username(), handle.host()))
            .map(Account::id);
    }
}
