package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.database.DatabaseException;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.id.Snowflakes;
import social.dunlin.oauth.SessionService;
import social.dunlin.oauth.TokenService;
import social.dunlin.refusal.Refusal;

/** Logins: made, recognised by password, given a new password. */
@ApplicationScoped
public class UserService {
    private final Database database;
    private final Domains domains;
    private final UserStore users;
    private final AccountStore accounts;
    private final LocalAccounts localAccounts;
    private final Passwords passwords;
    private final TokenService tokens;
    private final SessionService sessions;

    public UserService(Database database, Domains domains, UserStore users, AccountStore accounts, LocalAccounts localAccounts,
                       Passwords passwords, TokenService tokens, SessionService sessions) {
        this.database = database;
        this.domains = domains;
        this.users = users;
        this.accounts = accounts;
        this.localAccounts = localAccounts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * @param domain    name of a served domain; empty = the default one
     * @param password  empty = one is made
     * @param admin     may run the place
     * @param confirmed the e-mail address is known to be the person's
     */
    public record NewUser(Optional<String> domain, String username, String email, Optional<String> password, boolean admin, boolean confirmed) {
    }

    /** @param generatedPassword the password that was made because none was given; shown once, stored nowhere */
    public record CreatedUser(User user, Account account, Optional<String> generatedPassword) {
    }

    /** A login with its first account, or none of both. Refuses with 422 what is invalid or taken. */
    public CreatedUser create(NewUser wanted) {
        Domain domain = wanted.domain().map(this::served).orElseGet(domains::defaultDomain);
        Username username = new Username(wanted.username());
        if (username.soundsOfficial() && !wanted.admin()) {
            throw Refusal.invalid("Username is reserved");
        }
        String email = new EmailAddress(wanted.email()).value();
        Optional<String> generated = wanted.password().isPresent() ? Optional.empty() : Optional.of(passwords.generate());
        String hash = passwords.hash(wanted.password().or(() -> generated).orElseThrow());
        LocalAccounts.KeyPairs keys = LocalAccounts.KeyPairs.make();
        long id = Snowflakes.next();
        try {
            return database.transaction(() -> {
                users.insert(id, email, hash, wanted.admin() ? User.Role.ADMIN : User.Role.USER, wanted.confirmed());
                Account account = localAccounts.insert(domain, id, username, keys);
                return new CreatedUser(users.byId(id).orElseThrow(), account, generated);
            });
        } catch (DatabaseException failure) {
            throw LocalAccounts.refusal(failure);
        }
    }

    public Optional<User> byId(long id) {
        return users.byId(id);
    }

    /** The login behind a local account, also when it has not been let in yet. */
    public Optional<User> byHandle(String username, String host) {
        return users.byHandle(username, host);
    }

    /** The accounts of a login on one domain, oldest first. */
    public List<Account> accountsOn(Domain domain, User user) {
        return accounts.byUser(user.id()).stream().filter(account -> account.domainId().orElse(-1) == domain.id() && !account.isSuspended()).toList();
    }

    /**
     * The login with this e-mail address (or user name on this domain) and password, if it may act and has
     * an account on this domain. Every "no" looks and takes the same.
     */
    public Optional<User> authenticate(Domain domain, String login, String password) {
        String name = login.strip();
        Optional<User> found = name.contains("@") ? users.byEmail(name) : users.byHandle(name, domain.name());
        boolean fits = passwords.matches(password, found.map(User::passwordHash).orElse(null));
        return fits ? found.filter(User::mayAct).filter(user -> !accountsOn(domain, user).isEmpty()) : Optional.empty();
    }

    /** For what is asked of somebody who is logged in already: refuses with 422 when it is not this login's password. */
    public void requirePassword(long userId, String password) {
        if (!passwords.matches(password, users.byId(userId).map(User::passwordHash).orElse(null))) {
            throw Refusal.unprocessable("The password is not right");
        }
    }

    /** Nothing is left of a login that owns no account any more. */
    public void deleteWithoutAccounts(long userId) {
        users.deleteWithoutAccounts(userId);
    }

    /** Sets a new password. Whoever had the old one is out: every session and token of the login ends. */
    public void changePassword(long userId, String password) {
        String hash = passwords.hash(password);
        database.transaction(() -> {
            users.setPasswordHash(userId, hash);
            tokens.revokeAllOf(userId);
            sessions.closeAllOf(userId);
        });
    }

    private Domain served(String name) {
        return domains.byName(name).orElseThrow(() -> Refusal.invalid("Domain %s is not served here".formatted(name)));
    }
}
