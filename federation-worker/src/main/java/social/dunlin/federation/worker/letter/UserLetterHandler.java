package social.dunlin.federation.worker.letter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.User;
import social.dunlin.account.UserCodes;
import social.dunlin.account.UserLetters.Letter;
import social.dunlin.account.UserLetters.Subject;
import social.dunlin.account.UserLetters;
import social.dunlin.account.UserService;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.mail.Mail;
import social.dunlin.mail.MailException;
import social.dunlin.mail.MailSender;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Writes a letter with a code that is made now, and sends it. After a crash a second letter with another code may come; both are good. */
@ApplicationScoped
public class UserLetterHandler implements JobHandler {
    private final UserService users;
    private final AccountStore accounts;
    private final Domains domains;
    private final UserCodes codes;
    private final MailSender sender;

    public UserLetterHandler(UserService users, AccountStore accounts, Domains domains, UserCodes codes, MailSender sender) {
        this.users = users;
        this.accounts = accounts;
        this.domains = domains;
        this.codes = codes;
        this.sender = sender;
    }

    @Override
    public String kind() {
        return UserLetters.KIND;
    }

    /** One connection to the mail server. */
    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        Letter letter = Letter.of(run.payload());
        Optional<User> user = users.byId(letter.userId()).filter(found -> found.disabledAt() == null);
        Optional<Account> account = user.flatMap(found -> accounts.byUser(found.id()).stream().findFirst());
        if (account.isEmpty() || letter.subject() == Subject.CONFIRM && user.get().confirmedAt() != null) {
            return;
        }
        if (letter.subject().code().isEmpty() && !sender.isConfigured()) {
            // News of what was done without letters too: no dead job for that.
            return;
        }
        try {
            sender.send(mail(letter, user.get(), account.get()));
        } catch (MailException failure) {
            throw failure.isPermanent() ? JobFailure.permanent(failure.getMessage()) : failure;
        }
    }

    private Mail mail(Letter letter, User user, Account account) {
        Domain domain = domains.byId(account.domainId().getAsLong());
        LetterText text = LetterText.in(user.locale());
        String code = letter.subject().code().map(purpose -> codes.make(user, purpose)).orElse("");
        String path = switch (letter.subject()) {
            case CONFIRM -> "/auth/confirmation?code=" + code;
            case RESET -> "/auth/password/edit?code=" + code;
            case APPROVED -> "/auth/sign_in";
            case TWO_FACTOR_ON, TWO_FACTOR_OFF, RECOVERY_CODES -> "/settings/two_factor";
        };
        return text.write(letter.subject(), user.email(), account.username(), domain.name(), domain.baseUrl() + path);
    }
}
