package social.dunlin.removal;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipService;

/**
 * Shuts accounts out until they are let in again. What they wrote is hidden and nothing is deleted. A local one is over
 * for other servers too (Delete{Person}, 410); with a remote one all follows end.
 */
@ApplicationScoped
public class Suspensions {
    private final Database database;
    private final AccountStore accounts;
    private final Domains domains;
    private final RelationshipService relationships;
    private final Farewells farewells;
    private final Outbox outbox;
    private final EventBus events;

    public Suspensions(Database database, AccountStore accounts, Domains domains, RelationshipService relationships, Farewells farewells,
            Outbox outbox, EventBus events) {
        this.database = database;
        this.accounts = accounts;
        this.domains = domains;
        this.relationships = relationships;
        this.farewells = farewells;
        this.outbox = outbox;
        this.events = events;
    }

    /** @param name {@code name} on the default domain, or {@code name@domain}, local or not; again changes nothing */
    public Account suspend(String name) {
        return database.transaction(() -> {
            Account account = named(name);
            // Only while the receivers still count as people to be told.
            if (!account.isLocal() && account.suspendedAt() == null) {
                relationships.endFollowsWith(account);
            }
            if (mark(account.id(), "suspended_at = now()", "suspended_at is null") && account.isLocal()) {
                farewells.leave(account);
            }
            return changed(account.id());
        });
    }

    /** Ended follows, tokens and sessions stay ended; whether other servers take a local account back is theirs to say. */
    public Account unsuspend(String name) {
        return database.transaction(() -> {
            Account account = named(name);
            if (mark(account.id(), "suspended_at = null", "suspended_at is not null") && account.isLocal()) {
                farewells.returned(account);
                outbox.accountChanged(account.id());
            }
            return changed(account.id());
        });
    }

    private boolean mark(long accountId, String change, String condition) {
        return database.execute("update account set %s, updated_at = now() where id = $1 and %s".formatted(change, condition), accountId) > 0;
    }

    private Account changed(long accountId) {
        events.publish(new AccountChanged(accountId));
        return accounts.byId(accountId).orElseThrow();
    }

    /** Not the actor a domain acts by. */
    private Account named(String name) {
        return Handle.parse(name, domains.defaultDomain().name())
            .flatMap(handle -> accounts.byHandle(handle.username(), handle.host()))
            .filter(account -> account.deletedAt() == null && (!account.isLocal() || account.userId().isPresent()))
            .orElseThrow(() -> Refusal.invalid("There is no account %s".formatted(name)));
    }
}
