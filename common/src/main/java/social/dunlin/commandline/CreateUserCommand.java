package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.account.UserService;
import social.dunlin.account.UserService.CreatedUser;
import social.dunlin.account.UserService.NewUser;
import social.dunlin.commandline.Invocation.CreateUser;

/** {@code dunlin admin create-user}: tells the handle, and the password when it made one. */
@ApplicationScoped
class CreateUserCommand {
    private final UserService users;

    CreateUserCommand(UserService users) {
        this.users = users;
    }

    void carryOut(CreateUser wanted, PrintStream out) {
        CreatedUser created = users.create(
            new NewUser(wanted.domain(), wanted.name(), wanted.email(), wanted.password(), wanted.admin(), wanted.confirmed()));
        out.println("Account: @" + created.account().handle());
        out.println("E-mail: " + created.user().email());
        created.generatedPassword().ifPresent(password -> out.println("Password: " + password));
        if (!created.user().mayAct()) {
            out.println("The e-mail address is not confirmed: logging in waits for that.");
        }
    }
}
