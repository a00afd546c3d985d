package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.UserCodes.Purpose;
import social.dunlin.account.UserLetters.Subject;
import social.dunlin.database.Database;

/** A new password for whoever reads the mailbox of the login. */
@ApplicationScoped
public class PasswordReset {
    private final Database database;
    private final UserStore users;
    private final LocalAccounts localAccounts;
    private final UserService service;
    private final UserCodes codes;
    private final UserLetters letters;
    private final Arrivals arrivals;

    public PasswordReset(Database database, UserStore users, LocalAccounts localAccounts, UserService service, UserCodes codes, UserLetters letters,
                         Arrivals arrivals) {
        this.database = database;
        this.users = users;
        this.localAccounts = localAccounts;
        this.service = service;
        this.codes = codes;
        this.letters = letters;
        this.arrivals = arrivals;
    }

    /** Sends a code where there is such a login, and does not tell whether there is. */
    public void request(String email) {
        users.byEmail(email.strip()).filter(user -> user.disabledAt() == null).ifPresent(user -> letters.send(user.id(), Subject.RESET));
    }

    public boolean isGood(String code) {
        return codes.find(code, Purpose.RESET).isPresent();
    }

    /** False when the code is not good, or no longer. Reading the letter proves the address too. Refuses a bad password with 422; the code stays good then. */
    public boolean perform(String code, String password) {
        return database.transaction(() -> codes.find(code, Purpose.RESET).map(userId -> {
            service.changePassword(userId, password);
            users.confirm(userId);
            arrivals.letIn(localAccounts.show(userId));
            codes.end(userId, Purpose.RESET);
            return true;
        }).orElse(false));
    }
}
