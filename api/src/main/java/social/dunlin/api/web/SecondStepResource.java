package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;

/** The second step of a log-in, after the password. */
@Path("/auth/second_step")
@RunOnVirtualThread
public class SecondStepResource {
    private final LogIn logIn;
    private final Browser browser;
    private final Parameters parameters;
    private final Pages pages;

    public SecondStepResource(LogIn logIn, Browser browser, Parameters parameters, Pages pages) {
        this.logIn = logIn;
        this.browser = browser;
        this.parameters = parameters;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "auth")
    static class Templates {
        static native TemplateInstance secondStep(String formToken, String returnTo, boolean failed);
    }

    @GET
    @Access(Level.WEB_PAGE)
    public Response form() {
        return logIn.waitsForCode() ? page(200, false) : again();
    }

    @POST
    @Access(Level.WEB_PAGE)
    public Response enter() {
        return logIn.tryCode().map(user -> logIn.byCode(user, parameters.text("code").orElse(""), returnTo()).orElseGet(() -> page(422, true)))
            .orElseGet(this::again);
    }

    private Response page(int status, boolean failed) {
        return pages.personal(status, Templates.secondStep(browser.formToken(), returnTo(), failed));
    }

    /** Too late, or too often wrong: from the beginning. */
    private Response again() {
        return LogIn.seeOther("/auth/sign_in?return_to=" + ReturnPath.encoded(returnTo()));
    }

    private String returnTo() {
        return ReturnPath.of(parameters.text("return_to"));
    }
}
