package social.dunlin.api.oauth;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.api.web.ReturnPath;
import social.dunlin.api.web.ScopeText;
import social.dunlin.oauth.AuthorizationService;
import social.dunlin.oauth.AuthorizationService.Outcome;
import social.dunlin.oauth.AuthorizationService.Request;
import social.dunlin.oauth.AuthorizationService.Wish;
import social.dunlin.oauth.OAuthRefusal;
import social.dunlin.oauth.RedirectUri;
import social.dunlin.oauth.WebSession;
import social.dunlin.refusal.Refusal;

/** The page an application sends people to: log in, read what it wants, allow or deny. */
@Path("/oauth/authorize")
@RunOnVirtualThread
public class AuthorizeResource {
    private final AuthorizationService authorization;
    private final UserService users;
    private final ScopeText scopeText;
    private final Parameters parameters;
    private final Caller caller;
    private final Browser browser;
    private final Pages pages;
    private final RoutingContext route;

    public AuthorizeResource(AuthorizationService authorization, UserService users, ScopeText scopeText, Parameters parameters, Caller caller,
                             Browser browser, Pages pages, RoutingContext route) {
        this.authorization = authorization;
        this.users = users;
        this.scopeText = scopeText;
        this.parameters = parameters;
        this.caller = caller;
        this.browser = browser;
        this.pages = pages;
        this.route = route;
    }

    @CheckedTemplate(basePath = "oauth")
    static class Templates {
        /** @param target where the browser goes next, as people read it; null = the code is shown here */
        static native TemplateInstance consent(String formToken, Wish wish, String application, String website, String target, List<String> scopes,
                                               List<Account> accounts, long current);

        static native TemplateInstance code(String application, String code);
    }

    @GET
    @Access(Level.WEB_PAGE)
    public Response ask() {
        return switch (authorization.check(wish())) {
            case Outcome.Tell(Refusal refusal) -> throw refusal;
            case Outcome.SendBack(String location) -> seeOther(location);
            case Outcome.Ask(Request request) -> {
                boolean again = parameters.flag("force_login", false);
                yield browser.session().isEmpty() || again ? signIn(again) : consent(request, browser.session().get());
            }
        };
    }

    @POST
    @Access(Level.WEB_SESSION)
    public Response decide() {
        return switch (authorization.check(wish())) {
            case Outcome.Tell(Refusal refusal) -> throw refusal;
            case Outcome.SendBack(String location) -> seeOther(location);
            case Outcome.Ask(Request request) -> parameters.text("decision").orElse("").equals("allow") ? allow(request) : deny(request);
        };
    }

    private Response consent(Request request, WebSession session) {
        String target = request.isOutOfBand() ? null : RedirectUri.parse(request.redirectUri()).orElseThrow().origin();
        TemplateInstance page = Templates.consent(browser.formToken(), wish(), request.application().name(), request.application().website(), target,
            scopeText.describe(request.scopes()), own(session), session.accountId());
        return target == null ? pages.personal(200, page) : pages.personal(200, page, target);
    }

    private Response allow(Request request) {
        WebSession session = browser.session().orElseThrow();
        long chosen = parameters.id("account_id").orElse(session.accountId());
        Account account = own(session).stream().filter(candidate -> candidate.id() == chosen).findFirst()
            .orElseThrow(() -> Refusal.forbidden("This account is not yours"));
        String code = authorization.grant(request, session.userId(), account.id());
        return request.isOutOfBand() ? pages.personal(200, Templates.code(request.application().name(), code))
            : seeOther(authorization.location(request, code));
    }

    private Response deny(Request request) {
        if (request.isOutOfBand()) {
            throw OAuthRefusal.accessDenied();
        }
        return seeOther(authorization.location(request, OAuthRefusal.accessDenied()));
    }

    private Wish wish() {
        return new Wish(parameters.text("response_type"), parameters.text("client_id"), parameters.text("redirect_uri"), parameters.text("scope"),
            parameters.text("state"), parameters.text("code_challenge"), parameters.text("code_challenge_method"));
    }

    private List<Account> own(WebSession session) {
        return users.byId(session.userId()).map(user -> users.accountsOn(caller.domain(), user)).orElse(List.of());
    }

    private Response signIn(boolean again) {
        String here = route.request().uri().replaceAll("(?<=[?&])force_login=[^&]*&?", "");
        return seeOther("/auth/sign_in?" + (again ? "again=1&" : "") + "return_to=" + ReturnPath.encoded(here));
    }

    private static Response seeOther(String location) {
        return Response.status(Response.Status.SEE_OTHER).header("Location", location).build();
    }
}
