package social.dunlin.move;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.federation.resolve.RemoteResolver.Resolved;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.PlainText;

/**
 * The other accounts a person says are theirs too ({@code alsoKnownAs}). Who moves here from one of them must have named it
 * before; other servers look for it.
 */
@ApplicationScoped
public class Aliases {
    private static final int MAXIMUM = 20;
    private static final int SHOWN = 100;
    /** Each may cost requests to another server while somebody waits. */
    private static final int MAXIMUM_UNKNOWN_AT_ONCE = 5;

    private final Database database;
    private final AccountStore accounts;
    private final RemoteResolver resolver;
    private final MovingStore store;
    private final Outbox outbox;

    public Aliases(Database database, AccountStore accounts, RemoteResolver resolver, MovingStore store, Outbox outbox) {
        this.database = database;
        this.accounts = accounts;
        this.resolver = resolver;
        this.store = store;
        this.outbox = outbox;
    }

    /** @param name {@code user@host} or an address; one that is named already changes nothing */
    public void add(Account account, String name) {
        Account other = find(account, name);
        database.transaction(() -> {
            if (store.addAlias(account.id(), other.uri(), MAXIMUM)) {
                outbox.accountChanged(account.id());
            } else if (!current(account).alsoKnownAs().contains(other.uri())) {
                throw Refusal.invalid("Too many aliases (maximum is %d)".formatted(MAXIMUM));
            }
        });
    }

    /** @param uri as the account names it */
    public void remove(Account account, String uri) {
        database.transaction(() -> {
            if (store.removeAlias(account.id(), uri)) {
                outbox.accountChanged(account.id());
            }
        });
    }

    /** All of them at once, in this order; the list may be empty. */
    public Account replace(Account account, List<String> names) {
        if (names.size() > MAXIMUM) {
            throw Refusal.invalid("Too many aliases (maximum is %d)".formatted(MAXIMUM));
        }
        Set<String> known = new LinkedHashSet<>(account.alsoKnownAs());
        if (names.stream().filter(name -> !known.contains(name)).count() > MAXIMUM_UNKNOWN_AT_ONCE) {
            throw Refusal.invalid("Too many new aliases at once (maximum is %d)".formatted(MAXIMUM_UNKNOWN_AT_ONCE));
        }
        Set<String> wanted = new LinkedHashSet<>();
        names.forEach(name -> wanted.add(known.contains(name) ? name : find(account, name).uri()));
        return database.transaction(() -> {
            store.setAliases(account.id(), wanted);
            outbox.accountChanged(account.id());
            return current(account);
        });
    }

    private Account current(Account account) {
        return accounts.byId(account.id()).orElseThrow(Refusal::notFound);
    }

    /** Somebody else, here or elsewhere, who can be found. */
    public Account find(Account account, String name) {
        String text = name.strip();
        Optional<Account> found = text.startsWith("https://") || text.startsWith("http://") ? byAddress(text)
            : Handle.parse(text, account.host()).flatMap(handle -> resolver.account(handle.username(), handle.host()));
        return found.filter(other -> other.id() != account.id() && !other.isSuspended() && !other.actorType().equals("Application"))
            .orElseThrow(() -> Refusal.unprocessable("No other account was found under %s".formatted(PlainText.truncate(text, SHOWN))));
    }

    private Optional<Account> byAddress(String url) {
        return resolver.url(url) instanceof Resolved.AccountFound(long id) ? accounts.byId(id) : Optional.empty();
    }
}
