package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.commandline.Invocation.Suspend;
import social.dunlin.commandline.Invocation.Unsuspend;
import social.dunlin.removal.Suspensions;

/** {@code dunlin admin suspend|unsuspend}: shuts somebody here or elsewhere out, and lets them in again. */
@ApplicationScoped
class SuspensionCommand {
    private final Suspensions suspensions;

    SuspensionCommand(Suspensions suspensions) {
        this.suspensions = suspensions;
    }

    void suspend(Suspend wanted, PrintStream out) {
        out.println("Suspended: @" + suspensions.suspend(wanted.name()).handle());
    }

    void unsuspend(Unsuspend wanted, PrintStream out) {
        out.println("No longer suspended: @" + suspensions.unsuspend(wanted.name()).handle());
    }
}
