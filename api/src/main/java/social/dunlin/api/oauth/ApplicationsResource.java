package social.dunlin.api.oauth;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.request.Parameters;
import social.dunlin.oauth.ApplicationService;
import social.dunlin.oauth.Scopes;
import social.dunlin.push.VapidKeys;
import social.dunlin.refusal.Refusal;

/** Clients register themselves. */
@Path("/api/v1/apps")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ApplicationsResource {
    private final ApplicationService applications;
    private final VapidKeys vapidKeys;
    private final Parameters parameters;
    private final Caller caller;

    public ApplicationsResource(ApplicationService applications, VapidKeys vapidKeys, Parameters parameters, Caller caller) {
        this.applications = applications;
        this.vapidKeys = vapidKeys;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Access(Level.PUBLIC)
    @Limited(Limit.APPLICATION_REGISTRATION)
    public ApplicationEntity register() {
        // One address, several separated by line ends, or a list (since 4.3).
        List<String> redirectUris = parameters.texts("redirect_uris").stream()
            .flatMap(text -> text.strip().lines().flatMap(line -> List.of(line.strip().split("\\s+")).stream()))
            .filter(uri -> !uri.isEmpty()).distinct().toList();
        Scopes scopes = parameters.text("scopes").map(Scopes::parse).filter(given -> !given.isEmpty()).orElse(Scopes.of("read"));
        return ApplicationEntity.of(
            applications.register(parameters.text("client_name").orElse(""), redirectUris, scopes, parameters.text("website")), vapidKeys.publicKey());
    }

    @GET
    @Path("verify_credentials")
    @Access(Level.ANY_TOKEN)
    public ApplicationEntity verifyCredentials() {
        return applications.byId(caller.token().orElseThrow(Refusal::unauthorized).applicationId())
            .map(application -> ApplicationEntity.withoutSecret(application, vapidKeys.publicKey())).orElseThrow(Refusal::unauthorized);
    }
}
