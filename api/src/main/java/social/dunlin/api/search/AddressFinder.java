package social.dunlin.api.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.api.access.Caller;
import social.dunlin.domain.Domains;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.federation.resolve.RemoteResolver.Resolved;
import social.dunlin.search.LocalAddress;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.StatusVisibility;

/** What an address or a full handle names, here or on another server, which is asked; as far as the caller may see it. */
@ApplicationScoped
public class AddressFinder {
    private final RemoteResolver resolver;
    private final Domains domains;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final Caller caller;

    AddressFinder(RemoteResolver resolver, Domains domains, AccountStore accounts, StatusStore statuses, StatusVisibility visibility, Caller caller) {
        this.resolver = resolver;
        this.domains = domains;
        this.accounts = accounts;
        this.statuses = statuses;
        this.visibility = visibility;
        this.caller = caller;
    }

    /** What was found. */
    public sealed interface Found {
        record Person(Account account) implements Found {
        }

        record Post(Status status) implements Found {
        }

        record Nothing() implements Found {
        }
    }

    static boolean isAddress(String typed) {
        return typed.startsWith("https://") || typed.startsWith("http://");
    }

    /** @param typed an address, or {@code user@host} with {@code acct:} or an at sign before it or without */
    public Found find(String typed) {
        if (isAddress(typed)) {
            return byAddress(typed);
        }
        return person(Handle.parse(typed, caller.domain().name()).flatMap(handle -> domains.isOwnHost(handle.host())
            ? accounts.byHandle(handle.username(), handle.host()) : resolver.account(handle.username(), handle.host())));
    }

    Found byAddress(String url) {
        return LocalAddress.of(url, domains).map(address -> switch (address) {
            case LocalAddress.OfAccount(var handle) -> person(accounts.byHandle(handle.username(), handle.host()));
            case LocalAddress.OfStatus(long id) -> post(id);
        }).orElseGet(() -> switch (resolver.url(url)) {
            case Resolved.AccountFound(long id) -> person(accounts.byId(id));
            case Resolved.StatusFound(long id) -> post(id);
            case Resolved.Nothing() -> new Found.Nothing();
        });
    }

    private static Found person(Optional<Account> account) {
        return account.filter(found -> !found.isSuspended()).<Found>map(Found.Person::new).orElseGet(Found.Nothing::new);
    }

    private Found post(long id) {
        return statuses.byId(id).filter(found -> visibility.maySee(caller.viewer(), found)).<Found>map(Found.Post::new).orElseGet(Found.Nothing::new);
    }
}
