package social.dunlin.api.oauth;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.oauth.Scopes;

/** What this authorization server can do (RFC 8414, Mastodon 4.3). Phanpy uses PKCE only when it is named here. */
@Path("/.well-known/oauth-authorization-server")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AuthorizationServerResource {
    private final Caller caller;

    public AuthorizationServerResource(Caller caller) {
        this.caller = caller;
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Metadata(String issuer, String authorizationEndpoint, String tokenEndpoint, String revocationEndpoint, String userinfoEndpoint,
                           List<String> scopesSupported, List<String> responseTypesSupported, List<String> responseModesSupported,
                           List<String> grantTypesSupported, List<String> tokenEndpointAuthMethodsSupported,
                           List<String> codeChallengeMethodsSupported, String appRegistrationEndpoint) {
    }

    @GET
    @Access(Level.PUBLIC)
    public Metadata get() {
        String base = caller.domain().baseUrl();
        return new Metadata(base + "/", base + "/oauth/authorize", base + "/oauth/token", base + "/oauth/revoke", base + "/oauth/userinfo",
            Scopes.KNOWN, List.of("code"), List.of("query"), List.of("authorization_code", "client_credentials"),
            List.of("client_secret_basic", "client_secret_post"), List.of("S256"), base + "/api/v1/apps");
    }
}
