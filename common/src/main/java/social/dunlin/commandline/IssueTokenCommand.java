package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.StartupException;
import social.dunlin.commandline.Invocation.IssueToken;

/** {@code dunlin admin token}: prints the token alone, so that scripts can use it. */
@ApplicationScoped
class IssueTokenCommand {
    static final String USUAL_SCOPES = "read write follow push";

    void carryOut(IssueToken wanted, PrintStream out) {
        throw new StartupException("'token' is not built yet.");
    }
}
