package social.dunlin.api.oauth;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.request.Parameters;
import social.dunlin.oauth.Application;
import social.dunlin.oauth.ApplicationService;
import social.dunlin.oauth.OAuthRefusal;
import social.dunlin.oauth.TokenService;

/** Tokens are given out and taken back. The client proves itself by Basic authentication or in the body. */
@Path("/oauth")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
    private static final String BASIC = "basic ";

    private final ApplicationService applications;
    private final TokenService tokens;
    private final Parameters parameters;
    private final HttpHeaders headers;

    public TokenResource(ApplicationService applications, TokenService tokens, Parameters parameters, HttpHeaders headers) {
        this.applications = applications;
        this.tokens = tokens;
        this.parameters = parameters;
        this.headers = headers;
    }

    @POST
    @Path("token")
    @Access(Level.PUBLIC)
    @Limited(Limit.TOKEN_REQUEST)
    public Response token() {
        String grantType = parameters.text("grant_type").orElseThrow(() -> OAuthRefusal.invalidRequest("Missing required parameter: grant_type."));
        TokenService.Issued issued = switch (grantType) {
            case "authorization_code" -> tokens.exchange(client(),
                parameters.text("code").orElseThrow(() -> OAuthRefusal.invalidRequest("Missing required parameter: code.")),
                parameters.text("redirect_uri"), parameters.text("code_verifier").filter(text -> !text.isEmpty()));
            case "client_credentials" -> tokens.issueForApplication(client(), parameters.text("scope"));
            default -> throw OAuthRefusal.unsupportedGrantType();
        };
        return Response.ok(TokenEntity.of(issued)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @POST
    @Path("revoke")
    @Access(Level.PUBLIC)
    @Limited(Limit.TOKEN_REQUEST)
    public Map<String, Object> revoke() {
        Application application;
        try {
            application = client();
        } catch (OAuthRefusal refusal) {
            throw OAuthRefusal.unauthorizedClient();
        }
        tokens.revoke(application, parameters.text("token").orElse(""));
        return Map.of();
    }

    private Application client() {
        String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return basicClient(header.substring(BASIC.length()).strip());
        }
        return applications.authenticate(parameters.text("client_id"), parameters.text("client_secret"));
    }

    private Application basicClient(String credentials) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw OAuthRefusal.invalidClient();
            }
            return applications.authenticate(Optional.of(decode(text.substring(0, colon))), Optional.of(decode(text.substring(colon + 1))));
        } catch (IllegalArgumentException malformed) {
            throw OAuthRefusal.invalidClient();
        }
    }

    /** Both parts are form-encoded before they are joined (RFC 6749 §2.3.1). */
    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
