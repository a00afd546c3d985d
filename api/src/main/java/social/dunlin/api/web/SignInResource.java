package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;

/** Log-in, log-out, and the choice among a person's accounts. */
@Path("/auth")
@RunOnVirtualThread
public class SignInResource {
    private final LogIn logIn;
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final Pages pages;

    public SignInResource(LogIn logIn, Caller caller, Browser browser, Parameters parameters, Pages pages) {
        this.logIn = logIn;
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "auth")
    static class Templates {
        static native TemplateInstance signIn(String formToken, String returnTo, String email, boolean failed);

        static native TemplateInstance signOut(String formToken, String acct);

        static native TemplateInstance accounts(String formToken, String returnTo, List<Account> accounts, long current);
    }

    @GET
    @Path("sign_in")
    @Access(Level.WEB_PAGE)
    public Response form() {
        String returnTo = ReturnPath.of(parameters.text("return_to"));
        if (browser.session().isPresent() && !parameters.flag("again", false)) {
            return LogIn.seeOther(returnTo);
        }
        return pages.personal(200, Templates.signIn(browser.formToken(), returnTo, "", false));
    }

    /** Every "no" looks the same, whether the person exists or not. */
    @POST
    @Path("sign_in")
    @Access(Level.WEB_PAGE)
    public Response signIn() {
        String returnTo = ReturnPath.of(parameters.text("return_to"));
        String email = parameters.text("email").orElse("").strip();
        return logIn.byPassword(email, parameters.text("password").orElse(""), returnTo)
            .orElseGet(() -> pages.personal(422, Templates.signIn(browser.formToken(), returnTo, email, true)));
    }

    @GET
    @Path("sign_out")
    @Access(Level.WEB_SESSION)
    public Response signOutForm() {
        return pages.personal(200, Templates.signOut(browser.formToken(), caller.account().acct()));
    }

    @POST
    @Path("sign_out")
    @Access(Level.WEB_SESSION)
    public Response signOut() {
        browser.close();
        return LogIn.seeOther("/auth/sign_in");
    }

    @GET
    @Path("accounts")
    @Access(Level.WEB_SESSION)
    public Response accounts() {
        return pages.personal(200, Templates.accounts(browser.formToken(), ReturnPath.of(parameters.text("return_to")), logIn.ownAccounts(), caller.accountId()));
    }

    @POST
    @Path("accounts")
    @Access(Level.WEB_SESSION)
    public Response choose() {
        long chosen = parameters.id("account_id").orElse(0L);
        logIn.ownAccounts().stream().filter(account -> account.id() == chosen).findFirst()
            .ifPresent(account -> browser.open(account.userId().getAsLong(), account.id()));
        return LogIn.seeOther(ReturnPath.of(parameters.text("return_to")));
    }
}
