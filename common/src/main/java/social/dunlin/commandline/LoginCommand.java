package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.account.Handle;
import social.dunlin.account.Passwords;
import social.dunlin.account.SignUpService;
import social.dunlin.account.TwoFactor;
import social.dunlin.account.User;
import social.dunlin.account.UserService;
import social.dunlin.commandline.Invocation.ApproveUser;
import social.dunlin.commandline.Invocation.SetPassword;
import social.dunlin.commandline.Invocation.SwitchOffTwoFactor;
import social.dunlin.domain.Domains;
import social.dunlin.refusal.Refusal;

/** {@code dunlin admin approve} and {@code dunlin admin password}. */
@ApplicationScoped
class LoginCommand {
    private final UserService users;
    private final SignUpService signUps;
    private final Passwords passwords;
    private final Domains domains;
    private final TwoFactor twoFactor;

    LoginCommand(UserService users, SignUpService signUps, Passwords passwords, Domains domains, TwoFactor twoFactor) {
        this.users = users;
        this.signUps = signUps;
        this.passwords = passwords;
        this.domains = domains;
        this.twoFactor = twoFactor;
    }

    void approve(ApproveUser wanted, PrintStream out) {
        User user = login(wanted.name());
        signUps.approve(user, wanted.confirmed());
        boolean in = users.byId(user.id()).filter(User::mayAct).isPresent();
        out.println(in ? "%s is in.".formatted(wanted.name()) : "%s is approved and still has to confirm the e-mail address.".formatted(wanted.name()));
    }

    void setPassword(SetPassword wanted, PrintStream out) {
        User user = login(wanted.name());
        String password = wanted.password().orElseGet(passwords::generate);
        users.changePassword(user.id(), password);
        out.println(wanted.password().isPresent() ? "The password is set." : "Password: " + password);
    }

    void switchOffTwoFactor(SwitchOffTwoFactor wanted, PrintStream out) {
        boolean wasOn = twoFactor.switchOff(login(wanted.name()));
        out.println(wasOn ? "%s logs in with the password alone.".formatted(wanted.name()) : "%s had no second step.".formatted(wanted.name()));
    }

    private User login(String name) {
        return Handle.parse(name, domains.defaultDomain().name()).flatMap(handle -> users.byHandle(handle.username(), handle.host()))
            .orElseThrow(() -> Refusal.invalid("There is no login %s".formatted(name)));
    }
}
