package social.dunlin.api.error;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import social.dunlin.api.web.Messages;
import social.dunlin.api.web.Pages;
import social.dunlin.oauth.OAuthRefusal;
import social.dunlin.refusal.InvalidFields;
import social.dunlin.refusal.Refusal;

/**
 * Turns what a resource throws into an answer: a page for browsers, JSON for programs. A refusal is said
 * as it is; everything else is logged and hidden. Renders without waiting for anything: unknown
 * addresses are answered on an event loop.
 */
@ApplicationScoped
public class ErrorMapper {
    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    private static final Pattern FOR_PROGRAMS = Pattern.compile("/api/.*|/oauth/(token|revoke|userinfo)|/\\.well-known/.*|/nodeinfo/.*");

    private final RoutingContext route;
    private final Pages pages;

    public ErrorMapper(RoutingContext route, Pages pages) {
        this.route = route;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance error(int status, String title, String text, String hint);
    }

    @ServerExceptionMapper
    public Response oauth(OAuthRefusal refusal) {
        if (isForBrowser()) {
            return page(refusal.status(), refusal.getMessage());
        }
        Response.ResponseBuilder answer = json(refusal.status(), new OAuthErrorEntity(refusal.code(), refusal.getMessage()))
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
        return refusal.status() == 401 ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"OAuth\"").build() : answer.build();
    }

    @ServerExceptionMapper
    public Response refusal(Refusal refusal) {
        refusal.retryAfter().ifPresent(rest -> route.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, rest.toSeconds()))));
        return answer(refusal.status(), refusal.getMessage());
    }

    @ServerExceptionMapper
    public Response invalidFields(InvalidFields refusal) {
        return isForBrowser() ? page(refusal.status(), refusal.getMessage()) : json(refusal.status(), InvalidFieldsEntity.of(refusal)).build();
    }

    @ServerExceptionMapper
    public Response protocol(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        if (status < 400) {
            return failure.getResponse();
        }
        return status >= 500 ? defect(failure) : answer(status, text(status));
    }

    @ServerExceptionMapper
    public Response defect(Throwable failure) {
        LOG.errorf(failure, "%s %s failed (request %s)", route.request().method(), route.request().path(),
            route.response().headers().get("X-Request-Id"));
        return answer(500, text(500));
    }

    private Response answer(int status, String text) {
        return isForBrowser() ? page(status, text) : json(status, new ErrorEntity(text)).build();
    }

    private static Response.ResponseBuilder json(int status, Object entity) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8")).entity(entity);
    }

    private boolean isForBrowser() {
        String accepted = route.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML) && !FOR_PROGRAMS.matcher(route.request().path()).matches();
    }

    /** The title says what kind of "no" it is in the reader's language; the text of a refusal stands below where it adds something. */
    private Response page(int status, String text) {
        Messages messages = MessageBundles.get(Messages.class, Localized.Literal.of(pages.language().toLanguageTag()));
        TemplateInstance page = switch (status) {
            case 401 -> Templates.error(status, messages.error401(), null, null);
            case 403 -> Templates.error(status, messages.error403(), text, null);
            case 404, 405 -> Templates.error(status, messages.error404(), null, messages.error404Hint());
            case 410 -> Templates.error(status, messages.error410(), null, null);
            case 413 -> Templates.error(status, messages.error413(), null, null);
            case 422 -> Templates.error(status, messages.error422(), text, null);
            case 429 -> Templates.error(status, messages.error429(), null, messages.error429Hint());
            default -> status >= 500
                ? Templates.error(status, messages.error500(), null, messages.error500Hint())
                : Templates.error(status, messages.error400(), text, null);
        };
        return pages.personal(status, page);
    }

    private static String text(int status) {
        return switch (status) {
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 406 -> "Not acceptable";
            case 413 -> "The request body is too large";
            case 415 -> "Unsupported media type";
            case 500 -> "Internal server error";
            default -> "Bad request";
        };
    }
}
