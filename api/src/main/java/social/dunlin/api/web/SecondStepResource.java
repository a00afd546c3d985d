package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
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

/** The second step of a log-in, after the password. */
@Path("/auth/second_step")
@RunOnVirtualThread
public class SecondStepResource {
    private final SecondSteps secondSteps;
    private final TwoFactor twoFactor;
    private final UserService users;
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;
    private final SignedIn signedIn;

    public SecondStepResource(SecondSteps secondSteps, TwoFactor twoFactor, UserService users, Caller caller, Browser browser, Parameters parameters,
                              RequestLimits limits, Pages pages, SignedIn signedIn) {
        this.secondSteps = secondSteps;
        this.twoFactor = twoFactor;
        this.users = users;
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
        this.signedIn = signedIn;
    }

    @CheckedTemplate(basePath = "auth")
    static class Templates {
        static native TemplateInstance secondStep(String formToken, String returnTo, boolean failed);
    }

    @GET
    @Access(Level.WEB_PAGE)
    public Response form() {
        return browser.secondStep().flatMap(secondSteps::userOf).isPresent() ? page(200, false) : again();
    }

    @POST
    @Access(Level.WEB_PAGE)
    public Response enter() {
        Optional<Long> waiting = browser.secondStep().flatMap(secondSteps::userOf);
        waiting.ifPresent(userId -> limits.applyToLogIn("second step " + userId));
        Optional<User> user = browser.secondStep().flatMap(secondSteps::attempt).flatMap(users::byId)
            .filter(found -> found.mayAct() && !users.accountsOn(caller.domain(), found).isEmpty());
        if (user.isEmpty()) {
            return again();
        }
        if (!twoFactor.accept(user.get().id(), parameters.text("code").orElse(""))) {
            return page(422, true);
        }
        secondSteps.end(browser.secondStep().orElseThrow());
        browser.forgetSecondStep();
        return signedIn.enter(user.get(), returnTo());
    }

    private Response page(int status, boolean failed) {
        return pages.personal(status, Templates.secondStep(browser.formToken(), returnTo(), failed));
    }

    /** Too late, or too often wrong: from the beginning. */
    private Response again() {
        return SignedIn.seeOther("/auth/sign_in?return_to=" + ReturnPath.encoded(returnTo()));
    }

    private String returnTo() {
        return ReturnPath.of(parameters.text("return_to"));
    }
}
