package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.entity.CredentialAccountEntity;
import social.dunlin.api.entity.CredentialAccountRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.move.AccountMoves;
import social.dunlin.move.Aliases;
import social.dunlin.removal.AccountDeletion;

/** GoToSocial's way of moving and deleting one's account; Mastodon has these in its web settings alone. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MovingResource {
    private final Aliases aliases;
    private final AccountMoves moves;
    private final AccountDeletion deletion;
    private final CredentialAccountRenderer renderer;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Caller caller;

    public MovingResource(Aliases aliases, AccountMoves moves, AccountDeletion deletion, CredentialAccountRenderer renderer, Parameters parameters,
            RequestLimits limits, Caller caller) {
        this.aliases = aliases;
        this.moves = moves;
        this.deletion = deletion;
        this.renderer = renderer;
        this.parameters = parameters;
        this.limits = limits;
        this.caller = caller;
    }

    /** {@code also_known_as_uris}: all of them. */
    @POST
    @Path("/alias")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public CredentialAccountEntity alias() {
        return renderer.render(aliases.replace(caller.account(), parameters.texts("also_known_as_uris").stream().filter(uri -> !uri.isBlank()).toList()));
    }

    @POST
    @Path("/move")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public Response move() {
        limitGuesses();
        moves.move(caller.account(), parameters.requiredText("moved_to_uri"), parameters.requiredText("password"));
        return accepted();
    }

    @POST
    @Path("/delete")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public Response delete() {
        limitGuesses();
        deletion.delete(caller.accountId(), parameters.requiredText("password"));
        return accepted();
    }

    private void limitGuesses() {
        limits.applyToLogIn("account " + caller.accountId());
    }

    private static Response accepted() {
        return Response.accepted(Map.of()).build();
    }
}
