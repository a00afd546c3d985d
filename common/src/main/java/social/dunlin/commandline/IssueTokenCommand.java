package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.commandline.Invocation.IssueToken;
import social.dunlin.oauth.Scopes;
import social.dunlin.oauth.TokenService;

/** {@code dunlin admin token}: prints the token alone, so that scripts can use it. */
@ApplicationScoped
class IssueTokenCommand {
    static final String USUAL_SCOPES = "read write follow push";

    private final TokenService tokens;

    IssueTokenCommand(TokenService tokens) {
        this.tokens = tokens;
    }

    void carryOut(IssueToken wanted, PrintStream out) {
        out.println(tokens.issueForScripts(wanted.name(), Scopes.parse(wanted.scopes())).text());
    }
}
