package social.dunlin.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.ProfileField;
import social.dunlin.account.ProfileFields;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.MediaTypes;
import social.dunlin.id.ObjectUri;

/**
 * Whether a page that a local profile names links back to it with rel="me": then the page is that person's own, and
 * clients show so. Once seen it holds until the field changes, as in Mastodon. Nothing of the page is kept.
 */
@ApplicationScoped
public class ProfileLinkCheck {
    private static final int PAGE_BYTES = 1024 * 1024;

    private final Database database;
    private final AccountStore accounts;
    private final ProfileStore store;
    private final Domains domains;
    private final GuardedHttpClient client;

    public ProfileLinkCheck(Database database, AccountStore accounts, ProfileStore store, Domains domains, GuardedHttpClient client) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.domains = domains;
        this.client = client;
    }

    public void check(long accountId) {
        accounts.byId(accountId).filter(account -> account.isLocal() && !account.isSuspended()).ifPresent(account -> {
            FetchBudget budget = Budgets.forActivity();
            Set<String> seen = ProfileFields.read(account.fields()).stream().flatMap(field -> ProfileLinks.link(field).stream()).distinct()
                .filter(link -> !domains.isOwnHost(link.host().value()) && linksBack(link, account, budget))
                .map(ObjectUri::value).collect(Collectors.toSet());
            if (!seen.isEmpty()) {
                verify(accountId, seen);
            }
        });
    }

    /** The profile may have changed in the meantime: only what still names the page is verified. */
    private void verify(long accountId, Set<String> seen) {
        database.transaction(() -> {
            List<ProfileField> fields = ProfileFields.read(store.lockedFields(accountId));
            store.saveFields(accountId, ProfileFields.write(fields.stream()
                .map(field -> ProfileLinks.link(field).filter(link -> seen.contains(link.value())).isPresent() ? field.verified(Instant.now()) : field).toList()));
        });
    }

    private boolean linksBack(ObjectUri link, Account account, FetchBudget budget) {
        try {
            FetchResponse response = client.get(link, FetchOptions.of("text/html, application/xhtml+xml", MediaTypes::isHtml)
                .within(budget).cutOffAt(PAGE_BYTES));
            // A page that sends everybody wherever they ask (an open redirect) is not its visitors' own.
            return response.uri().host().site().equals(link.host().site()) && linksBack(response, account);
        } catch (FetchException unreadable) {
            return false;
        }
    }

    private static boolean linksBack(FetchResponse response, Account account) {
        Set<String> profile = Stream.of(account.pageUrl(), account.uri()).map(ProfileLinkCheck::comparable).collect(Collectors.toSet());
        return parsed(response).select("a[href][rel], link[href][rel]").stream()
            .filter(element -> Arrays.asList(element.attr("rel").toLowerCase(Locale.ROOT).split("\\s+")).contains("me"))
            .anyMatch(element -> profile.contains(comparable(element.absUrl("href"))));
    }

    private static Document parsed(FetchResponse response) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(response.body()), null, response.uri().value());
        } catch (IOException | IllegalArgumentException unknownCharset) {
            return Jsoup.parse(response.text(), response.uri().value());
        }
    }

    /** People write their own address in any case, and with a slash at its end. */
    private static String comparable(String url) {
        return url.strip().toLowerCase(Locale.ROOT).replaceFirst("/$", "");
    }
}
