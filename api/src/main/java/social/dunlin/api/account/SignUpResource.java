package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.Account;
import social.dunlin.account.SignUpService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.oauth.TokenEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.oauth.AccessToken;
import social.dunlin.oauth.TokenService;
import social.dunlin.refusal.Refusal;

/** Sign-up by an application: it gets a token that is good once the person has confirmed the address (reference: behaviours §6). */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SignUpResource {
    private final SignUpService signUps;
    private final TokenService tokens;
    private final Parameters parameters;
    private final Caller caller;

    public SignUpResource(SignUpService signUps, TokenService tokens, Parameters parameters, Caller caller) {
        this.signUps = signUps;
        this.tokens = tokens;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Access(value = Level.ANY_TOKEN, scopes = "write:accounts")
    @Limited(Limit.SIGN_UP)
    public Response signUp() {
        AccessToken application = caller.token().filter(token -> !token.isUserToken())
            .orElseThrow(() -> Refusal.forbidden("This action is not allowed"));
        Account account = signUps.signUp(new SignUpService.Application(caller.domain(), text("username"), text("email"), text("password"),
            parameters.flag("agreement", false), text("reason"), parameters.text("locale").orElse("en"), caller.ip(), text("invite_code")));
        return Response.ok(TokenEntity.of(tokens.issueForSignUp(application, account))).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private String text(String name) {
        return parameters.text(name).orElse("");
    }
}
