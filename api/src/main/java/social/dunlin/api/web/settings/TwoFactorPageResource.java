package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import social.dunlin.account.TwoFactor;
import social.dunlin.account.TwoFactor.Secret;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.refusal.Refusal;

/** The page about the second step of logging in. Recovery codes stand on it once, right after they were made. */
@Path("/settings/two_factor")
@RunOnVirtualThread
public class TwoFactorPageResource {
    private final TwoFactor twoFactor;
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;

    public TwoFactorPageResource(TwoFactor twoFactor, Caller caller, Browser browser, Parameters parameters, RequestLimits limits, Pages pages) {
        this.twoFactor = twoFactor;
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance twoFactor(String formToken, TwoFactorView view);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response page() {
        return page(200, List.of(), null, null);
    }

    @POST
    @Access(Level.WEB_SESSION)
    public Response switchOn() {
        limit();
        String key = text("key");
        try {
            return page(200, twoFactor.switchOn(userId(), new Secret(key), text("code"), text("password")), null, null);
        } catch (Refusal refusal) {
            return page(refusal.status(), List.of(), key, refusal.getMessage());
        }
    }

    @POST
    @Path("/codes")
    @Access(Level.WEB_SESSION)
    public Response renewCodes() {
        return changed(() -> twoFactor.renewRecoveryCodes(userId(), text("code"), text("password")));
    }

    @POST
    @Path("/off")
    @Access(Level.WEB_SESSION)
    public Response switchOff() {
        return changed(() -> {
            twoFactor.switchOff(userId(), text("code"), text("password"));
            return List.of();
        });
    }

    private Response changed(Supplier<List<String>> change) {
        limit();
        try {
            return page(200, change.get(), null, null);
        } catch (Refusal refusal) {
            return page(refusal.status(), List.of(), null, refusal.getMessage());
        }
    }

    /** @param key of the secret that was on offer before; null = a new one */
    private Response page(int status, List<String> codes, String key, String problem) {
        return pages.personal(status, Templates.twoFactor(browser.formToken(),
            twoFactor.isOn(userId()) ? new TwoFactorView(true, twoFactor.recoveryCodesLeft(userId()), null, null, null, codes, problem)
                : offer(key == null ? Secret.make() : new Secret(key), problem)));
    }

    private TwoFactorView offer(Secret secret, String problem) {
        String uri = secret.uri(caller.domain().name(), caller.account().username());
        return new TwoFactorView(false, 0, secret.key(), secret.text(), QrPicture.of(uri), List.of(), problem);
    }

    private void limit() {
        limits.applyToLogIn("second step " + userId());
    }

    private long userId() {
        return browser.session().orElseThrow().userId();
    }

    private String text(String name) {
        return parameters.text(name).orElse("");
    }
}
