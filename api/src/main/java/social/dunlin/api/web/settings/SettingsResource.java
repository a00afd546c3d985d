package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.InviteService;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.refusal.Refusal;
import social.dunlin.removal.AccountDeletion;

/** What can be set in the browser, and leaving for good. */
@Path("/settings")
@RunOnVirtualThread
public class SettingsResource {
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;
    private final AccountDeletion deletion;
    private final UserService users;
    private final InviteService invites;

    public SettingsResource(Caller caller, Browser browser, Parameters parameters, RequestLimits limits, Pages pages, AccountDeletion deletion,
                            UserService users, InviteService invites) {
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
        this.deletion = deletion;
        this.users = users;
        this.invites = invites;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance index(String acct, boolean mayInvite);

        static native TemplateInstance delete(String formToken, String acct, String problem);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response index() {
        return pages.personal(200, Templates.index(caller.account().handle(), users.byId(browser.session().orElseThrow().userId()).filter(invites::mayInvite).isPresent()));
    }

    @GET
    @Path("/delete")
    @Access(Level.WEB_SESSION)
    public Response deleteForm() {
        return pages.personal(200, Templates.delete(browser.formToken(), caller.account().handle(), null));
    }

    @POST
    @Path("/delete")
    @Access(Level.WEB_SESSION)
    public Response delete() {
        limits.applyToLogIn("account " + caller.accountId());
        try {
            deletion.delete(caller.accountId(), parameters.text("password").orElse(""));
        } catch (Refusal refusal) {
            return pages.personal(refusal.status(), Templates.delete(browser.formToken(), caller.account().handle(), refusal.getMessage()));
        }
        browser.close();
        return Response.status(Response.Status.SEE_OTHER).header("Location", "/").build();
    }
}
