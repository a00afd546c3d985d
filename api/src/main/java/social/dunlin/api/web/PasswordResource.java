package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import social.dunlin.account.PasswordReset;
import social.dunlin.account.Passwords;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.mail.MailSender;
import social.dunlin.refusal.InvalidFields.Problem;
import social.dunlin.refusal.Refusal;

/** A forgotten password: a letter, and a new one. */
@Path("/auth/password")
@RunOnVirtualThread
public class PasswordResource {
    private final PasswordReset resets;
    private final MailSender mail;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;
    private final Words words;

    public PasswordResource(PasswordReset resets, MailSender mail, Browser browser, Parameters parameters, RequestLimits limits, Pages pages, Words words) {
        this.resets = resets;
        this.mail = mail;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
        this.words = words;
    }

    @CheckedTemplate(basePath = "auth")
    static class Templates {
        static native TemplateInstance passwordForgotten(String formToken);

        static native TemplateInstance passwordNew(String formToken, String code, String problem);

        /** @param password whether the code was for a new password, which can be asked for again */
        static native TemplateInstance codeTooOld(boolean password);
    }

    @GET
    @Path("/new")
    @Access(Level.WEB_PAGE)
    public Response forgotten() {
        requireMail();
        return pages.personal(200, Templates.passwordForgotten(browser.formToken()));
    }

    /** The same answer whether there is such a person or not. */
    @POST
    @Path("/new")
    @Access(Level.WEB_PAGE)
    public Response sendLetter() {
        requireMail();
        limits.applyByAddress(Limit.LETTER);
        String email = text("email").strip();
        resets.request(email);
        return pages.personal(200, SignUpPageResource.Templates.letterSent(email));
    }

    @GET
    @Path("/edit")
    @Access(Level.WEB_PAGE)
    public Response edit() {
        return resets.isGood(text("code")) ? pages.personal(200, Templates.passwordNew(browser.formToken(), text("code"), null)) : tooOld();
    }

    @POST
    @Path("/edit")
    @Access(Level.WEB_PAGE)
    public Response change() {
        String password = parameters.text("password").orElse("");
        Optional<Problem> problem = Passwords.problem(password);
        if (problem.isPresent() && resets.isGood(text("code"))) {
            return pages.personal(422, Templates.passwordNew(browser.formToken(), text("code"), words.problem(problem.get())));
        }
        return resets.perform(text("code"), password) ? Response.status(Response.Status.SEE_OTHER).header("Location", "/auth/sign_in").build() : tooOld();
    }

    private Response tooOld() {
        return pages.personal(422, Templates.codeTooOld(true));
    }

    private void requireMail() {
        if (!mail.isConfigured()) {
            throw Refusal.notFound();
        }
    }

    private String text(String name) {
        return parameters.text(name).orElse("");
    }
}
