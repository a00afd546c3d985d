package social.dunlin.api.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.request.RequestReader;
import social.dunlin.domain.Domains;
import social.dunlin.oauth.AccessToken;
import social.dunlin.oauth.TokenService;
import social.dunlin.refusal.Refusal;

/**
 * Runs before every resource method: reads what was sent, finds out who calls, and enforces the method's
 * {@link Access}. Denies by default.
 */
@ApplicationScoped
public class AccessFilter {
    private static final Logger LOG = Logger.getLogger(AccessFilter.class);
    private static final String BEARER = "bearer ";

    private final RoutingContext route;
    private final RequestReader reader;
    private final Parameters parameters;
    private final Caller caller;
    private final Domains domains;
    private final TokenService tokens;

    public AccessFilter(RoutingContext route, RequestReader reader, Parameters parameters, Caller caller, Domains domains, TokenService tokens) {
        this.route = route;
        this.reader = reader;
        this.parameters = parameters;
        this.caller = caller;
        this.domains = domains;
        this.tokens = tokens;
    }

    @ServerRequestFilter
    public void filter(ContainerRequestContext context, ResourceInfo resource) throws IOException {
        Access access = resource.getResourceMethod() == null ? null : resource.getResourceMethod().getAnnotation(Access.class);
        if (access == null) {
            LOG.errorf("%s.%s declares no @Access and is therefore closed", resource.getResourceClass(), resource.getResourceMethod());
            throw new Refusal(500, "Internal server error");
        }
        HttpServerRequest request = route.request();
        caller.at(domains.byHost(host(request)).orElseGet(domains::defaultDomain));
        reader.readQuery(request);
        if (access.value() == Level.SIGNATURE) {
            return;
        }
        if (access.value() == Level.PUBLIC) {
            reader.readBody(request, context.getEntityStream());
            return;
        }
        Optional<String> early = sentToken(request);
        if (early.isPresent() || reader.isMultipart(request)) {
            enforce(access, early);
            reader.readBody(request, context.getEntityStream());
        } else {
            reader.readBody(request, context.getEntityStream());
            enforce(access, sentToken(request));
        }
    }

    private static String host(HttpServerRequest request) {
        return request.authority() == null ? "" : request.authority().toString();
    }

    /** Header first, then the parameters read so far (the query, later the body too). */
    private Optional<String> sentToken(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return parameters.text("access_token").or(() -> parameters.text("bearer_token"));
    }

    private void enforce(Access access, Optional<String> sent) {
        if (sent.isEmpty()) {
            if (access.value() != Level.OPTIONAL_TOKEN) {
                throw Refusal.unauthorized();
            }
            return;
        }
        AccessToken token = tokens.authenticate(sent.get());
        if (!token.scopes().allowAny(List.of(access.scopes()))) {
            throw Refusal.forbidden("This action is outside the authorized scopes");
        }
        caller.becomes(token);
        if (access.value() == Level.USER_TOKEN) {
            caller.accountId();
        }
        if (token.isUserToken() && caller.account().domainId().orElse(-1) != caller.domain().id()) {
            // One install, several domains: a token of one is worth nothing at another.
            throw Refusal.unauthorized();
        }
    }
}
