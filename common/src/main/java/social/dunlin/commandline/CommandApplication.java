package social.dunlin.commandline;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.StartupException;
import social.dunlin.commandline.Invocation.AddRelay;
import social.dunlin.commandline.Invocation.CreateUser;
import social.dunlin.commandline.Invocation.IssueToken;
import social.dunlin.commandline.Invocation.ListRelays;
import social.dunlin.commandline.Invocation.PublishPost;
import social.dunlin.commandline.Invocation.RemoveRelay;
import social.dunlin.commandline.Invocation.Run;
import social.dunlin.commandline.Invocation.Suspend;
import social.dunlin.commandline.Invocation.Unsuspend;
import social.dunlin.refusal.Refusal;

/** Carries out one command with the services of the application and ends. */
@ApplicationScoped
@Unremovable
public class CommandApplication implements QuarkusApplication {
    private static volatile Invocation asked = new Run();

    private final CreateUserCommand createUser;
    private final IssueTokenCommand issueToken;
    private final PublishPostCommand publishPost;
    private final RelayCommand relays;
    private final SuspensionCommand suspensions;

    CommandApplication(CreateUserCommand createUser, IssueTokenCommand issueToken, PublishPostCommand publishPost, RelayCommand relays,
            SuspensionCommand suspensions) {
        this.createUser = createUser;
        this.issueToken = issueToken;
        this.publishPost = publishPost;
        this.relays = relays;
        this.suspensions = suspensions;
    }

    /** Quarkus makes the application itself, so what to do is left here for it. */
    public static void ask(Invocation invocation) {
        asked = invocation;
    }

    @Override
    public int run(String... words) {
        try {
            switch (asked) {
                case CreateUser wanted -> createUser.carryOut(wanted, System.out);
                case IssueToken wanted -> issueToken.carryOut(wanted, System.out);
                case PublishPost wanted -> publishPost.carryOut(wanted, System.out);
                case AddRelay wanted -> relays.add(wanted, System.out);
                case ListRelays wanted -> relays.list(System.out);
                case RemoveRelay wanted -> relays.remove(wanted, System.out);
                case Suspend wanted -> suspensions.suspend(wanted, System.out);
                case Unsuspend wanted -> suspensions.unsuspend(wanted, System.out);
                case Run serving -> throw new IllegalStateException("serving is no command");
            }
            return 0;
        } catch (StartupException refused) {
            System.err.println("dunlin: " + refused.getMessage());
            return refused.exitCode();
        } catch (Refusal refused) {
            System.err.println("dunlin: " + refused.getMessage());
            return StartupException.FAILURE;
        }
    }
}
