package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import social.dunlin.account.SignUpService;
import social.dunlin.account.User;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.request.Parameters;
import social.dunlin.oauth.AccessToken;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/emails}: for applications whose person has just signed up. */
@Path("/api/v1/emails")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class EmailResource {
    private final SignUpService signUps;
    private final UserService users;
    private final Parameters parameters;
    private final Caller caller;

    public EmailResource(SignUpService signUps, UserService users, Parameters parameters, Caller caller) {
        this.signUps = signUps;
        this.users = users;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Path("/confirmations")
    @Access(value = Level.APPLICANT_TOKEN, scopes = "write:accounts")
    @Limited(Limit.LETTER)
    public Map<String, Object> sendAgain() {
        signUps.sendConfirmationAgain(user(), parameters.text("email").filter(text -> !text.isBlank()));
        return Map.of();
    }

    @GET
    @Path("/check_confirmation")
    @Access(value = Level.APPLICANT_TOKEN, scopes = "read:accounts")
    public boolean isConfirmed() {
        return user().confirmedAt() != null;
    }

    private User user() {
        return caller.token().map(AccessToken::userId).filter(id -> id.isPresent()).flatMap(id -> users.byId(id.getAsLong()))
            .orElseThrow(Refusal::unauthorized);
    }
}
