package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.commandline.Invocation.Warn;
import social.dunlin.moderation.AccountWarnings;

/** {@code dunlin admin warn}: the moderators say something to somebody here. */
@ApplicationScoped
class WarnCommand {
    private final AccountWarnings warnings;

    WarnCommand(AccountWarnings warnings) {
        this.warnings = warnings;
    }

    void carryOut(Warn wanted, PrintStream out) {
        out.printf("%s is told (%d).%n", wanted.name(), warnings.warn(wanted.name(), wanted.text()).id());
    }
}
