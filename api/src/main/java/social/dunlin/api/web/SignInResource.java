package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.TwoFactor;
import social.dunlin.account.User;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.oauth.SecondSteps;

/** Log-in, log-out, and the choice among a person's accounts. */
@Path("/auth")
@RunOnVirtualThread
public class SignInResource {
    private final UserService users;
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;
    private final TwoFactor twoFactor;
    private final SecondSteps secondSteps;
    private final SignedIn signedIn;

    public SignInResource(UserService users, Caller caller, Browser browser, Parameters parameters, RequestLimits limits, Pages pages,
                          TwoFactor twoFactor, SecondSteps secondSteps, SignedIn signedIn) {
        this.users = users;
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
        this.twoFactor = twoFactor;
        this.secondSteps = secondSteps;
        this.signedIn = signedIn;
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
            return SignedIn.seeOther(returnTo);
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
        limits.applyToLogIn(email.toLowerCase(Locale.ROOT));
        Optional<User> user = users.authenticate(caller.domain(), email, parameters.text("password").orElse(""));
        if (user.isEmpty()) {
            return pages.personal(422, Templates.signIn(browser.formToken(), returnTo, email, true));
        }
        if (twoFactor.isOn(user.get().id())) {
            browser.keepSecondStep(secondSteps.begin(user.get().id()));
            return SignedIn.seeOther("/auth/second_step?return_to=" + ReturnPath.encoded(returnTo));
        }
        return signedIn.enter(user.get(), returnTo);
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
        return SignedIn.seeOther("/auth/sign_in");
    }

    @GET
    @Path("accounts")
    @Access(Level.WEB_SESSION)
    public Response accounts() {
        return pages.personal(200, Templates.accounts(browser.formToken(), ReturnPath.of(parameters.text("return_to")), own(), caller.accountId()));
    }

    @POST
    @Path("accounts")
    @Access(Level.WEB_SESSION)
    public Response choose() {
        long chosen = parameters.id("account_id").orElse(0L);
        own().stream().filter(account -> account.id() == chosen).findFirst()
            .ifPresent(account -> browser.open(account.userId().getAsLong(), account.id()));
        return SignedIn.seeOther(ReturnPath.of(parameters.text("return_to")));
    }

    private List<Account> own() {
        return users.byId(browser.session().orElseThrow().userId()).map(user -> users.accountsOn(caller.domain(), user)).orElse(List.of());
    }
}
