package social.dunlin.api.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.Handle;
import social.dunlin.api.access.Caller;
import social.dunlin.api.request.Parameters;
import social.dunlin.domain.Domains;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.refusal.Refusal;
import social.dunlin.search.AccountSearch;

/** Accounts as {@code accounts/search} and {@code search} find them: a full handle may ask its server. */
@ApplicationScoped
public class AccountFinder {
    private static final int DEFAULT_LIMIT = 40;
    private static final int MAXIMUM_LIMIT = 80;
    private static final int MAXIMUM_OFFSET = 1000;

    private final AccountSearch search;
    private final RemoteResolver resolver;
    private final Domains domains;
    private final Caller caller;

    AccountFinder(AccountSearch search, RemoteResolver resolver, Domains domains, Caller caller) {
        this.search = search;
        this.resolver = resolver;
        this.domains = domains;
        this.caller = caller;
    }

    public List<Account> find(String typed, boolean resolve, boolean following, int limit, int offset) {
        if (limit == 0) {
            return List.of();
        }
        Map<Long, Account> found = new LinkedHashMap<>();
        if (resolve && offset == 0 && !following) {
            resolved(typed).ifPresent(account -> found.put(account.id(), account));
        }
        search.find(typed, caller.viewer(), following, limit, offset).forEach(account -> found.putIfAbsent(account.id(), account));
        return found.values().stream().limit(limit).toList();
    }

    /** Only what names a host of somebody else: {@code @user@example.org}. */
    private Optional<Account> resolved(String typed) {
        String text = typed.strip();
        if (text.indexOf('@', 1) < 0) {
            return Optional.empty();
        }
        return Handle.parse(text, caller.domain().name())
            .filter(handle -> !domains.isOwnHost(handle.host()))
            .flatMap(handle -> resolver.account(handle.username(), handle.host()))
            .filter(account -> !account.isSuspended());
    }

    /** {@code limit}, 40 by default, 80 at most. */
    public static int limit(Parameters parameters) {
        return parameters.page(DEFAULT_LIMIT, MAXIMUM_LIMIT).limit();
    }

    /** {@code offset}, bounded; a negative one is refused. */
    public static int offset(Parameters parameters) {
        int offset = parameters.number("offset").orElse(0);
        if (offset < 0) {
            throw Refusal.badRequest("offset must be greater than or equal to 0");
        }
        return Math.min(offset, MAXIMUM_OFFSET);
    }
}
