package social.dunlin.oauth;

import social.dunlin.account.AccountServices;
import social.dunlin.account.AccountStore;
import social.dunlin.account.LocalPeople;
import social.dunlin.account.InstanceActors;
import social.dunlin.account.LocalAccounts;
import social.dunlin.account.UserService;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;

/** The services of logins and OAuth over a test's database, put together as the container does. */
public final class Identity {
    private final ApplicationService applications;
    private final AuthorizationService authorization;
    private final TokenService tokens;
    private final SessionService sessions;
    private final AccountServices accounts;

    public Identity(Database database, Domains domains, EventBus events) {
        CodeStore codes = new CodeStore(database);
        applications = new ApplicationService(new ApplicationStore(database));
        authorization = new AuthorizationService(applications, codes);
        tokens = new TokenService(database, new TokenStore(database), codes, applications, new LocalPeople(new AccountStore(database), domains),
            new TokenCache(events), events);
        sessions = new SessionService(new SessionStore(database));
        accounts = new AccountServices(database, domains, tokens, sessions);
    }

    public ApplicationService applications() {
        return applications;
    }

    public AuthorizationService authorization() {
        return authorization;
    }

    public TokenService tokens() {
        return tokens;
    }

    public SessionService sessions() {
        return sessions;
    }

    public UserService users() {
        return accounts.users();
    }

    public LocalAccounts localAccounts() {
        return accounts.localAccounts();
    }

    public InstanceActors instanceActors() {
        return accounts.instanceActors();
    }
}
