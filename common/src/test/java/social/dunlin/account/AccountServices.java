package social.dunlin.account;

import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.oauth.SessionService;
import social.dunlin.oauth.TokenService;

/** The services of this package over a test's database. */
public record AccountServices(UserService users, LocalAccounts localAccounts, InstanceActors instanceActors) {
    public AccountServices(Database database, Domains domains, TokenService tokens, SessionService sessions) {
        this(new AccountStore(database), new LocalAccountStore(database), database, domains, tokens, sessions);
    }

    private AccountServices(AccountStore accounts, LocalAccountStore store, Database database, Domains domains, TokenService tokens,
                            SessionService sessions) {
        this(new LocalAccounts(database, store, accounts), accounts, store, database, domains, tokens, sessions);
    }

    private AccountServices(LocalAccounts local, AccountStore accounts, LocalAccountStore store, Database database, Domains domains,
                            TokenService tokens, SessionService sessions) {
        this(new UserService(database, domains, new UserStore(database), accounts, local, new Passwords(), tokens, sessions), local,
            new InstanceActors(database, domains, store, accounts));
    }
}
