package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.StartupException;
import social.dunlin.commandline.Invocation.PublishPost;

/** {@code dunlin ... post}. */
@ApplicationScoped
class PublishPostCommand {

    void carryOut(PublishPost wanted, PrintStream out) {
        throw new StartupException("'post' is not built yet.");
    }
}
