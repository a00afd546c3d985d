package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.Passwords;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.refusal.Refusal;

/** A new password. All other sessions and all apps have to log in again. */
@Path("/settings/password")
@RunOnVirtualThread
public class PasswordPageResource {
    private final UserService users;
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;

    public PasswordPageResource(UserService users, Caller caller, Browser browser, Parameters parameters, RequestLimits limits, Pages pages) {
        this.users = users;
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance password(String formToken, String acct, String problem);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response form() {
        return page(200, null);
    }

    @POST
    @Access(Level.WEB_SESSION)
    public Response change() {
        long userId = browser.session().orElseThrow().userId();
        limits.applyToLogIn("account " + caller.accountId());
        String password = parameters.text("password").orElse("");
        try {
            users.requirePassword(userId, parameters.text("current").orElse(""));
            Passwords.problem(password).ifPresent(problem -> {
                throw Refusal.invalid("Password " + problem.description());
            });
        } catch (Refusal refusal) {
            return page(refusal.status(), refusal.getMessage());
        }
        users.changePassword(userId, password);
        browser.open(userId, caller.accountId());
        return Response.status(Response.Status.SEE_OTHER).header("Location", "/settings").build();
    }

    private Response page(int status, String problem) {
        return pages.personal(status, Templates.password(browser.formToken(), caller.account().handle(), problem));
    }
}
