package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.api.web.ScopeText;
import social.dunlin.api.web.Words;
import social.dunlin.oauth.AuthorizedApplication;
import social.dunlin.oauth.OpenSession;
import social.dunlin.oauth.SessionService;
import social.dunlin.oauth.TokenService;
import social.dunlin.oauth.WebSession;

/** What is logged in to this login, and the end of it: browsers, and applications. */
@Path("/settings/sessions")
@RunOnVirtualThread
public class SessionsPageResource {
    private final SessionService sessions;
    private final TokenService tokens;
    private final Browser browser;
    private final Parameters parameters;
    private final Pages pages;
    private final Words words;
    private final ScopeText scopeText;

    public SessionsPageResource(SessionService sessions, TokenService tokens, Browser browser, Parameters parameters, Pages pages, Words words,
                                ScopeText scopeText) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.browser = browser;
        this.parameters = parameters;
        this.pages = pages;
        this.words = words;
        this.scopeText = scopeText;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance sessions(String formToken, List<SessionView> sessions, List<AuthorizedApplicationView> applications);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response page() {
        WebSession own = own();
        return pages.personal(200, Templates.sessions(browser.formToken(), sessions.of(own.userId()).stream().map(session -> view(session, own)).toList(),
            tokens.authorizedBy(own.userId()).stream().map(this::view).toList()));
    }

    @POST
    @Path("/end")
    @Access(Level.WEB_SESSION)
    public Response end() {
        sessions.close(own().userId(), parameters.text("session").orElse(""));
        return back();
    }

    @POST
    @Path("/end_others")
    @Access(Level.WEB_SESSION)
    public Response endOthers() {
        sessions.closeOthers(own());
        return back();
    }

    @POST
    @Path("/applications/end")
    @Access(Level.WEB_SESSION)
    public Response endApplication() {
        tokens.revoke(own().userId(), new AuthorizedApplication.Name(parameters.id("application").orElse(0L), parameters.id("account").orElse(0L)));
        return back();
    }

    @POST
    @Path("/applications/end_all")
    @Access(Level.WEB_SESSION)
    public Response endApplications() {
        tokens.revokeAllOf(own().userId());
        return back();
    }

    private WebSession own() {
        return browser.session().orElseThrow();
    }

    private static Response back() {
        return Response.status(Response.Status.SEE_OTHER).header("Location", "/settings/sessions").build();
    }

    /** Use is noted once a day, so more than the day would say more than is known. */
    private SessionView view(OpenSession session, WebSession own) {
        return new SessionView(session.key(), UserAgents.name(session.userAgent()).orElseGet(() -> words.settings().sessions_unknown()), session.ip(),
            words.day(session.createdAt()), words.day(session.lastSeenAt()), session.key().equals(own.key()));
    }

    private AuthorizedApplicationView view(AuthorizedApplication application) {
        return new AuthorizedApplicationView(application.applicationId(), application.accountId(), application.name(), application.website(),
            application.handle(), words.day(application.since()), application.lastUsedAt() == null ? null : words.day(application.lastUsedAt()),
            scopeText.describe(application.scopes()));
    }
}
