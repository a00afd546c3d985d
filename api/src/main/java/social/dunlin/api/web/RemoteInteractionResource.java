package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import social.dunlin.account.Handle;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.domain.Domains;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.resolve.WebFingerClient;
import social.dunlin.id.ObjectUri;
import social.dunlin.refusal.Refusal;

/**
 * Sends a visitor home: whoever has an account elsewhere says where, and gets the address at which that server lets them
 * follow or answer what they found here. The page shows the way and nobody is sent along it unasked.
 */
@Path("/remote_interaction")
@RunOnVirtualThread
public class RemoteInteractionResource {
    private final WebFingerClient fingers;
    private final Domains domains;
    private final RequestLimits limits;
    private final Words words;
    private final Parameters parameters;
    private final Browser browser;
    private final Pages pages;

    public RemoteInteractionResource(WebFingerClient fingers, Domains domains, RequestLimits limits, Words words, Parameters parameters, Browser browser,
                                     Pages pages) {
        this.fingers = fingers;
        this.domains = domains;
        this.limits = limits;
        this.words = words;
        this.parameters = parameters;
        this.browser = browser;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "interaction")
    static class Templates {
        static native TemplateInstance remote(String formToken, RemoteInteractionView view);
    }

    @GET
    @Access(Level.WEB_PAGE)
    public Response form() {
        return page(200, new RemoteInteractionView(uri(), "", null, null, null));
    }

    @POST
    @Access(Level.WEB_PAGE)
    public Response find() {
        limits.applyByAddress(Limit.REMOTE_INTERACTION);
        String uri = uri();
        String typed = parameters.text("handle").orElse("").strip();
        Optional<Handle> handle = typed.indexOf('@', 1) < 0 ? Optional.empty() : Handle.parse(typed, "");
        Optional<String> destination = handle.flatMap(this::template)
            .map(template -> template.replace("{uri}", ReturnPath.encoded(uri)));
        return destination.map(address -> page(200, new RemoteInteractionView(uri, typed, address, handle.get().host(), null)))
            .orElseGet(() -> page(422, new RemoteInteractionView(uri, typed, null, null, words.page().remote_unknown())));
    }

    private Optional<String> template(Handle handle) {
        if (domains.isOwnHost(handle.host())) {
            return domains.byName(handle.host()).map(domain -> domain.baseUrl() + "/authorize_interaction?uri={uri}");
        }
        try {
            return fingers.interactionTemplate(handle.username(), handle.host(), Budgets.forLookup());
        } catch (FetchException unreachable) {
            return Optional.empty();
        }
    }

    /** Something of ours: this is no way to anywhere else. */
    private String uri() {
        return parameters.text("uri").flatMap(ObjectUri::tryParse).filter(uri -> domains.isOwnHost(uri.host().value())).map(ObjectUri::value)
            .orElseThrow(Refusal::notFound);
    }

    private Response page(int status, RemoteInteractionView view) {
        return pages.personal(status, Templates.remote(browser.formToken(), view));
    }
}
