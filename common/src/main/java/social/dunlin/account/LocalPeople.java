package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.domain.Domains;
import social.dunlin.refusal.Refusal;

/** Finds people of this install by the names an operator types. */
@ApplicationScoped
public class LocalPeople {
    private final AccountStore accounts;
    private final Domains domains;

    public LocalPeople(AccountStore accounts, Domains domains) {
        this.accounts = accounts;
        this.domains = domains;
    }

    /** {@code name} on the default domain, or {@code name@domain}; refuses with 422 when there is no such person. */
    public Account named(String name) {
        Optional<Handle> handle = Handle.parse(name, domains.defaultDomain().name());
        return handle.flatMap(known -> accounts.byHandle(known.username(), known.host()))
            .filter(account -> account.userId().isPresent())
            .orElseThrow(() -> Refusal.invalid("There is no local account %s".formatted(handle.map(Handle::toString).orElse(name))));
    }

    /** Whoever came first. */
    public Account oldest() {
        return accounts.oldestPerson().orElseThrow(() -> Refusal.invalid("There is no local account yet"));
    }
}
