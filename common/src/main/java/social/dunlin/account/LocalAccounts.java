package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.security.KeyPair;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.database.DatabaseException;
import social.dunlin.domain.Domain;
import social.dunlin.federation.signature.Keys;
import social.dunlin.id.Snowflakes;
import social.dunlin.refusal.Refusal;

/** Makes local identities: row, addresses, counters, settings and keys in one transaction. */
@ApplicationScoped
public class LocalAccounts {
    private final Database database;
    private final LocalAccountStore store;
    private final AccountStore accounts;

    public LocalAccounts(Database database, LocalAccountStore store, AccountStore accounts) {
        this.database = database;
        this.store = store;
        this.accounts = accounts;
    }

    /** Both keys of an actor; making them takes a moment, so it is done before a transaction begins. */
    record KeyPairs(KeyPair rsa, KeyPair ed25519) {
        static KeyPairs make() {
            return new KeyPairs(Keys.generateRsa(), Keys.generateEd25519());
        }
    }

    /** A further identity for a login. Refuses with 422 when the name is taken or reserved. */
    public Account create(Domain domain, User user, String username) {
        Username name = new Username(username);
        if (name.soundsOfficial() && user.role() != User.Role.ADMIN) {
            throw Refusal.invalid("Username is reserved");
        }
        KeyPairs keys = KeyPairs.make();
        try {
            return database.transaction(() -> insert(domain, user.id(), name, keys));
        } catch (DatabaseException failure) {
            throw refusal(failure);
        }
    }

    /** Within the caller's transaction. */
    Account insert(Domain domain, long userId, Username name, KeyPairs keys) {
        long id = Snowflakes.next();
        store.insertPerson(id, domain, userId, name.value());
        Uris uris = new Uris(domain.baseUrl());
        store.insertKey(id, uris.mainKey(name.value()), "rsa", keys.rsa());
        store.insertKey(id, uris.ed25519Key(name.value()), "ed25519", keys.ed25519());
        return accounts.byId(id).orElseThrow();
    }

    /** As {@link #insert}, but hidden until its person is let in. */
    Account insertPending(Domain domain, long userId, Username name, KeyPairs keys) {
        Account account = insert(domain, userId, name, keys);
        store.hold(account.id());
        return account;
    }

    /** To be called when a login was confirmed or approved: shows its accounts once it is both, and gives those. */
    List<Long> show(long userId) {
        return store.show(userId);
    }

    static RuntimeException refusal(DatabaseException failure) {
        if (failure.violates("account_handle") || failure.violates("account_uri")) {
            return Refusal.invalid("Username has already been taken");
        }
        if (failure.violates("dunlin_user_email")) {
            return Refusal.invalid("E-mail has already been taken");
        }
        return failure;
    }
}
