package social.dunlin.move;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.UserService;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.FollowerMoves;

/**
 * Leaving for another account (FEP-7628): it must name this one as its own, then the followers are told and sent there.
 * Posts and follows stay; nothing new is posted or followed from here until the move is taken back.
 */
@ApplicationScoped
public class AccountMoves {
    private final Database database;
    private final AccountStore accounts;
    private final Aliases aliases;
    private final UserService users;
    private final RemoteActors actors;
    private final FollowerMoves followers;
    private final Outbox outbox;

    public AccountMoves(Database database, AccountStore accounts, Aliases aliases, UserService users, RemoteActors actors, FollowerMoves followers,
            Outbox outbox) {
        this.database = database;
        this.accounts = accounts;
        this.aliases = aliases;
        this.users = users;
        this.actors = actors;
        this.followers = followers;
        this.outbox = outbox;
    }

    /** @param name {@code user@host} or an address of the new account, which is asked anew. Gives the account moved to. */
    public Account move(Account account, String name, String password) {
        users.requirePassword(account.userId().orElseThrow(Refusal::notFound), password);
        Account target = current(aliases.find(account, name));
        if (!target.alsoKnownAs().contains(account.uri())) {
            throw Refusal.unprocessable("@%s does not name this account as an alias yet. Add @%s there first.".formatted(target.handle(), account.handle()));
        }
        if (target.hasMoved() || target.isSuspended()) {
            throw Refusal.unprocessable("@%s has moved itself".formatted(target.handle()));
        }
        return database.transaction(() -> {
            if (!followers.move(account, target)) {
                throw Refusal.unprocessable("You have moved elsewhere within the last 30 days");
            }
            outbox.accountChanged(account.id());
            outbox.accountMoved(account.id());
            return target;
        });
    }

    /** What is stored may be older than the alias. */
    private Account current(Account target) {
        if (target.isLocal()) {
            return target;
        }
        return actors.fetch(target.uri(), Budgets.forLookup()) instanceof ActorFetch.Found(Account fetched) ? fetched
            : refuse("The server of @%s did not answer. Please try again.".formatted(target.handle()));
    }

    private static Account refuse(String text) {
        throw Refusal.unprocessable(text);
    }

    /** The account is alive again; the followers who went stay where they are. */
    public void takeBack(Account account) {
        database.transaction(() -> {
            if (accounts.byId(account.id()).filter(Account::hasMoved).isPresent() && followers.moveBack(account)) {
                outbox.accountChanged(account.id());
            }
        });
    }
}
