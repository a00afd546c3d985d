package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.stream.Collectors;
import social.dunlin.account.SignUpService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.config.PeopleConfiguration.RegistrationMode;
import social.dunlin.refusal.InvalidFields;

/** Sign-up in a browser, and the page the letter leads to. */
@Path("/auth")
@RunOnVirtualThread
public class SignUpPageResource {
    private final SignUpService signUps;
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;
    private final Words words;

    public SignUpPageResource(SignUpService signUps, Caller caller, Browser browser, Parameters parameters, RequestLimits limits, Pages pages,
                              Words words) {
        this.signUps = signUps;
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
        this.words = words;
    }

    @CheckedTemplate(basePath = "auth")
    static class Templates {
        static native TemplateInstance signUp(String formToken, SignUpForm form);

        static native TemplateInstance signUpClosed(String message, boolean byInvitation);

        static native TemplateInstance letterSent(String email);

        static native TemplateInstance confirm(String formToken, String code);

        static native TemplateInstance confirmed(boolean approved);
    }

    @GET
    @Path("sign_up")
    @Access(Level.WEB_PAGE)
    public Response form() {
        return form("");
    }

    /** @param invite code of an invitation; empty without one */
    Response form(String invite) {
        return signUps.isOpen(caller.domain(), invite)
            ? pages.personal(200, Templates.signUp(browser.formToken(), SignUpForm.empty(signUps.isReasonWanted(caller.domain(), invite), invite))) : closed();
    }

    @POST
    @Path("sign_up")
    @Access(Level.WEB_PAGE)
    public Response signUp() {
        String invite = text("invite_code");
        if (!signUps.isOpen(caller.domain(), invite)) {
            return closed();
        }
        limits.applyByAddress(Limit.SIGN_UP);
        String email = text("email").strip();
        try {
            signUps.signUp(new SignUpService.Application(caller.domain(), text("username"), email, parameters.text("password").orElse(""),
                parameters.flag("agreement", false), text("reason"), pages.language().getLanguage(), caller.ip(), invite));
        } catch (InvalidFields refused) {
            Map<String, String> problems = refused.fields().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> words.problem(field.getValue().getFirst())));
            return pages.personal(422, Templates.signUp(browser.formToken(), new SignUpForm(text("username"), email, text("reason"),
                signUps.isReasonWanted(caller.domain(), invite), invite, problems)));
        }
        return pages.personal(200, Templates.letterSent(email));
    }

    /** Only the button confirms: programs that look into letters follow links too. */
    @GET
    @Path("confirmation")
    @Access(Level.WEB_PAGE)
    public Response confirmation() {
        return pages.personal(200, Templates.confirm(browser.formToken(), text("code")));
    }

    @POST
    @Path("confirmation")
    @Access(Level.WEB_PAGE)
    public Response confirm() {
        return signUps.confirm(text("code")).map(user -> pages.personal(200, Templates.confirmed(user.approvedAt() != null)))
            .orElseGet(() -> pages.personal(422, PasswordResource.Templates.codeTooOld(false)));
    }

    private Response closed() {
        return pages.personal(403, Templates.signUpClosed(signUps.closedMessage().orElse(null), signUps.mode() == RegistrationMode.INVITATION));
    }

    private String text(String name) {
        return parameters.text(name).orElse("");
    }
}
