package social.dunlin.api.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import java.util.Optional;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.oauth.AccessToken;
import social.dunlin.oauth.TokenService;
import social.dunlin.refusal.Refusal;

/** Where every access token is shown, whatever the protocol behind. */
@Singleton
public class TokenGate {
    private static final String BEARER = "bearer ";

    private final TokenService tokens;
    private final Domains domains;

    public TokenGate(TokenService tokens, Domains domains) {
        this.tokens = tokens;
        this.domains = domains;
    }

    /** The token behind the text. Refuses with 401 or 403. */
    public AccessToken enter(String text, Domain domain) {
        return atHome(tokens.authenticate(text), domain);
    }

    /** The same for somebody whose e-mail address is not proven yet. */
    AccessToken enterAsApplicant(String text, Domain domain) {
        return atHome(tokens.authenticateApplicant(text), domain);
    }

    private static AccessToken atHome(AccessToken token, Domain domain) {
        if (token.isUserToken() && token.domainId().orElse(-1) != domain.id()) {
            // One install, several domains: a token of one is worth nothing at another.
            throw Refusal.unauthorized();
        }
        return token;
    }

    /** What stands in the Authorization header. */
    public static Optional<String> bearer(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? Optional.of(header.substring(BEARER.length()).strip()) : Optional.empty();
    }

    /** The served domain a request was made to, by its Host header; the default domain for an unknown host. */
    public Domain domain(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return Optional.ofNullable(authority).flatMap(host -> domains.byHost(host.toString())).orElseGet(domains::defaultDomain);
    }
}
