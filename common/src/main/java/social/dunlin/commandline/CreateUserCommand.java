package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.StartupException;
import social.dunlin.commandline.Invocation.CreateUser;

/** {@code dunlin ... create-user}. */
@ApplicationScoped
class CreateUserCommand {

    void carryOut(CreateUser wanted, PrintStream out) {
        throw new StartupException("'create-user' is not built yet.");
    }
}
