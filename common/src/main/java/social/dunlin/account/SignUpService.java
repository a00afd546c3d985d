package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import social.dunlin.account.UserCodes.Purpose;
import social.dunlin.account.UserLetters.Subject;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.PeopleConfiguration.RegistrationMode;
import social.dunlin.config.PeopleConfiguration;
import social.dunlin.database.Database;
import social.dunlin.database.DatabaseException;
import social.dunlin.domain.Domain;
import social.dunlin.id.Snowflakes;
import social.dunlin.refusal.InvalidFields.Problem;
import social.dunlin.refusal.InvalidFields;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Language;

/** People make their own login where the settings let them, and prove by a letter that the e-mail address is theirs. */
@ApplicationScoped
public class SignUpService {
    static final int REASON = 2_000;

    private final Database database;
    private final PeopleConfiguration.Registration settings;
    private final UserStore users;
    private final LocalAccounts localAccounts;
    private final Passwords passwords;
    private final UserCodes codes;
    private final UserLetters letters;
    private final InviteService invites;
    private final Arrivals arrivals;

    public SignUpService(Database database, DunlinConfiguration configuration, UserStore users, LocalAccounts localAccounts,
                         Passwords passwords, UserCodes codes, UserLetters letters, InviteService invites, Arrivals arrivals) {
        this.database = database;
        this.settings = configuration.registration();
        this.users = users;
        this.localAccounts = localAccounts;
        this.passwords = passwords;
        this.codes = codes;
        this.letters = letters;
        this.invites = invites;
        this.arrivals = arrivals;
    }

    /**
     * What somebody typed.
     *
     * @param reason why they want to come; asked for where an administrator decides
     * @param ip     kept for whoever decides
     * @param invite code of an invitation; empty without one
     */
    public record Application(Domain domain, String username, String email, String password, boolean agreement, String reason,
                              String locale, String ip, String invite) {
    }

    public RegistrationMode mode() {
        return settings.mode();
    }

    /** Whether somebody who brings this invitation, or none when it is empty, can sign up on this domain. */
    public boolean isOpen(Domain domain, String invite) {
        return switch (settings.mode()) {
            case OPEN, APPROVAL -> true;
            case INVITATION -> invites.isGood(domain, invite);
            case CLOSED -> false;
        };
    }

    /** Whether an administrator decides about somebody who brings this invitation, or none. */
    public boolean isReasonWanted(Domain domain, String invite) {
        return settings.mode() == RegistrationMode.APPROVAL && !invites.isGood(domain, invite);
    }

    /** Why nobody can sign up, if somebody says. */
    public Optional<String> closedMessage() {
        return settings.message();
    }

    /** The new login, which may not act before its address is confirmed. Refuses with 403 where it is closed, with {@link InvalidFields} what is wrong. */
    public Account signUp(Application wanted) {
        if (!isOpen(wanted.domain(), wanted.invite())) {
            throw notAllowed();
        }
        boolean invited = invites.isGood(wanted.domain(), wanted.invite());
        Map<String, Problem> problems = new LinkedHashMap<>();
        Optional<Username> username = read(problems, "username", wanted.username(), Username::new);
        username.filter(Username::soundsOfficial).ifPresent(official -> problems.put("username", Problem.RESERVED));
        Optional<EmailAddress> email = read(problems, "email", wanted.email(), EmailAddress::new);
        Passwords.problem(wanted.password()).ifPresent(problem -> problems.put("password", problem));
        if (!wanted.agreement()) {
            problems.put("agreement", Problem.NOT_ACCEPTED);
        }
        reasonProblem(wanted.reason(), settings.mode() == RegistrationMode.APPROVAL && !invited).ifPresent(problem -> problems.put("reason", problem));
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return insert(wanted, username.orElseThrow(), email.orElseThrow().value(), invited);
    }

    private Account insert(Application wanted, Username username, String email, boolean invited) {
        String hash = passwords.hash(wanted.password());
        LocalAccounts.KeyPairs keys = LocalAccounts.KeyPairs.make();
        long id = Snowflakes.next();
        try {
            return database.transaction(() -> {
                // Somebody else may have used it up in this moment.
                Long invite = invited ? invites.use(wanted.domain(), wanted.invite()).orElseThrow(SignUpService::notAllowed) : null;
                users.insertApplicant(id, email, hash, invited || settings.mode() == RegistrationMode.OPEN, wanted.reason().strip(),
                    language(wanted.locale()), wanted.ip(), invite);
                Account account = localAccounts.insertPending(wanted.domain(), id, username, keys);
                letters.send(id, Subject.CONFIRM);
                return account;
            });
        } catch (DatabaseException failure) {
            throw taken(failure);
        }
    }

    private static Refusal notAllowed() {
        return Refusal.forbidden("This action is not allowed");
    }

    /** For letters; English where a client sends anything else than a language. */
    private static String language(String sent) {
        return Optional.ofNullable(Language.normalise(sent)).orElse("en");
    }

    private static RuntimeException taken(DatabaseException failure) {
        if (failure.violates("account_handle") || failure.violates("account_uri")) {
            return new InvalidFields(Map.of("username", Problem.TAKEN));
        }
        return failure.violates("dunlin_user_email") ? new InvalidFields(Map.of("email", Problem.TAKEN)) : failure;
    }

    private Optional<Problem> reasonProblem(String reason, boolean wanted) {
        if (reason.codePointCount(0, reason.length()) > REASON) {
            return Optional.of(Problem.TOO_LONG);
        }
        return wanted && reason.isBlank() ? Optional.of(Problem.BLANK) : Optional.empty();
    }

    private static <T> Optional<T> read(Map<String, Problem> problems, String field, String text, Function<String, T> reader) {
        if (text.isBlank()) {
            problems.put(field, Problem.BLANK);
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text));
        } catch (Refusal refused) {
            problems.put(field, Problem.INVALID);
            return Optional.empty();
        }
    }

    /** Sends the letter with the code again, to another address when one is given. Refuses with 403 when the address is confirmed. */
    public void sendConfirmationAgain(User user, Optional<String> otherEmail) {
        if (user.confirmedAt() != null) {
            throw Refusal.forbidden("This method is only available while the e-mail is awaiting confirmation");
        }
        Optional<String> changed = otherEmail.map(text -> new EmailAddress(text).value()).filter(text -> !text.equals(user.email()));
        try {
            database.transaction(() -> {
                changed.ifPresent(email -> users.setEmail(user.id(), email));
                letters.send(user.id(), Subject.CONFIRM);
            });
        } catch (DatabaseException failure) {
            throw taken(failure);
        }
    }

    /** The login whose address is now known to be the person's; empty when the code is not good, or no longer. */
    public Optional<User> confirm(String code) {
        return database.transaction(() -> {
            Optional<Long> userId = codes.find(code, Purpose.CONFIRM);
            userId.ifPresent(id -> {
                users.confirm(id);
                arrivals.letIn(localAccounts.show(id));
                codes.end(id, Purpose.CONFIRM);
            });
            return userId.flatMap(users::byId);
        });
    }

    /**
     * Lets somebody in who asked to come.
     *
     * @param confirmed the e-mail address is known to be the person's
     */
    public void approve(User user, boolean confirmed) {
        database.transaction(() -> {
            if (confirmed) {
                users.confirm(user.id());
            }
            if (users.approve(user.id()) && (confirmed || user.confirmedAt() != null)) {
                letters.send(user.id(), Subject.APPROVED);
            }
            arrivals.letIn(localAccounts.show(user.id()));
        });
    }
}
