package social.dunlin.api.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.request.RequestReader;
import social.dunlin.oauth.AccessToken;
import social.dunlin.refusal.Refusal;

/**
 * Runs before every resource method: reads what was sent, finds out who calls, and enforces the method's
 * {@link Access} and limits. Denies by default.
 */
@ApplicationScoped
public class AccessFilter {
    private static final Logger LOG = Logger.getLogger(AccessFilter.class);

    private final RoutingContext route;
    private final RequestReader reader;
    private final Parameters parameters;
    private final Caller caller;
    private final Browser browser;
    private final TokenGate gate;
    private final RequestLimits limits;

    public AccessFilter(RoutingContext route, RequestReader reader, Parameters parameters, Caller caller, Browser browser, TokenGate gate,
                        RequestLimits limits) {
        this.route = route;
        this.reader = reader;
        this.parameters = parameters;
        this.caller = caller;
        this.browser = browser;
        this.gate = gate;
        this.limits = limits;
    }

    @ServerRequestFilter
    public Optional<Response> filter(ContainerRequestContext context, ResourceInfo resource) throws IOException {
        Method method = resource.getResourceMethod();
        Access access = method == null ? null : method.getAnnotation(Access.class);
        if (access == null) {
            LOG.errorf("%s.%s declares no @Access and is therefore closed", resource.getResourceClass(), method);
            throw new Refusal(500, "Internal server error");
        }
        // PostgreSQL has no such character, so nothing of ours has it in its name.
        if (context.getUriInfo().getPath().indexOf('\0') >= 0) {
            throw Refusal.notFound();
        }
        HttpServerRequest request = route.request();
        tellDeprecation(method);
        reader.readQuery(request);
        switch (access.value()) {
            case SIGNATURE -> limits.applyToServer();
            case FILE -> limits.applyByAddress(Limit.FILE);
            case PUBLIC -> {
                limits.apply(method.getAnnotation(Limited.class));
                reader.readBody(request, context::getEntityStream);
            }
            case OPTIONAL_TOKEN, ANY_TOKEN, USER_TOKEN, APPLICANT_TOKEN -> enterApi(access, method.getAnnotation(Limited.class), request, context);
            case WEB_PAGE, WEB_SESSION -> {
                return enterPage(access.value(), request, context);
            }
        }
        return Optional.empty();
    }

    private void tellDeprecation(Method method) {
        DeprecatedSince since = method.isAnnotationPresent(DeprecatedSince.class) ? method.getAnnotation(DeprecatedSince.class)
            : method.getDeclaringClass().getAnnotation(DeprecatedSince.class);
        if (since != null) {
            route.response().putHeader("Deprecation", "@" + LocalDate.parse(since.value()).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        }
    }

    private void enterApi(Access access, Limited limited, HttpServerRequest request, ContainerRequestContext context) throws IOException {
        Optional<String> early = sentToken(request);
        boolean bodyLast = early.isPresent() || reader.isMultipart(request);
        if (!bodyLast) {
            reader.readBody(request, context::getEntityStream);
        }
        enforce(access, bodyLast ? early : sentToken(request));
        limits.apply(limited);
        if (bodyLast) {
            reader.readBody(request, context::getEntityStream);
        }
    }

    /** Header first, then the parameters read so far (the query, later the body too). */
    private Optional<String> sentToken(HttpServerRequest request) {
        return TokenGate.bearer(request).or(() -> parameters.text("access_token")).or(() -> parameters.text("bearer_token"));
    }

    private void enforce(Access access, Optional<String> sent) {
        if (sent.isEmpty()) {
            if (access.value() != Level.OPTIONAL_TOKEN) {
                throw Refusal.unauthorized();
            }
            return;
        }
        AccessToken token = access.value() == Level.APPLICANT_TOKEN ? gate.enterAsApplicant(sent.get(), caller.domain())
            : gate.enter(sent.get(), caller.domain());
        if (!token.scopes().allowAny(List.of(access.scopes()))) {
            throw Refusal.forbidden("This action is outside the authorized scopes");
        }
        caller.becomes(token);
        if (access.value() == Level.USER_TOKEN || access.value() == Level.APPLICANT_TOKEN) {
            caller.accountId();
        }
    }

    private Optional<Response> enterPage(Level level, HttpServerRequest request, ContainerRequestContext context) throws IOException {
        browser.session().ifPresent(caller::becomes);
        if (level == Level.WEB_SESSION && browser.session().isEmpty()) {
            boolean repeatable = request.method().equals(HttpMethod.GET);
            return Optional.of(signIn(repeatable ? request.uri() : "/"));
        }
        if (browser.session().isEmpty() && reader.isMultipart(request)) {
            throw new Refusal(415, "This form takes no files");
        }
        reader.readBody(request, context::getEntityStream);
        boolean changes = !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
        if (changes && !browser.isOwnForm(parameters.text(Browser.FORM_TOKEN).orElse(""))) {
            throw Refusal.forbidden("This form is too old or was not made for you. Please open the page again.");
        }
        return Optional.empty();
    }

    private static Response signIn(String returnTo) {
        return Response.status(Response.Status.SEE_OTHER)
            .header("Location", "/auth/sign_in?return_to=" + URLEncoder.encode(returnTo, StandardCharsets.UTF_8)).build();
    }
}
